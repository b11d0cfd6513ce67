import { posix } from 'node:path'
import type { ImageReference } from './image-reference.ts'

/**
 * Finds the image whose folders a tag is made of: `noetic-ros-core-focal` and `ros/noetic/ubuntu/focal/ros-core`. Only a
 * guess, good enough for a remark: null unless exactly one image's last folder and another of its folders are the whole tag.
 */
export function taggedFinder(names: readonly string[]): (reference: ImageReference, self: string) => string | null {
  const byLast = Map.groupBy(
    names.filter((name) => name.includes('/')),
    (name) => posix.basename(name),
  )
  return ({ tag }, self) => {
    if (tag === null || byLast.size === 0 || !tag.includes('-')) return null
    const found = runsOf(tag)
      .flatMap((run) => byLast.get(run) ?? [])
      .filter((name) => name !== self && isMadeOf(tag, name.split('/').reverse()))
    return found.length === 1 ? (found[0] ?? null) : null
  }
}

/** All runs of a tag's parts: `a`, `a-b`, `b`. A tag of many parts is none of folders. */
function runsOf(tag: string): string[] {
  const parts = tag.split('-').slice(0, 8)
  return parts.flatMap((_, from) =>
    parts.slice(from).map((_part, length) => parts.slice(from, from + length + 1).join('-')),
  )
}

function isMadeOf(tag: string, folders: readonly string[]): boolean {
  let rest = `-${tag}-`
  let used = 0
  for (const folder of folders) {
    if (!rest.includes(`-${folder}-`)) continue
    rest = rest.replace(`-${folder}-`, '-')
    used++
  }
  return rest === '-' && used > 1
}
