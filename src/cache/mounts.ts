import { hash } from 'node:crypto'
import type { ImageResult, Step } from '../report/types.ts'
import type { CacheMount, Image } from '../stack/types.ts'

/** A directory of BuildKit that cache mounts of one or more images are. */
export interface MountDirectory {
  /** 16 hexadecimal digits of all that makes it another directory than the next one: names its entry of the cache service. */
  readonly key: string
  /** BUILDKIT_CACHE_MOUNT_NS of the images, empty without one. */
  readonly namespace: string
  readonly mount: CacheMount
  /** Names of the images that have it. */
  readonly images: readonly string[]
}

/** The build argument that BuildKit puts before the ids of cache mounts. */
export const namespaceArgument = 'BUILDKIT_CACHE_MOUNT_NS'

/**
 * The distinct directories behind the cache mounts of images. `args`: the build arguments of an image; `forced`: those of the run's own,
 * which name no other entry: an untrusted run reads what trusted ones kept. A mount that begins with an image of the stack is left out:
 * it is not there before the builds.
 */
export function mountDirectories(
  images: readonly Image[],
  args: (image: Image) => Readonly<Record<string, string>>,
  forced: Readonly<Record<string, string>> = {},
): MountDirectory[] {
  const found = new Map<string, MountDirectory>()
  for (const image of images) {
    const own = args(image)[namespaceArgument] ?? ''
    const namespace = forced[namespaceArgument] ?? own
    for (const mount of image.cacheMounts) {
      if (mount.from !== null && !(image.external.includes(mount.from) && plainReference.test(mount.from))) continue
      const key = keyOf(own, mount)
      const others = found.get(key)?.images ?? []
      found.set(key, { key, namespace, mount, images: [...new Set([...others, image.name])] })
    }
  }
  return [...found.values()]
}

/** What can stand in a Dockerfile as it is. */
const plainReference = /^[\w.:/@-]+$/

function keyOf(namespace: string, { id, from, source, owner }: CacheMount): string {
  const parts = [namespace, id, from, source, owner && [owner.uid, owner.gid, owner.mode]]
  return hash('sha256', JSON.stringify(parts)).slice(0, 16)
}

/**
 * The directories that a RUN of this run wrote to: one that BuildKit's cache had all steps of is as it was. What an image that failed
 * had is left out, as nobody knows what its steps left half done.
 */
export function usedDirectories(
  directories: readonly MountDirectory[],
  results: readonly ImageResult[],
): MountDirectory[] {
  const spoiled = new Set(results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name))
  const ran = new Map(results.map((result) => [result.name, runsWithMounts(result)]))
  return directories.filter((directory) => {
    if (directory.images.some((name) => spoiled.has(name))) return false
    return directory.images.some((name) => uses(directory, ran.get(name) ?? [], directories, name))
  })
}

/** Steps are told by their text. Where a variable hides which mount one names, it may have been any of the image's. */
function uses(
  { mount }: MountDirectory,
  runs: readonly string[],
  directories: readonly MountDirectory[],
  image: string,
): boolean {
  const all = directories.filter(({ images }) => images.includes(image)).map((directory) => directory.mount)
  return runs.some((run) => names(run, mount) || !all.some((other) => names(run, other)))
}

function names(run: string, { id, target }: CacheMount): boolean {
  return run.includes(id) || run.includes(target)
}

function runsWithMounts({ steps }: ImageResult): string[] {
  return steps
    .filter(ran)
    .map(({ name }) => name)
    .filter((name) => /^RUN\b/i.test(name) && name.includes('type=cache'))
}

/** A second round of outputs finds the steps of the first one cached; the time that they took is theirs all the same. */
function ran({ cached, started, completed }: Step): boolean {
  return started !== null && completed !== null && (!cached || completed - started > longestLookup)
}

/** Milliseconds that BuildKit may need to find a step in its cache. */
const longestLookup = 100
