/** A mapping of a spec as it came from YAML. */
export type Values = Readonly<Record<string, unknown>>

/** A mapping of the spec; empty where it is none. */
export function objectOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}

/** A scalar as text, null where there is none. */
export function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value)
}

/** A mapping with its values as texts. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, text]) => [key, String(text)]))
}

/** A text or a list of texts as a list. */
export function wordsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String)
}
