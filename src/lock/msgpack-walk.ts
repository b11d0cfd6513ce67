/**
 * Steps over MessagePack without making values of it: of a shard with thousands of records a few dozen are wanted, and
 * decoding all of them takes longer than the solve.
 */

const deepest = 16

/** The offset behind the value that begins at `at`. Throws a RangeError for bytes that are cut off or nested too deep. */
export function skip(bytes: Uint8Array, at: number, depth = 0): number {
  if (depth > deepest) throw new RangeError('MessagePack is nested too deep')
  const type = byteAt(bytes, at)
  if (type < 0x80 || type >= 0xe0) return at + 1
  if (type < 0xa0) return skipContainer(bytes, at, depth)
  if (type < 0xc0) return within(bytes, at + 1 + (type & 0x1f))
  const fixed = fixedSizes[type - 0xc0] ?? 0
  if (fixed > 0) return within(bytes, at + fixed)
  if (type >= 0xdc) return skipContainer(bytes, at, depth)
  const [header, size] = lengthOf(bytes, at)
  return within(bytes, at + header + size)
}

/** How many entries a map or an array has and where the first begins; null where the value is neither. */
export function enter(bytes: Uint8Array, at: number): { kind: 'map' | 'array'; count: number; at: number } | null {
  const type = byteAt(bytes, at)
  if (type >= 0x80 && type < 0x90) return { kind: 'map', count: type & 0x0f, at: at + 1 }
  if (type >= 0x90 && type < 0xa0) return { kind: 'array', count: type & 0x0f, at: at + 1 }
  if (type === 0xdc || type === 0xde) {
    return { kind: type === 0xdc ? 'array' : 'map', count: number(bytes, at + 1, 2), at: at + 3 }
  }
  if (type === 0xdd || type === 0xdf) {
    return { kind: type === 0xdd ? 'array' : 'map', count: number(bytes, at + 1, 4), at: at + 5 }
  }
  return null
}

/** The text that begins at `at`, null where the value is no text. */
export function textAt(bytes: Uint8Array, at: number): string | null {
  const type = byteAt(bytes, at)
  if (type >= 0xa0 && type < 0xc0) return slice(bytes, at + 1, type & 0x1f)
  if (type < 0xd9 || type > 0xdb) return null
  const [header, size] = lengthOf(bytes, at)
  return slice(bytes, at + header, size)
}

/** Offsets of the values of a map that has text keys; null where the value is no map. */
export function fieldsAt(bytes: Uint8Array, at: number): Map<string, number> | null {
  const map = enter(bytes, at)
  if (map?.kind !== 'map') return null
  const fields = new Map<string, number>()
  let next = map.at
  for (let entry = 0; entry < map.count; entry++) {
    const key = textAt(bytes, next)
    const value = skip(bytes, next)
    if (key !== null) fields.set(key, value)
    next = skip(bytes, value)
  }
  return fields
}

/** Texts of the array that begins at `at`; values of another kind are left out. */
export function textsAt(bytes: Uint8Array, at: number): string[] {
  const array = enter(bytes, at)
  if (array?.kind !== 'array') return []
  const texts: string[] = []
  let next = array.at
  for (let entry = 0; entry < array.count; entry++) {
    const text = textAt(bytes, next)
    if (text !== null) texts.push(text)
    next = skip(bytes, next)
  }
  return texts
}

// What 0xc0 to 0xdf take when their size is known by the type alone; 0 where a length follows.
const fixedSizes = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 5, 9, 2, 3, 5, 9, 2, 3, 5, 9, 3, 4, 6, 10, 18, 0, 0, 0, 0, 0, 0, 0]

function skipContainer(bytes: Uint8Array, at: number, depth: number): number {
  const container = enter(bytes, at)
  if (!container) throw new RangeError('MessagePack has a type that there is none of')
  let next = container.at
  const values = container.kind === 'map' ? container.count * 2 : container.count
  for (let value = 0; value < values; value++) next = skip(bytes, next, depth + 1)
  return next
}

/** Binary, text and extension values: the bytes of type and length, then the length. */
function lengthOf(bytes: Uint8Array, at: number): [header: number, size: number] {
  const type = byteAt(bytes, at)
  if (type >= 0xc4 && type <= 0xc6) return measured(bytes, at, type - 0xc4, 0)
  if (type >= 0xc7 && type <= 0xc9) return measured(bytes, at, type - 0xc7, 1)
  return measured(bytes, at, type - 0xd9, 0)
}

function measured(bytes: Uint8Array, at: number, power: number, extra: number): [number, number] {
  const width = 2 ** power
  return [1 + width + extra, number(bytes, at + 1, width)]
}

function number(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let byte = 0; byte < width; byte++) value = value * 256 + byteAt(bytes, at + byte)
  return value
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('MessagePack ends too early')
  return byte
}

function within(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw new RangeError('MessagePack ends too early')
  return end
}

function slice(bytes: Uint8Array, start: number, size: number): string {
  const end = within(bytes, start + size)
  // Buffer's own reading is several times as quick as a TextDecoder's for texts as short as these.
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString('utf8', start, end)
}
