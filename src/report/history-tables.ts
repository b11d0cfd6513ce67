import type { FirstSeen } from '../publish/first-seen.ts'
import type { BasePair, Recorded } from '../publish/recorded.ts'
import type { PastEntry } from '../publish/types.ts'
import { formatBytes } from './format.ts'
import { code, inline, table } from './markdown.ts'

/** The images of a stack with what they weigh, to pull by their tags. */
export function imagesTable({ images }: Recorded): string {
  if (images.length === 0) return 'None was published yet.'
  const rows = images.map(({ name, repository, tag, digest, platforms, size, base }) => [
    word(name),
    quoted(tag ? `${repository}:${tag}` : `${repository}@${digest}`),
    size === null ? '' : formatBytes(size),
    platforms.map((platform) => word(platform)).join(', '),
    base ? quoted(base.name) : '',
  ])
  return table(['image', 'pull', 'size', 'platforms', 'built on'], rows)
}

/** Which image stands on which, the newest first. */
export function basesTable(pairs: readonly BasePair[]): string {
  if (pairs.length === 0) return 'None was published yet.'
  const rows = pairs.map(({ image, base, commit, created }) => [
    quoted(image),
    quoted(base),
    quoted(commit.slice(0, 7)),
    day(created),
  ])
  return table(['image', 'is built on', 'commit', 'date'], rows)
}

/** A table for each package: since which tag each image has each version. */
export function packagesTables(found: readonly FirstSeen[], images: readonly string[]): string {
  if (found.length === 0) return 'No lock has any of the packages of interest.'
  const tables = [...Map.groupBy(found, (one) => one.package)].map(([name, rows]) => {
    const having = images.filter((image) => rows.some(({ since }) => since[image] !== undefined))
    const lines = rows.map(({ version, since }) => [word(version), ...having.map((image) => word(since[image] ?? ''))])
    return table([word(name), ...having.map((image) => word(image))], lines)
  })
  return tables.join('\n\n')
}

/** Who moved which tags, when, from what to what: the newest first. */
export function entriesTable(entries: readonly PastEntry[]): string {
  if (entries.length === 0) return 'No tag was moved yet.'
  const rows = entries
    .toReversed()
    .map((entry) => [
      word(entry.started.slice(0, 16).replace('T', ' ')),
      word(entry.request),
      word(entry.by),
      word(entry.outcome === 'done' ? '' : entry.outcome),
      movesOf(entry),
    ])
  return table(['when (UTC)', 'what', 'who', 'outcome', 'tags'], rows)
}

/** Digests of a whole stack are too many to read: the first few, and how many there are. */
function movesOf({ moves }: PastEntry): string {
  const shown = moves.slice(0, 3).map(({ repository, tag, from, to }) => {
    const name = `${repository.slice(repository.lastIndexOf('/') + 1)}:${tag}`
    return quoted(`${name} ${from ? short(from) : 'new'} → ${short(to)}`)
  })
  return [...shown, ...(moves.length > 3 ? [`and ${moves.length - 3} more`] : [])].join(', ')
}

function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 7)
}

function day(milliseconds: number | null): string {
  return milliseconds === null ? '' : new Date(milliseconds).toISOString().slice(0, 10)
}

/** A page is read as text, too: what is plain stays plain, everything else is escaped. */
function word(text: string): string {
  return /^[a-z0-9][a-z0-9.+/-]*$/i.test(text) && !/\bwww\./i.test(text) ? text : inline(text)
}

function quoted(text: string): string {
  return /^[\w./:@ →-]+$/.test(text) ? `\`${text}\`` : code(text)
}
