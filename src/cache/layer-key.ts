import { createHash } from 'node:crypto'

/** What the entries of layers in the cache service begin with; the number is that of their form. */
export const layersPrefix = 'buildx-action-layers-1-'

/** What tells one image's layers from another's. */
export interface LayersOwner {
  readonly name: string
  readonly dockerfile: string
  readonly platforms: readonly string[]
  readonly target: string | null
}

/** Who may write entries of a kind: runs of a branch's own commits, or those of one pull request. */
export type LayersClass = { readonly pull: number } | 'branch'

/** A name for one image's layers: readable, safe as a file's name and in a key, and of no other image. */
export function layersId({ name, dockerfile, platforms, target }: LayersOwner): string {
  const whole = JSON.stringify([name, dockerfile, [...platforms].sort(), target])
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 40)
  return `${slug || 'image'}-${createHash('sha256').update(whole).digest('hex').slice(0, 12)}`
}

/**
 * What the keys of one image's entries begin with. A pull request's are a class of their own: some of their runs (pull_request_target)
 * write in the scope of the base branch, and that branch must never take them.
 */
export function layersKind(id: string, writer: LayersClass): string {
  return `${layersPrefix}${id}-${writer === 'branch' ? 'b' : `p${writer.pull}`}-`
}

/** The beginnings that a run looks for, the nearest first: its own class, of that the same inputs, then the branch's. */
export function layersSought(id: string, reader: LayersClass, fingerprint: string | null): string[] {
  const kinds = [reader, ...(reader === 'branch' ? [] : ['branch' as const])].map((one) => layersKind(id, one))
  return kinds.flatMap((kind) => (fingerprint === null ? [kind] : [`${kind}${fingerprintPart(fingerprint)}`, kind]))
}

/** The beginning of an entry that is saved; the rest is the size and what it holds (tools/cache-key.ts). */
export function layersPrefixOf(question: {
  readonly id: string
  readonly writer: LayersClass
  readonly fingerprint: string | null
  /** Seconds that the steps took: what the entry is worth. */
  readonly seconds: number
}): string {
  const seconds = Math.min(999_999, Math.max(0, Math.round(question.seconds)))
  return `${layersKind(question.id, question.writer)}${fingerprintPart(question.fingerprint)}${seconds}s-`
}

/** What an entry's key tells; null for a key of another form. */
export function readLayersKey(key: string): { readonly kind: string; readonly seconds: number } | null {
  const found = /^(buildx-action-layers-1-[\w.]{0,40}-[0-9a-f]{12}-(?:b|p\d{1,10})-)[0-9a-f]{1,64}-(\d{1,6})s-/.exec(
    key,
  )
  return found ? { kind: found[1] as string, seconds: Number(found[2]) } : null
}

function fingerprintPart(fingerprint: string | null): string {
  return `${fingerprint !== null && /^[0-9a-f]{8,64}$/.test(fingerprint) ? fingerprint : '0'}-`
}
