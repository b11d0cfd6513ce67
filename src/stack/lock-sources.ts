import { posix } from 'node:path'

/**
 * The environment files that a conda-lock.yml was made from (`metadata.sources`), as paths of the repository; null when
 * the text names none. Takes the head of the file too: packages begin after the metadata, and a lock holds thousands.
 */
export function lockSourcesOf(lock: string, folder: string): string[] | null {
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
    .map((source) => posix.join(folder, source))
    .filter((path) => path !== '..' && !path.startsWith('../') && !posix.isAbsolute(path))
}
