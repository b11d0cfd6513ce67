/** A JSON object of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

/** The value as an object; an empty one where it is none. Own keys only are ever read from it. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** The value at a path of own keys, undefined where one is missing. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value
  for (const key of path) {
    const parent = object(found)
    found = Object.hasOwn(parent, key) ? parent[key] : undefined
  }
  return found
}

/** The string at a path, null where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = field(value, ...path)
  return typeof found === 'string' ? found : null
}

/** The whole number at a path, null where there is none. */
export function numberAt(value: unknown, ...path: readonly string[]): number | null {
  const found = field(value, ...path)
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : null
}
