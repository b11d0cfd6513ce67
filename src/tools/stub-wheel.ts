import { crc32 } from 'node:zlib'

/**
 * A wheel without contents that says name and version and needs nothing: it stands for a package that conda brings, so that a
 * resolver takes exactly that version and looks no further. A zip archive of stored files; `name` in PEP 503's form.
 */
export function stubWheel(name: string, version: string): { file: string; bytes: Buffer } {
  const stem = `${name.replaceAll('-', '_')}-${version}`
  const folder = `${stem}.dist-info`
  const bytes = storedZip([
    [`${folder}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`],
    [`${folder}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: buildx-action\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
    [`${folder}/RECORD`, ''],
  ])
  return { file: `${stem}-py3-none-any.whl`, bytes }
}

/** A zip archive of texts, not packed, with no times: the same texts give the same bytes. */
export function storedZip(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of files) {
    const data = Buffer.from(text)
    const common = commonHeader(Buffer.byteLength(name), data)
    const local = Buffer.concat([word(0x04034b50), common, Buffer.from(name), data])
    directory.push(word(0x02014b50), short(20), common, Buffer.alloc(10), word(offset), Buffer.from(name))
    parts.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const count = short(files.length)
  const end = [word(0x06054b50), word(0), count, count, word(index.length), word(offset), short(0)]
  return Buffer.concat([...parts, index, ...end])
}

/** What a file's own header and its place in the directory have in common: version 2.0 to the length of extras. */
function commonHeader(nameBytes: number, data: Buffer): Buffer {
  const size = word(data.length)
  // 0x21 is the first day that the format knows, 1980-01-01.
  return Buffer.concat([
    short(20),
    word(0),
    short(0),
    short(0x21),
    word(crc32(data)),
    size,
    size,
    short(nameBytes),
    short(0),
  ])
}

function short(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16LE(value)
  return buffer
}

function word(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}
