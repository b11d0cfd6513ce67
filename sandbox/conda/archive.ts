import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import BZip2 from 'bzip2-wasm'
import { zipSync } from 'fflate'
import { Header } from 'tar'
import { type PackageFile, packageFiles } from './contents.ts'
import type { PackageRecord } from './records.ts'

// Zip keeps local time: a date of the same zone gives the same bytes everywhere.
const zipOptions = { level: 0, mtime: new Date(1980, 0, 1) } as const

/**
 * The archive of a record: `.conda` (a zip of two zstd tars) or `.tar.bz2`, as the file name says, with a few tiny files
 * and the metadata that an installer reads. The same record gives the same bytes, whatever the clock and the machine.
 */
export async function packageArchive(filename: string, record: PackageRecord): Promise<Uint8Array> {
  const files = packageFiles(record)
  const info = infoFiles(record, files)
  if (filename.endsWith('.tar.bz2')) return await bzip2(tar([...info, ...files]))
  const stem = filename.slice(0, -'.conda'.length)
  return zipSync(
    {
      'metadata.json': Buffer.from('{"conda_pkg_format_version": 2}'),
      [`pkg-${stem}.tar.zst`]: zstdCompressSync(tar(files)),
      [`info-${stem}.tar.zst`]: zstdCompressSync(tar(info)),
    },
    zipOptions,
  )
}

/** A hash of bytes, hexadecimal. */
export function digest(algorithm: 'md5' | 'sha256', bytes: Uint8Array | string): string {
  return createHash(algorithm).update(bytes).digest('hex')
}

/** The `info/` folder: what conda's package format asks for, and link.json where Python is noarch. */
function infoFiles(record: PackageRecord, files: readonly PackageFile[]): PackageFile[] {
  const { md5: _md5, sha256: _sha256, size: _size, ...index } = record
  const paths = files.map(({ path, text }) => ({
    _path: path,
    path_type: 'hardlink',
    sha256: digest('sha256', text),
    size_in_bytes: Buffer.byteLength(text),
  }))
  const info: Record<string, unknown> = { 'index.json': index, 'paths.json': { paths, paths_version: 1 } }
  if (record.noarch === 'python') {
    info['link.json'] = { noarch: { entry_points: [], type: 'python' }, package_metadata_version: 1 }
  }
  const texts = Object.entries(info).map(([name, value]): [string, string] => [name, JSON.stringify(value)])
  const list: [string, string] = ['files', files.map(({ path }) => `${path}\n`).join('')]
  return [...texts, list].map(([name, text]) => ({ path: `info/${name}`, mode: 0o644, text }))
}

/** A tar of regular files that belong to root, with the epoch as their time. */
function tar(files: readonly PackageFile[]): Buffer {
  const blocks = files.flatMap(({ path, mode, text }) => {
    const body = Buffer.from(text)
    const header = Buffer.alloc(512)
    const data = { path, mode, size: body.length, type: 'File', uid: 0, gid: 0, mtime: new Date(0) } as const
    if (new Header(data).encode(header)) throw new Error(`sandbox/conda: ${path} does not fit into a ustar header`)
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

let compressor: Promise<BZip2> | undefined

async function bzip2(bytes: Uint8Array): Promise<Uint8Array> {
  compressor ??= startBzip2()
  // libbz2 asks for room of 1 % and 600 bytes above the input.
  return Uint8Array.from((await compressor).compress(bytes, 9, Math.ceil(bytes.length * 1.01) + 600))
}

async function startBzip2(): Promise<BZip2> {
  const instance = new BZip2()
  await instance.init()
  return instance
}
