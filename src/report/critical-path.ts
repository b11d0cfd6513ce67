import type { ImageResult } from './types.ts'

/**
 * The images that decided how long the run took: from the one that ended last back over the parent that it waited
 * for. Returns their names, parents first; empty when fewer than two ran.
 */
export function criticalPath(images: readonly ImageResult[]): string[] {
  const ran = new Map(
    images.filter((image) => image.started !== null && image.completed !== null).map((image) => [image.name, image]),
  )
  const path: string[] = []
  let at = last([...ran.values()])
  while (at !== undefined && !path.includes(at.name)) {
    path.unshift(at.name)
    at = last(at.parents.flatMap((parent) => ran.get(parent) ?? []))
  }
  return path.length > 1 ? path : []
}

function last(images: readonly ImageResult[]): ImageResult | undefined {
  return images.toSorted((a, b) => (b.completed ?? 0) - (a.completed ?? 0))[0]
}
