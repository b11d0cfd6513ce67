import type { CleanedRepository, TagOutcome } from '../cleanup/types.ts'
import { count, formatBytes, shortDigest } from './format.ts'
import { code, inline, table } from './markdown.ts'
import { visible } from './visible.ts'

/** What `cleanup` did, or would do: for `--format json`. */
export function cleanupJson(repositories: readonly CleanedRepository[], dryRun: boolean) {
  const all = repositories.flatMap(({ tags }) => tags)
  return {
    dryRun,
    removed: all.filter(({ outcome }) => outcome === 'removed').length,
    bytes: bytesOf(all),
    repositories: repositories.map(({ repository, tags, error }) => ({
      repository,
      error,
      tags: tags.map(({ tag, digest, kind, outcome, reason, created, bytes }) => ({
        ...{ tag, digest, kind, outcome, reason, bytes },
        created: created === null ? null : new Date(created).toISOString(),
      })),
    })),
  }
}

/** The same for a terminal. */
export function cleanupText(repositories: readonly CleanedRepository[], dryRun: boolean): string {
  const lines = repositories.flatMap(({ repository, tags, error }) => {
    const width = Math.max(0, ...tags.map(({ tag }) => tag.length))
    const rows = tags.map((tag) => `  ${tag.tag.padEnd(width)}  ${word(tag)}  ${visible(tag.reason)}${size(tag)}`)
    return [
      repository,
      ...(error ? [`  ${visible(error)}`] : rows.length === 0 ? ['  no tags of runs'] : []),
      ...rows,
      '',
    ]
  })
  return [...lines, sentence(repositories, dryRun)].join('\n')
}

/** The same for the job summary, cut to the bytes that there is room for: what is removed comes first. */
export function cleanupMarkdown(repositories: readonly CleanedRepository[], dryRun: boolean, limit: number): string {
  const head = `## Clean-up\n\n${sentence(repositories, dryRun)}\n`
  const errors = repositories.filter(({ error }) => error !== null)
  const notes = errors.map(({ repository, error }) => `\n${code(repository)}: ${inline(error ?? '')}\n`).join('')
  const rows = repositories
    .flatMap(({ repository, tags }) => tags.map((tag) => ({ repository, ...tag })))
    .toSorted((one, other) => Number(other.remove) - Number(one.remove))
  for (let most = rows.length; most > 0; most = Math.floor(most / 2)) {
    const shown = rows
      .slice(0, most)
      .map((row) => [
        ...[code(row.repository), code(row.tag), code(shortDigest(row.digest))],
        ...[word(row).trim(), inline(row.reason), row.bytes > 0 ? formatBytes(row.bytes) : ''],
      ])
    const more = most < rows.length ? `\n${rows.length - most} more tags are in the log.\n` : ''
    const body = table(['repository', 'tag', 'digest', '', 'why', 'size'], shown)
    const text = `${head}${notes}\n${body}\n${more}`
    if (Buffer.byteLength(text) <= limit) return text
  }
  return head
}

function sentence(repositories: readonly CleanedRepository[], dryRun: boolean): string {
  const all = repositories.flatMap(({ tags }) => tags)
  const gone = all.filter(({ outcome }) => outcome === 'removed' || outcome === 'would').length
  const bytes = bytesOf(all)
  const room = bytes > 0 ? `, at most ${formatBytes(bytes)}` : ''
  const kept = `${all.length - gone} kept`
  return dryRun
    ? `dry run: ${count(gone, 'tag')} would be removed${room}; ${kept}. dry-run: false removes them`
    : `${count(gone, 'tag')} removed${room}; ${kept}`
}

function bytesOf(tags: readonly TagOutcome[]): number {
  return tags
    .filter(({ outcome }) => outcome !== 'kept' && outcome !== 'failed')
    .reduce((sum, { bytes }) => sum + bytes, 0)
}

function word({ outcome }: TagOutcome): string {
  return { kept: 'kept   ', removed: 'removed', would: 'remove ', failed: 'failed ' }[outcome]
}

function size({ outcome, bytes }: TagOutcome): string {
  return outcome !== 'kept' && bytes > 0 ? ` (${formatBytes(bytes)})` : ''
}
