import { cacheTypes, readCacheEntry } from './cache/entry.ts'
import type { CacheStrategy } from './cache/strategies.ts'
import { ActionError, messageOf } from './errors.ts'
import { choice, conflict, size } from './input-values.ts'
import type { InputName } from './inputs.ts'
import type { ListSyntax } from './lists.ts'
import { nearest } from './nearest.ts'

/** The inputs about caches. */
export interface CacheInputs {
  /** Where the layers of builds are kept from run to run. */
  readonly cache: 'auto' | CacheStrategy
  /** More sources and destinations, for all images, in buildx's own syntax. */
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
  /** Bytes that the layers of the whole stack may have with `cache: local`. */
  readonly cacheSize: number
}

/** Names of the inputs about caches. */
export const cacheInputNames = ['cache', 'cache-from', 'cache-to', 'cache-size'] as const

/** How the texts of the inputs are read. */
interface CacheInputReader {
  readonly text: (name: InputName) => string
  readonly list: (name: InputName, syntax: ListSyntax) => string[]
}

// buildx reads the quotes of a value itself.
const linesWithQuotes: ListSyntax = { separator: 'lines', quote: false }

/** Texts → checked values. Throws ActionError('input'). */
export function loadCacheInputs({ text, list }: CacheInputReader): CacheInputs {
  return {
    cache: choice('cache', text('cache') || 'auto', ['auto', 'local', 'registry', 'gha', 'inline', 'none']),
    cacheFrom: list('cache-from', linesWithQuotes).map((value) => cacheValue('cache-from', value)),
    cacheTo: list('cache-to', linesWithQuotes).map((value) => cacheValue('cache-to', value)),
    cacheSize: size('cache-size', text('cache-size'), 6e9),
  }
}

/** What needs a registry has one. */
export function refuseHomelessCache({ cache }: CacheInputs, registry: readonly string[]): void {
  if (registry.length > 0 || (cache !== 'registry' && cache !== 'inline')) return
  throw conflict(`input cache: ${cache}, but registry is empty: there is nowhere to keep the cache`, [
    'set registry, for example `registry: quay.io/pangeo`, or leave cache to its default',
  ])
}

/** The value as it was written. A message names no value of an attribute: some are secrets. */
function cacheValue(name: 'cache-from' | 'cache-to', value: string): string {
  const remedy = `write it as buildx does, for example type=registry,ref=quay.io/me/app:cache${name === 'cache-to' ? ',mode=max' : ''}`
  const refuse = (why: string, hints: readonly string[] = [], options: ErrorOptions = {}) =>
    new ActionError('input', `input ${name}: ${why}`, [...hints, remedy], options)
  try {
    const { type, attributes } = readCacheEntry(value)
    if (!cacheTypes.some((known) => known === type)) {
      const guesses = nearest(type, cacheTypes)
      const hint = guesses.length > 0 ? [`did you mean ${guesses.join(' or ')}?`] : []
      throw refuse(`${JSON.stringify(type)} is no type of cache`, [...hint, `it can be ${cacheTypes.join(', ')}`])
    }
    const needed = { registry: 'ref', local: name === 'cache-from' ? 'src' : 'dest' }[type]
    if (needed && !attributes[needed]) throw refuse(`type=${type} without ${needed}`)
    if (type === 'inline' && name === 'cache-from')
      throw refuse('type=inline is read from the image itself', ['give type=registry with its reference'])
    return value
  } catch (error) {
    if (error instanceof ActionError) throw error
    throw refuse(messageOf(error))
  }
}
