import type { LockDiff } from '../lock/diff-types.ts'
import { formatSize } from './format.ts'
import { lockDiffMarkdown } from './lock-markdown.ts'
import { code, details, fence, inline, link, table } from './markdown.ts'

/** What a release's notes are made of. */
export interface ReleaseNotes {
  readonly tag: string
  readonly previous: string | null
  readonly images: readonly {
    readonly image: string
    readonly repositories: readonly string[]
    readonly digest: string
    /** Bytes; null where they are not known. */
    readonly size: number | null
    readonly previousSize: number | null
    readonly tags: readonly string[]
  }[]
  /** What differs in the locks, or in images without one, since the previous release; null where they could not be compared. */
  readonly diffs: readonly LockDiff[] | null
  readonly interest: readonly string[]
  /** The comparison's page, null outside of GitHub. */
  readonly compare: string | null
}

const [begin, end] = ['<!-- buildx-action: images -->', '<!-- /buildx-action: images -->']
/** GitHub takes 125,000 characters; the rest is for what people write. */
const longest = 100_000

/** The notes as Markdown. What is too long is left out from the packages on. */
export function renderReleaseNotes(notes: ReleaseNotes): string {
  for (let rows = 200; rows > 1; rows = Math.floor(rows / 2)) {
    const text = render(notes, rows)
    if (text.length <= longest) return text
  }
  return render({ ...notes, diffs: null }, 1)
}

/** Text of a release with our part renewed, or put at its end; what people wrote stays. */
export function withNotes(before: string, notes: string): string {
  const own = `${begin}\n${notes.trimEnd()}\n${end}`
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  if (from >= 0 && to > from) return before.slice(0, from) + own + before.slice(to + end.length)
  return [before.trimEnd(), own].filter(Boolean).join('\n\n')
}

function render(notes: ReleaseNotes, rows: number): string {
  const { previous, compare, diffs, images, interest } = notes
  const cells = images.map(({ image, repositories, tags, digest, size, previousSize }) => [
    inline(image),
    code(`${repositories[0]}:${tags[0]}`),
    size === null ? '' : formatSize(size, previousSize),
    code(digest),
  ])
  const pulls = images.flatMap(({ repositories, digest }) =>
    repositories.map((name) => `docker pull ${name}@${digest}`),
  )
  const packages = diffs === null ? '' : lockDiffMarkdown(diffs, { interest, rows }) || 'No package changed.'
  return [
    '## Images',
    table(['image', 'tag', 'size', 'digest'], cells),
    previous && packages ? `## Packages since ${inline(previous)}\n\n${packages}` : '',
    compare && previous ? link(`All changes since ${inline(previous)}`, compare) : '',
    details('Pull by digest', fence(pulls.join('\n'), 'sh')),
  ]
    .filter(Boolean)
    .join('\n\n')
}
