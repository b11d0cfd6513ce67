/** One member of an archive. Its content is read whole or not at all before the next one is asked for. */
export interface TarEntry {
  /** As it stands in the archive: nothing of it is checked here. */
  readonly name: string
  /** The letter by which tar tells files, folders, links and devices apart. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly mode: number
  /** Seconds since 1970. */
  readonly time: number
  readonly content: AsyncIterable<Buffer>
}

const block = 512
/** Names and times need some hundred bytes. */
const longestAttributes = 64 * 1024

/**
 * Members of a POSIX tar (pax interchange format, pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html) in their order.
 * Throws where it is damaged, cut off, or in another dialect than `tar --posix` writes.
 */
export async function* tarEntries(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source)
  let attributes: ReadonlyMap<string, string> = new Map()
  for (;;) {
    const header = await bytes.whole(block)
    if (header.every((byte) => byte === 0)) return
    const type = String.fromCharCode(header[156] || 48)
    const entry = { ...read(header, attributes), type }
    if (type === 'x') {
      if (entry.size > longestAttributes) throw new Error('a member has attributes without end')
      attributes = parseAttributes(await bytes.whole(entry.size))
      await bytes.skip(padding(entry.size))
      continue
    }
    attributes = new Map()
    const content = bytes.take(entry.size)
    yield { ...entry, content }
    for await (const _ of content);
    await bytes.skip(padding(entry.size))
  }
}

function read(header: Buffer, attributes: ReadonlyMap<string, string>) {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (number(header, 148, 8) !== sum) throw new Error('a header has a wrong checksum')
  if (text(header, 257, 6) !== 'ustar') throw new Error('the archive is not of the POSIX kind')
  const prefix = text(header, 345, 155)
  const name = `${prefix}${prefix === '' ? '' : '/'}${text(header, 0, 100)}`
  const size = Number(attributes.get('size') ?? number(header, 124, 12))
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('a member has no size')
  const time = Number(attributes.get('mtime') ?? number(header, 136, 12))
  return { name: attributes.get('path') ?? name, size, mode: number(header, 100, 8), time }
}

function padding(size: number): number {
  return (block - (size % block)) % block
}

function text(header: Buffer, from: number, length: number): string {
  return header.toString('utf8', from, from + length).split('\0', 1)[0] as string
}

/** Octal digits; NaN for anything else. */
function number(header: Buffer, from: number, length: number): number {
  const digits = text(header, from, length).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

/** Records of the form `<length> <key>=<value>\n`, the length being that of the whole record in bytes. */
function parseAttributes(bytes: Buffer): Map<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const length = Number(/^\d{1,6} /.exec(bytes.toString('latin1', at, at + 7))?.[0] ?? Number.NaN)
    const record = bytes.toString('utf8', at, at + length)
    const parts = /^\d+ ([^=]+)=(.*)\n$/s.exec(record)
    if (!parts || at + length > bytes.length) throw new Error('the attributes of a member cannot be read')
    const [, key = '', value = ''] = parts
    if (key.startsWith('GNU.sparse')) throw new Error('a member is sparse')
    found.set(key, value)
    at += length
  }
  return found
}

/** A stream from which whole pieces are taken. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  async *take(length: number): AsyncGenerator<Buffer> {
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next()
        if (next.done) throw new Error('the archive is cut off')
        this.#rest = next.value
      }
      const chunk = this.#rest.subarray(0, missing)
      this.#rest = this.#rest.subarray(chunk.length)
      missing -= chunk.length
      yield chunk
    }
  }

  async whole(length: number): Promise<Buffer> {
    const chunks: Buffer[] = []
    for await (const chunk of this.take(length)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  async skip(length: number): Promise<void> {
    for await (const _ of this.take(length));
  }
}
