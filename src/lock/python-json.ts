/**
 * A value as Python's `json.dumps(value, sort_keys=True)` writes it: ASCII, keys sorted, `, ` and `: ` between. For texts,
 * whole numbers, booleans, null, lists and plain objects.
 */
export function pythonJson(value: unknown): string {
  if (typeof value === 'string') return stringJson(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = value as Record<string, unknown>
  const keys = Object.keys(members).sort()
  return `{${keys.map((key) => `${stringJson(key)}: ${pythonJson(members[key])}`).join(', ')}}`
}

/** Printable ASCII without a quote or a backslash: nearly all texts. */
const plain = /^[ !#-[\]-~]*$/

function stringJson(text: string): string {
  if (plain.test(text)) return `"${text}"`
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
