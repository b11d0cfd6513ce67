import { ActionError } from '../errors.ts'
import type { Spec } from './types.ts'

/**
 * What several sources ask for together, in the order of the sources: a name of one manager stands once, where it came first
 * and as it came last (aggregation.py of conda-lock 4.0.3).
 */
export function mergeSpecs(lists: readonly (readonly Spec[])[]): Spec[] {
  const merged = new Map<string, Spec>()
  for (const spec of lists.flat()) merged.set(`${spec.manager} ${spec.name}`, spec)
  return [...merged.values()]
}

/** The channels or pip repositories that one source lists. */
export interface Listed<T> {
  readonly file: string
  readonly items: readonly T[]
}

/**
 * The longest of several lists, of which each other one has to be the end: else nobody could say which channel comes first.
 * The first list that is not one is given too.
 */
export function longestList<T>(lists: readonly Listed<T>[]): { longest: Listed<T>; stranger: Listed<T> | null } {
  const longest = lists.reduce((best, list) => (list.items.length > best.items.length ? list : best), lists[0] ?? none)
  const isEnd = ({ items }: Listed<T>) => {
    const end = longest.items.slice(longest.items.length - items.length)
    return JSON.stringify(items) === JSON.stringify(end)
  }
  return { longest, stranger: lists.find((list) => !isEnd(list)) ?? null }
}

const none = { file: '', items: [] }

/** The longest of the lists. Throws ActionError('lock') where another one is not its end; `what`: `channels`. */
export function mergeLists<T>(lists: readonly Listed<T>[], what: string): readonly T[] {
  const { longest, stranger } = longestList(lists)
  if (stranger === null) return longest.items
  throw new ActionError('lock', `${stranger.file}: its ${what} are not the last ones of ${longest.file}`, [
    `One lock has one order of ${what}, so each list has to be the end of the longest`,
    `${stranger.file}: ${namesOf(stranger.items)}; ${longest.file}: ${namesOf(longest.items)}`,
  ])
}

function namesOf(items: readonly unknown[]): string {
  const names = items.map((item) => (typeof item === 'object' && item !== null && 'url' in item ? item.url : item))
  return names.join(', ') || 'none'
}
