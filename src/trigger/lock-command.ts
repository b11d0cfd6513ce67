import { ActionError } from '../errors.ts'

/** What a comment `/condalock …` asks for. */
export interface LockCommand {
  /** `auto`: what is stale. `minimal`: that, with as few packages changed as can be. `refresh`: the newest of everything. */
  readonly mode: 'auto' | 'minimal' | 'refresh' | 'update'
  /** Packages that `update` sets free. */
  readonly update: readonly string[]
  /** Images by name; none = the whole stack. */
  readonly images: readonly string[]
  /** The commit that it is meant for, as its writer named it (7 to 40 hex digits); null where they named none. */
  readonly commit: string | null
}

/** Longest command line, characters. */
const longest = 1000
const command = /^\/condalock(?=\s|$)/
const commit = /^[0-9a-f]{7,40}$/
const image = /^[\w][\w./-]*$/
const packageName = /^[a-z0-9_][\w.-]*$/i

/** How the command is written, for a person who wrote it otherwise. */
const lockCommandUsage = '/condalock [refresh | minimal | update PACKAGE,PACKAGE] [IMAGE…] [COMMIT]'

/**
 * A comment's text → its command; null for any other comment. Only the first line counts, and only from its first
 * character: a quoted line, code or an e-mail's reply is talk about the command. Throws ActionError('usage') for words that
 * are none of its arguments.
 */
export function readLockCommand(text: string): LockCommand | null {
  const line = text.split(/\r?\n/, 1)[0] ?? ''
  if (!command.test(line)) return null
  if (line.length > longest) throw refused(`a line of ${line.length} characters`)
  return readLockArguments(line.replace(command, ''))
}

/** The words after `/condalock`: also what an input of a workflow_dispatch may hold. */
export function readLockArguments(text: string): LockCommand {
  const words = text.trim().split(/\s+/).filter(Boolean)
  const mode = words[0]
  if (mode === 'update') {
    const update = (words[1] ?? '').split(',').filter(Boolean)
    const wrong = update.find((name) => !packageName.test(name))
    if (update.length === 0 || wrong !== undefined) throw refused(`update ${words[1] ?? ''}`)
    return { mode, update, ...targets(words.slice(2)) }
  }
  const named = mode === 'refresh' || mode === 'minimal'
  return { mode: named ? mode : 'auto', update: [], ...targets(named ? words.slice(1) : words) }
}

function targets(words: readonly string[]): Pick<LockCommand, 'images' | 'commit'> {
  const commits = words.filter((word) => commit.test(word))
  const images = words.filter((word) => !commit.test(word))
  const wrong = images.find((word) => !image.test(word))
  if (wrong !== undefined) throw refused(wrong)
  if (commits.length > 1) throw refused(commits.join(' '))
  return { images: [...new Set(images)], commit: commits[0] ?? null }
}

function refused(words: string): ActionError {
  return new ActionError('usage', `/condalock does not know "${words.trim()}"`, [`write ${lockCommandUsage}`])
}
