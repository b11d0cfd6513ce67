import { posix } from 'node:path'

/** Where the lock of a folder may lie; the first one that is there counts. */
export function lockPaths(folder: string): string[] {
  return ['conda-lock.yml', 'conda-lock.yaml'].map((name) => posix.join(folder, name))
}

/** Whether a path is that of a lock. */
export function isLockPath(path: string): boolean {
  return /(^|\/)conda-lock\.ya?ml$/.test(path)
}

/**
 * The environment files that a conda-lock.yml was made from (`metadata.sources`), as paths of the repository; null when
 * the text names none. Takes the head of the file too: packages begin after the metadata, and a lock holds thousands.
 * `isThere` tells of a path whether the repository has it.
 */
export function lockSourcesOf(lock: string, folder: string, isThere: (path: string) => boolean): string[] | null {
  const head = lock.slice(0, /^package:/m.exec(lock)?.index ?? lock.length)
  const block =
    /^(?<indent>[ ]+)sources:[ ]*(?<flow>\[[^\]]*\])?[ ]*\r?\n(?<items>(?:\k<indent>[ ]*- .*(?:\r?\n|$))*)/m.exec(
      head,
    )?.groups
  if (!block) return null
  const items = block.flow
    ? block.flow.slice(1, -1).split(',')
    : (block.items ?? '').split('\n').map((line) => line.replace(/^\s*- /, ''))
  return items
    .map((item) =>
      item
        .trim()
        .replace(/^(['"])(.*)\1$/, '$2')
        .replaceAll("''", "'"),
    )
    .filter(Boolean)
    .flatMap((source) =>
      posix.isAbsolute(source) ? (endingsOf(source).find(isThere) ?? []) : posix.join(folder, source),
    )
    .filter((path) => path !== '..' && !path.startsWith('../'))
}

/** conda-lock 1 wrote absolute paths, of whichever machine: what such a one may be in this repository, the longest first. */
export function endingsOf(source: string): string[] {
  const parts = source.split('/').filter(Boolean)
  return parts.map((_, at) => parts.slice(at).join('/')).filter((path) => !path.split('/').includes('..'))
}
