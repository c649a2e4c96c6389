const offset = 14695981039346656037n
const prime = 1099511628211n

/**
 * Alertmanager's own identity of a label set: FNV-1a, 64 bits, over each name and value in order of the names, each
 * followed by the byte 255 (prometheus/common, model/signature.go). Prometheus does not send it, Alertmanager does.
 */
export function fingerprintOf(labels: Record<string, string>): string {
  const spoken = Object.entries(labels).filter(([, value]) => value !== '')
  const bytes = spoken
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .flatMap((pair) => pair.flatMap(ended))
  const sum = bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime), offset)
  return sum.toString(16).padStart(16, '0')
}

function ended(text: string): number[] {
  return [...Buffer.from(text), 255]
}
