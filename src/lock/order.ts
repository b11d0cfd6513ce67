/** Orders ASCII text as Python orders strings: by code point. */
export function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders lists of texts as Python orders tuples. */
export function byCodes(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const order = byCode(text, b[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}
