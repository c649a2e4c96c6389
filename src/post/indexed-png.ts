import { crc32, deflateSync } from 'node:zlib'

/** Pixels as a canvas holds them: four bytes each, row by row. */
export interface Pixels {
  width: number
  height: number
  bytes: Uint8ClampedArray
}

/**
 * A PNG of at most 256 colours (ISO/IEC 15948): a drawing of lines is a fifth as large as with a colour to each pixel. Shades
 * that lie closer than the eye tells are one, the first of them that is met.
 */
export function indexedPng({ width, height, bytes }: Pixels): Buffer {
  const palette = new Map<number, { place: number; colour: number[] }>()
  const rows = Buffer.alloc((width + 1) * height) // each begins with its filter: none
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red = 0, green = 0, blue = 0] = bytes.subarray(pixel * 4, pixel * 4 + 3)
    const shade = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5)
    const known = palette.get(shade) ?? { place: Math.min(palette.size, 255), colour: [red, green, blue] }
    if (palette.size < 256) palette.set(shade, known)
    rows[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = known.place
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3], 8) // eight bits to a pixel, each the place of a colour
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from([...palette.values()].flatMap(({ colour }) => colour))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(body.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
