import type { CacheEntry, CacheScope } from './types.ts'

/** What is asked of an entry. */
export interface Sought {
  readonly key: string
  readonly prefixes: readonly string[]
  readonly version: string
}

/** Entries by scope, each kept as it was stored, the longest unused ones given up for room. */
export class Entries {
  readonly #limit: number
  #stored: CacheEntry[] = []
  #used: number[] = []
  #next = 1

  constructor(limit: number) {
    this.#limit = limit
  }

  get all(): readonly CacheEntry[] {
    return [...this.#stored]
  }

  has({ key, version, ref }: Pick<CacheEntry, 'key' | 'version' | 'ref'>): boolean {
    return this.#stored.some((entry) => entry.key === key && entry.version === version && entry.ref === ref)
  }

  /** Gives the entry's id. */
  add(entry: Omit<CacheEntry, 'id'>): number {
    const id = this.#next++
    this.#stored.push({ ...entry, id })
    this.#use(id)
    while (this.#size() > this.#limit) this.remove(this.#used[0]!)
    return id
  }

  remove(id: number): void {
    this.#stored = this.#stored.filter((entry) => entry.id !== id)
    this.#used = this.#used.filter((used) => used !== id)
  }

  /**
   * Scope by scope: the key itself, else what begins with it, else with the further keys in their order, of several the newest
   * (docs.github.com, "Cache key matching").
   */
  find({ key, prefixes, version }: Sought, scopes: readonly CacheScope[]): CacheEntry | null {
    for (const { ref } of scopes) {
      const newest = this.#stored.filter((entry) => entry.ref === ref && entry.version === version).toReversed()
      const beginning = [key, ...prefixes].map((prefix) => newest.find((entry) => entry.key.startsWith(prefix)))
      const found = newest.find((entry) => entry.key === key) ?? beginning.find((entry) => entry !== undefined)
      if (!found) continue
      this.#use(found.id)
      return found
    }
    return null
  }

  #use(id: number): void {
    this.#used = [...this.#used.filter((used) => used !== id), id]
  }

  #size(): number {
    return this.#stored.reduce((sum, { content }) => sum + content.length, 0)
  }
}
