// The little of the FUSE protocol (7.31) that a database needs of a file system: one flat folder, spoken over /dev/fuse.

export const ask = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  setattr: 4,
  unlink: 10,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  fsyncdir: 30,
  access: 34,
  create: 35,
  forgetMany: 42,
} as const

export const fault = { notThere: -2, gone: -5, notDone: -38 } as const
export const root = 1n
const headSize = 40

export interface Request {
  asked: number
  unique: bigint
  node: bigint
  body: Buffer
}

export function requestIn(bytes: Buffer): Request {
  return {
    asked: bytes.readUInt32LE(4),
    unique: bytes.readBigUInt64LE(8),
    node: bytes.readBigUInt64LE(16),
    body: bytes.subarray(headSize, bytes.readUInt32LE(0)),
  }
}

/** error = 0, or a negative one of errno. */
export function answerTo({ unique }: Request, body: Buffer = Buffer.alloc(0), error = 0): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(16 + body.length, 0)
  head.writeInt32LE(error, 4)
  head.writeBigUInt64LE(unique, 8)
  return Buffer.concat([head, body])
}

export const mostWritten = 128 * 1024

export function initOut(): Buffer {
  const out = Buffer.alloc(64)
  out.writeUInt32LE(7, 0)
  out.writeUInt32LE(31, 4)
  out.writeUInt32LE(mostWritten, 8)
  out.writeUInt16LE(8, 16)
  out.writeUInt16LE(6, 18)
  out.writeUInt32LE(mostWritten, 20)
  out.writeUInt32LE(1, 24)
  return out
}

/** size null = a folder. */
export function attrOut(node: bigint, size: number | null): Buffer {
  const out = Buffer.alloc(16 + attrSize)
  attr(node, size).copy(out, 16)
  return out
}

export function entryOut(node: bigint, size: number | null): Buffer {
  const out = Buffer.alloc(40 + attrSize)
  out.writeBigUInt64LE(node, 0)
  attr(node, size).copy(out, 40)
  return out
}

const attrSize = 88

function attr(node: bigint, size: number | null): Buffer {
  const out = Buffer.alloc(attrSize)
  out.writeBigUInt64LE(node, 0)
  out.writeBigUInt64LE(BigInt(size ?? 4096), 8)
  out.writeBigUInt64LE(BigInt(Math.ceil((size ?? 4096) / 512)), 16)
  out.writeUInt32LE(size === null ? 0o040755 : 0o100644, 60)
  out.writeUInt32LE(1, 64)
  out.writeUInt32LE(4096, 80)
  return out
}

/** Every read and write comes to us at once: the kernel keeps nothing back. */
export function openOut(): Buffer {
  const directly = 1
  const out = Buffer.alloc(16)
  out.writeUInt32LE(directly, 8)
  return out
}

export function statfsOut(): Buffer {
  const out = Buffer.alloc(80)
  for (const place of [0, 8, 16, 24, 32]) out.writeBigUInt64LE(1_000_000n, place)
  out.writeUInt32LE(4096, 40)
  out.writeUInt32LE(255, 44)
  out.writeUInt32LE(4096, 48)
  return out
}

export function wroteOut(size: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeUInt32LE(size, 0)
  return out
}

export function nameIn(bytes: Buffer): string {
  return bytes.subarray(0, bytes.indexOf(0)).toString()
}
