import { shorten, visible } from '../report/visible.ts'

/** A commit's message as GitHub's API takes it. */
export interface CommitMessage {
  readonly headline: string
  readonly body: string
}

/** Somebody who asked for a commit, by GitHub's account. */
export interface Person {
  readonly login: string
  readonly id: number
}

/** The longest headline that git and GitHub show whole, characters. */
const headlineLength = 72
/** GitHub takes longer messages; nobody reads them. */
const bodyLength = 4000
const trailer = 'Lock-key'

/**
 * The message of a commit of locks. `template` is the input `commit-message`, its first line the headline, in which
 * `{{images}}` stands for the images' names; empty: `Relock …`. The body ends with the key by which a
 * later run knows its own work, and with who asked for it.
 */
export function commitMessage(question: {
  readonly template: string
  readonly images: readonly string[]
  /** One line an image, for people: `pangeo-notebook linux-64: 2 added, 5 up`. */
  readonly lines: readonly string[]
  /** Hex digits, 16 to 64. */
  readonly key: string
  readonly people: readonly Person[]
}): CommitMessage {
  const { template, images, lines, key, people } = question
  const [first = '', ...rest] = template.trim().split(/\r?\n/)
  const headline = shorten(visible(filled(first || 'Relock {{images}}', images)), headlineLength)
  const text = rest.map((line) => visible(filled(line, images))).join('\n')
  const list = lines.map((line) => `* ${visible(line)}`).join('\n')
  const said = shorten([text.trim(), list].filter(Boolean).join('\n\n'), bodyLength)
  const trailers = [`${trailer}: ${key}`, ...people.filter(isAccount).map(coAuthor)]
  return { headline, body: [said, trailers.join('\n')].filter(Boolean).join('\n\n') }
}

/** The key in a message that `commitMessage` made; null in any other. */
export function keyOf(message: string): string | null {
  const last =
    message
      .trimEnd()
      .split(/\r?\n\r?\n/)
      .at(-1) ?? ''
  return new RegExp(`^${trailer}: ([0-9a-f]{16,64})$`, 'm').exec(last)?.[1] ?? null
}

function filled(line: string, images: readonly string[]): string {
  return line.replaceAll(/\{\{ *images *\}\}/g, () => {
    const names = joined(images.map(visible))
    const room = headlineLength - line.length + '{{images}}'.length
    return names.length > Math.max(20, room) ? `${images.length} images` : names
  })
}

/** `a`, `a and b`, `a, b and c`. */
function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** GitHub's own rule for logins; anything else has no place in a trailer. */
function isAccount({ login, id }: Person): boolean {
  return /^[\w-]{1,100}(\[bot\])?$/.test(login) && Number.isSafeInteger(id) && id > 0
}

function coAuthor({ login, id }: Person): string {
  return `Co-authored-by: ${login} <${id}+${login}@users.noreply.github.com>`
}
