import { gzipSync, zstdCompressSync } from 'node:zlib'

/** A member of an archive, as odd as a test wants it. */
export interface Member {
  readonly name: string
  /** Default `0`, a file. */
  readonly type?: string
  readonly body?: string | Buffer
  readonly link?: string
  /** Records of a pax header before it. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** A compressed POSIX archive of these members, nothing of them checked. */
export function createTar(members: readonly Member[], compression: 'gzip' | 'zstd' = 'zstd'): Buffer {
  const plain = Buffer.concat([...members.flatMap(blocksOf), Buffer.alloc(1024)])
  return compression === 'gzip' ? gzipSync(plain) : zstdCompressSync(plain)
}

function blocksOf({ name, type = '0', body = '', link = '', attributes = {} }: Member): Buffer[] {
  const records = Object.entries(attributes).map(([key, value]) => record(` ${key}=${value}\n`))
  const text = records.join('')
  const before = text === '' ? [] : [header('attributes', 'x', text, ''), padded(text)]
  return [...before, header(name, type, body, link), padded(body)]
}

/** A record begins with its own length, digits and all. */
function record(text: string): string {
  const length = Buffer.byteLength(text)
  const guess = length + String(length).length
  return `${guess + (String(guess).length > String(length).length ? 1 : 0)}${text}`
}

function header(name: string, type: string, body: string | Buffer, link: string): Buffer {
  const bytes = Buffer.alloc(512)
  const size = Buffer.byteLength(body).toString(8).padStart(11, '0')
  bytes.write(name, 0, 100)
  bytes.write('0000644\0', 100)
  bytes.write('0000000\0'.repeat(2), 108)
  bytes.write(`${size}\0${'0'.repeat(11)}\0${' '.repeat(8)}${type}`, 124)
  bytes.write(link, 157, 100)
  bytes.write('ustar\x0000', 257)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

function padded(content: string | Buffer): Buffer {
  const body = Buffer.from(content as string)
  return Buffer.concat([body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}
