import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, copyFile, link, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { withLock } from './lock.ts'
import { cacheDir } from './paths.ts'
import { stopProcess } from './processes.ts'
import { startRegistry } from './registry.ts'

/** An image that is built once for each key and kept in the cache as the storage of a registry that holds only it. */
export interface Seed {
  readonly key: string
  /** Build and push all references of the image to the registry of that address; `work` is an empty folder. */
  readonly build: (registry: string, work: string) => Promise<void>
}

/** Put an image into the storage of a registry, which may run: from the cache, or built on the way. */
export async function plantSeed(seed: Seed, storage: string): Promise<void> {
  const folder = join(cacheDir(), 'images', seed.key)
  if (!(await exists(folder))) {
    await withLock(folder, async () => {
      if (!(await exists(folder))) await makeSeed(seed, folder)
    })
  }
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name)
    await plantFile(path, join(storage, relative(folder, path)))
  }
}

/** A hash over the content of files and folders (paths, modes, bytes, link targets) and over the given texts. */
export async function contentKey(folders: readonly string[], texts: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(texts))
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
    for (const path of paths.sort()) hash.update(await fileKey(folder, path))
  }
  return hash.digest('hex').slice(0, 32)
}

async function fileKey(folder: string, path: string): Promise<string> {
  const target = await readlink(path).catch(() => null)
  const executable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
  const content =
    target === null
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : target
  return JSON.stringify([relative(folder, path), target !== null, executable, content])
}

async function makeSeed(seed: Seed, folder: string): Promise<void> {
  process.stderr.write(`sandbox: making the image ${seed.key} …\n`)
  await mkdir(dirname(folder), { recursive: true })
  const work = await mkdtemp(join(tmpdir(), 'buildx-action-seed-'))
  const fresh = await mkdtemp(`${folder}.`)
  try {
    const registry = await startRegistry({ dir: fresh, name: 'storage' })
    try {
      await seed.build(registry.address, work)
    } finally {
      await stopProcess(fresh, 'storage')
    }
    await rename(registry.storage, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Blobs never change and are linked; the small files that name them are rewritten in place and are copied. */
async function plantFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  if (to.includes('/blobs/sha256/') && (await link(from, to).then(() => true, isThere))) return
  await copyFile(from, to)
}

/** True for a file that is there already; false where linking does not work (another file system). */
function isThere(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EEXIST'
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
