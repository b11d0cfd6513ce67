import { createHash } from 'node:crypto'
import { createReadStream, type Dirent } from 'node:fs'
import { copyFile, link, lstat, mkdir, readdir, readFile, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type Blob,
  type CacheManifest,
  type LayersRecord,
  readCacheManifest,
  readLayoutIndex,
  readRecord,
  recordFile,
} from '../cache/layout.ts'

/** A layout on the disk: what its manifest names, and what stands beside it. */
export interface LayoutFolder extends CacheManifest {
  readonly folder: string
  readonly manifest: Blob
  readonly record: LayersRecord
}

/** Texts of a layout are small; BuildKit's description of a cache grows with its steps. */
const mostText = 8 * 2 ** 20

/** A layer that is to be kept with an ancestor's cache is not there: nobody's fault. */
export class MissingLayers extends Error {}

/**
 * Reads what BuildKit wrote, or what was restored and may be anything: an OCI layout of regular files, each blob with its
 * digest's content, nothing else. Throws where it is not.
 */
export async function verifyLayout(folder: string): Promise<LayoutFolder> {
  const layout = await readLayout(folder)
  const named = blobsOf(layout)
  await refuseOthers(folder, new Set(named.map(({ digest }) => blobName(digest))))
  const missing = new Set(layout.record.elsewhere)
  for (const { digest, size } of new Map(named.map((blob) => [blob.digest, blob])).values()) {
    const file = path.join(folder, blobName(digest))
    const stat = await lstat(file).catch(() => null)
    if (stat === null && missing.has(digest)) throw new MissingLayers(`${digest} was kept with a parent’s layers`)
    if (!stat?.isFile() || stat.size !== size) throw new Error(`${digest} is not there, or not of its size`)
    if ((await digestOf(file)) !== digest) throw new Error(`${digest} has another content`)
  }
  return layout
}

/** What a layout says of itself; its blobs are not looked at. */
export async function readLayout(folder: string): Promise<LayoutFolder> {
  const manifest = readLayoutIndex(await readText(path.join(folder, 'index.json')))
  const read = readCacheManifest(await readText(path.join(folder, blobName(manifest.digest))))
  const record = readRecord(await readText(path.join(folder, recordFile)).catch(() => ''))
  return { folder, manifest, ...read, record }
}

/** All blobs of a layout, each as often as it is named. */
export function blobsOf({ manifest, config, layers }: Pick<LayoutFolder, 'manifest' | 'config' | 'layers'>): Blob[] {
  return [manifest, config, ...layers]
}

/** Puts in what stands with other layouts, by a second name of the same file where the disk can. */
export async function lendBlobs(folder: string, digests: readonly string[], lenders: readonly string[]): Promise<void> {
  for (const digest of digests) {
    const to = path.join(folder, blobName(digest))
    if (await lstat(to).catch(() => null)) continue
    for (const lender of lenders) if (await lend(path.join(lender, blobName(digest)), to)) break
  }
}

/** Removes what the manifest does not name and what is kept elsewhere; gives the bytes of what stays. */
export async function stripLayout(layout: LayoutFolder, elsewhere: ReadonlySet<string>): Promise<void> {
  const { folder } = layout
  const kept = new Set(blobsOf(layout).flatMap(({ digest }) => (elsewhere.has(digest) ? [] : [blobName(digest)])))
  for (const entry of await list(folder)) {
    const name = nameOf(folder, entry)
    if (!entry.isDirectory() && !kept.has(name) && !known.has(name)) await rm(path.join(folder, name), { force: true })
  }
  await rm(path.join(folder, 'ingest'), { recursive: true, force: true })
}

/** Bytes that are free for whoever runs this, where the folder is or will be. */
export async function freeDisk(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const known: ReadonlySet<string> = new Set(['index.json', 'oci-layout', recordFile])

function blobName(digest: string): string {
  return path.join('blobs', 'sha256', digest.slice('sha256:'.length))
}

async function refuseOthers(folder: string, named: ReadonlySet<string>): Promise<void> {
  const folders = new Set(['blobs', path.join('blobs', 'sha256'), 'ingest'])
  for (const entry of await list(folder)) {
    const name = nameOf(folder, entry)
    const fits = entry.isDirectory() ? folders.has(name) : entry.isFile() && (known.has(name) || named.has(name))
    if (!fits) throw new Error(`${JSON.stringify(name.slice(0, 200))} is no part of it`)
  }
}

async function list(folder: string): Promise<Dirent[]> {
  if (!(await lstat(folder)).isDirectory()) throw new Error('it is no folder')
  return await readdir(folder, { recursive: true, withFileTypes: true })
}

function nameOf(folder: string, { parentPath, name }: Dirent): string {
  return path.relative(folder, path.join(parentPath, name))
}

async function readText(file: string): Promise<string> {
  const stat = await lstat(file)
  if (!stat.isFile() || stat.size > mostText) throw new Error(`${path.basename(file)} is no file, or too large`)
  return await readFile(file, 'utf8')
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash)
  return `sha256:${hash.digest('hex')}`
}

async function lend(from: string, to: string): Promise<boolean> {
  const stat = await lstat(from).catch(() => null)
  if (!stat?.isFile()) return false
  return await link(from, to)
    .catch(async () => await copyFile(from, to))
    .then(
      () => true,
      () => false,
    )
}
