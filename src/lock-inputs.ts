import { choice, conflict, date, packageName } from './input-values.ts'
import type { InputName } from './inputs.ts'
import type { ListSyntax } from './lists.ts'

/**
 * `auto` relocks what is stale, `minimal` does so with as few packages changed as can be, `refresh` takes the newest of
 * everything; `check` only tells, `render` writes the explicit locks and package lists anew from the locks; `off` does not look.
 */
export type LockMode = 'auto' | 'check' | 'refresh' | 'minimal' | 'render' | 'off'

/** Who solves: this program, or conda-lock in an environment of its own. */
export type LockEngine = 'embedded' | 'conda-lock'

/** What the run does after a commit of locks: build here, leave it to the run that the commit starts, or what fits the token. */
export type AfterCommit = 'auto' | 'build' | 'stop'

/** The inputs about locks. */
export interface LockInputs {
  readonly lockMode: LockMode
  readonly lockEngine: LockEngine
  /** Packages that are set free though the rest is kept. */
  readonly update: readonly string[]
  /** Packages made after this moment are not taken; milliseconds since 1970, null for no limit. */
  readonly excludeNewer: number | null
  /** Channels that a lock may take packages from: `conda-forge`, or a URL without a slash at its end. */
  readonly allowedChannels: readonly string[]
  /** Hosts that a lock may take wheels from. */
  readonly allowedHosts: readonly string[]
  /** Channel by name or URL → address that it is fetched from instead; locks name the channel all the same. */
  readonly channelMirrors: Readonly<Record<string, string>>
  /** Packages that a diff shows first. */
  readonly packagesOfInterest: readonly string[]
  /** First line: headline, `{{images}}` stands for the names. Empty: `Relock …`. */
  readonly commitMessage: string
  readonly afterCommit: AfterCommit
}

/** Names of the inputs about locks. */
export const lockInputNames = [
  'lock-mode',
  'lock-engine',
  'update',
  'exclude-newer',
  'allowed-channels',
  'allowed-hosts',
  'channel-mirrors',
  'packages-of-interest',
  'commit-message',
  'after-commit',
] as const

/** How the texts of the inputs are read. */
export interface LockInputReader {
  readonly text: (name: InputName) => string
  readonly list: (name: InputName, syntax: ListSyntax) => string[]
  readonly pairs: (name: InputName) => Record<string, string>
}

const linesOrCommas: ListSyntax = { separator: 'lines-or-commas' }

/** Texts → checked values. Throws ActionError('input'). */
export function loadLockInputs({ text, list, pairs }: LockInputReader): LockInputs {
  const unique = (name: InputName) => [...new Set(list(name, linesOrCommas))]
  const orDefault = (name: InputName, fallback: string) => {
    const given = unique(name)
    return given.length > 0 ? given : [fallback]
  }
  const inputs: LockInputs = {
    lockMode: choice('lock-mode', text('lock-mode') || 'auto', [
      'auto',
      'check',
      'refresh',
      'minimal',
      'render',
      'off',
    ]),
    lockEngine: choice('lock-engine', text('lock-engine') || 'embedded', ['embedded', 'conda-lock']),
    update: [...new Set(list('update', linesOrCommas).map((name) => packageName('update', name)))],
    excludeNewer: date('exclude-newer', text('exclude-newer')),
    allowedChannels: [...new Set(orDefault('allowed-channels', 'conda-forge').map(withoutSlash))],
    allowedHosts: orDefault('allowed-hosts', 'files.pythonhosted.org').map((host) => host.toLowerCase()),
    channelMirrors: Object.fromEntries(
      Object.entries(pairs('channel-mirrors')).map(([name, url]) => [withoutSlash(name), withoutSlash(url.trim())]),
    ),
    packagesOfInterest: unique('packages-of-interest').map((name) => packageName('packages-of-interest', name)),
    commitMessage: text('commit-message'),
    afterCommit: choice('after-commit', text('after-commit') || 'auto', ['auto', 'build', 'stop']),
  }
  if (inputs.update.length > 0 && !['auto', 'minimal'].includes(inputs.lockMode))
    throw conflict(`input update: ${inputs.update.join(', ')}, but lock-mode is ${inputs.lockMode}`, [
      'update goes with lock-mode auto or minimal: everything but these packages is kept',
    ])
  refuseUnsupported(inputs)
  return inputs
}

/** What the program conda-lock has no word for. */
function refuseUnsupported({ lockEngine, lockMode, excludeNewer, channelMirrors }: LockInputs): void {
  if (lockEngine !== 'conda-lock') return
  const wrong = [
    ...(lockMode === 'minimal' ? ['lock-mode: minimal'] : []),
    ...(excludeNewer === null ? [] : ['exclude-newer']),
    ...(Object.keys(channelMirrors).length === 0 ? [] : ['channel-mirrors']),
  ]
  if (wrong.length > 0)
    throw conflict(`input lock-engine: conda-lock does not go with ${wrong.join(', ')}`, [
      'leave it out, or take lock-engine: embedded',
    ])
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '')
}
