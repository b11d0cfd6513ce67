import type { Blob } from './layout.ts'

/** One image's cache, of which it is asked whether it is kept. */
export interface Candidate {
  readonly name: string
  readonly blobs: readonly Blob[]
  /** Seconds that it saves: what its steps took when they ran last. */
  readonly seconds: number
  /** Images that it is built on, directly or not: a layer that is kept with one of them is not kept again. */
  readonly ancestors: readonly string[]
}

/** What is kept of a stack. */
export interface Kept {
  /** Name → digests that stand with an ancestor's cache. */
  readonly elsewhere: ReadonlyMap<string, ReadonlySet<string>>
  readonly dropped: readonly string[]
  /** Bytes of all that is kept, a shared layer counted once. */
  readonly bytes: number
}

/**
 * Which caches are kept within a limit of bytes: the one that saves the fewest seconds for each byte that it alone takes is given up first, until
 * the rest fits. Candidates stand parents first; what is decided does not depend on anything else.
 */
export function keepWithin(candidates: readonly Candidate[], limit: number): Kept {
  let kept = [...candidates]
  const dropped: string[] = []
  for (;;) {
    const bytes = sizeOf(kept)
    if (bytes <= limit || kept.length === 0) return { elsewhere: share(kept), dropped, bytes }
    const worst = leastUseful(kept, bytes)
    dropped.push(worst.name)
    kept = kept.filter((one) => one !== worst)
  }
}

/** Bytes of one cache without what stands elsewhere. */
export function entrySize(blobs: readonly Blob[], elsewhere: ReadonlySet<string> = new Set()): number {
  const own = new Map(blobs.filter(({ digest }) => !elsewhere.has(digest)).map(({ digest, size }) => [digest, size]))
  return [...own.values()].reduce((sum, size) => sum + size, 0)
}

function leastUseful(kept: readonly Candidate[], bytes: number): Candidate {
  const worth = kept.map((one) => {
    const freed = bytes - sizeOf(kept.filter((other) => other !== one))
    // A parent's layers go to each of its children: without it the rest may even be larger.
    return { one, freed, value: freed > 0 ? one.seconds / freed : Number.POSITIVE_INFINITY }
  })
  worth.sort((a, b) => (a.value === b.value ? b.freed - a.freed : a.value - b.value))
  return worth[0]!.one
}

function sizeOf(kept: readonly Candidate[]): number {
  const elsewhere = share(kept)
  return kept.reduce((sum, { name, blobs }) => sum + entrySize(blobs, elsewhere.get(name)), 0)
}

function share(kept: readonly Candidate[]): Map<string, ReadonlySet<string>> {
  const held = new Map(kept.map(({ name, blobs }) => [name, new Set(blobs.map(({ digest }) => digest))]))
  return new Map(
    kept.map(({ name, blobs, ancestors }) => {
      const above = ancestors.flatMap((ancestor) => held.get(ancestor) ?? [])
      return [name, new Set(blobs.map(({ digest }) => digest).filter((one) => above.some((set) => set.has(one))))]
    }),
  )
}
