import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ActionError } from '../errors.ts'
import type { Host, Out, View } from '../host.ts'
import { booleanInputs, type InputName, type Inputs, inputNames, loadInputs } from '../inputs.ts'
import { nearest } from '../nearest.ts'
import { graphKinds } from '../report/graph.ts'
import { renderError, renderErrorDetails, wantsColor } from '../report/text.ts'
import { visible } from '../report/visible.ts'
import { run } from '../run.ts'
import { cancellation } from './cancel.ts'
import { usage } from './usage.ts'

const commands = [
  'plan',
  'build',
  'merge',
  'lock',
  'diff',
  'release',
  'promote',
  'revert',
  'history',
  'cleanup',
] as const

const ownOptions = {
  repo: { type: 'string' },
  base: { type: 'string' },
  head: { type: 'string' },
  'event-name': { type: 'string' },
  'event-path': { type: 'string' },
  format: { type: 'string' },
  explain: { type: 'string' },
  graph: { type: 'string' },
  check: { type: 'boolean' },
  render: { type: 'boolean' },
  quiet: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Flags = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** Runs a command line and gives its exit code: 0 done, 1 failed, 2 wrong usage. */
export async function commandLine(argv: readonly string[]): Promise<number> {
  let debug = argv.includes('--debug')
  // `| head` closes its end when it has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    const { flags, positionals } = withRevisions(parse(argv))
    debug = flags.debug === true
    const [command, ...images] = positionals
    if (flags.help || command === undefined) {
      process.stdout.write(usage)
      return flags.help ? 0 : 2
    }
    const host = commandHost(flags)
    const verdict = await run(readInputs(command, images, flags), host)
    if (!verdict.ok)
      process.stderr.write(
        `${renderError(new ActionError('build', verdict.message, verdict.details), { color: host.out.colour })}\n`,
      )
    return verdict.ok ? 0 : 1
  } catch (error) {
    process.stderr.write(
      `${debug ? renderErrorDetails(error) : renderError(error, { color: wantsColor(process.stderr, process.env) })}\n`,
    )
    return error instanceof ActionError && ['usage', 'input'].includes(error.code) ? 2 : 1
  }
}

function parse(argv: readonly string[]): { flags: Flags; positionals: string[] } {
  const inputs = inputNames.map((name) => [name, { type: 'string' as const, multiple: true }])
  const options = { ...Object.fromEntries(inputs), ...ownOptions }
  try {
    const { values, positionals } = parseArgs({ args: withValues(argv), options, allowPositionals: true, strict: true })
    return { flags: values as Flags, positionals }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : ''
    const unknown = /'--?([^'=\s]+)/.exec(message)?.[1] ?? ''
    const guesses = nearest(unknown, [...inputNames, ...Object.keys(ownOptions)]).map((name) => `--${name}`)
    const remedy = guesses.length > 0 ? `did you mean ${guesses.join(' or ')}?` : 'see buildx-action --help'
    throw new ActionError('usage', message.split('. ')[0] ?? '', [remedy])
  }
}

/** Switches may stand alone (`--push`), negated (`--no-push`) or with a value (`--push=auto`, `--push false`). */
function withValues(argv: readonly string[]): string[] {
  const words = [...argv]
  const given: string[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') return [...given, word, ...words]
    const name = word.startsWith('--') ? word.slice(2) : ''
    const negated = name.replace(/^no-/, '')
    if (isSwitch(name)) given.push(`${word}=${/^(true|false|auto)$/.test(words[0] ?? '') ? words.shift() : 'true'}`)
    else if (word === '--explain' && !/^[^-]/.test(words[0] ?? '')) given.push('--explain=')
    else if (name !== negated && isSwitch(negated)) given.push(`--${negated}=false`)
    else given.push(word)
  }
  return given
}

function isSwitch(name: string): boolean {
  return booleanInputs.some((input) => input === name)
}

/** `diff REV1 REV2 [IMAGE…]`: the first two words are what `--base` and `--head` name elsewhere. */
function withRevisions({ flags, positionals }: { flags: Flags; positionals: string[] }) {
  const [command, base, head, ...images] = positionals
  if (command !== 'diff' || flags.help) return { flags, positionals }
  if (base === undefined || head === undefined || flags.base !== undefined || flags.head !== undefined)
    throw new ActionError('usage', 'diff compares two commits or tags', ['buildx-action diff REV1 REV2 [IMAGE…]'])
  return { flags: { ...flags, base, head }, positionals: [command, ...images] }
}

/** Options that one command alone knows. */
const commandOf: Readonly<Record<string, string>> = { explain: 'plan', graph: 'plan', check: 'lock', render: 'lock' }

function refuseMisplaced(command: string, flags: Flags): void {
  const wrong = Object.keys(commandOf).find((name) => flags[name] !== undefined && commandOf[name] !== command)
  if (wrong) throw new ActionError('usage', `--${wrong} goes with ${commandOf[wrong]}, not with ${command}`)
  if (flags.command !== undefined)
    throw new ActionError('usage', `--command does not go with the command ${command}`, [
      'the command is the first word: leave --command out',
    ])
  const modes = ['check', 'render', 'lock-mode'].filter((name) => flags[name] !== undefined)
  if (modes.length > 1)
    throw new ActionError('usage', `${modes.map((name) => `--${name}`).join(' and ')} do not go together`, [
      '--check is --lock-mode check, --render is --lock-mode render: give one of them',
    ])
}

function readInputs(command: string, images: readonly string[], flags: Flags): Inputs {
  if (!commands.some((known) => known === command)) {
    const [guess] = nearest(command, commands)
    throw new ActionError('usage', `"${command}" is no command`, [
      guess ? `did you mean ${guess}?` : `there are ${commands.join(', ')}`,
    ])
  }
  refuseMisplaced(command, flags)
  const text = (name: InputName): string => {
    if (name === 'command') return command
    const values = flags[name]
    if (name === 'images') return [...images, ...(Array.isArray(values) ? values : [])].join('\n')
    if (name === 'github-token') return Array.isArray(values) ? String(values.at(-1)) : (process.env.GITHUB_TOKEN ?? '')
    if (name === 'lock-mode' && (flags.check || flags.render)) return flags.check ? 'check' : 'render'
    if (!Array.isArray(values)) return ''
    return booleanInputs.includes(name) ? String(values.at(-1)) : values.join('\n')
  }
  return loadInputs(text, availableParallelism())
}

function commandHost(flags: Flags): Host {
  const word = (name: string) => (typeof flags[name] === 'string' ? (flags[name] as string) : null)
  const cwd = path.resolve(word('repo') ?? '.')
  if (!existsSync(cwd) || !statSync(cwd).isDirectory())
    throw new ActionError('usage', `--repo: "${cwd}" is not a folder`)
  const format = word('format') ?? 'text'
  if (format !== 'text' && format !== 'json')
    throw new ActionError('usage', `--format: "${format}" is not a format`, ['it can be text or json'])
  const name = word('event-name')
  const file = word('event-path')
  if ((name === null) !== (file === null)) throw new ActionError('usage', '--event-name and --event-path go together')
  const real = file !== null && file === process.env.GITHUB_EVENT_PATH
  const temp = mkdtempSync(path.join(tmpdir(), 'buildx-action-'))
  process.on('exit', () => rmSync(temp, { recursive: true, force: true }))
  return {
    kind: 'cli',
    env: process.env,
    cwd,
    temp,
    kept: temp,
    event: {
      name: name ?? 'local',
      path: file,
      ref: real ? (process.env.GITHUB_REF ?? '') : '',
      sha: real ? (process.env.GITHUB_SHA ?? '') : '',
      base: word('base'),
      head: word('head'),
    },
    signal: cancellation(),
    view: commandView(word('explain'), word('graph'), format),
    out: commandOut({ json: format === 'json', quiet: flags.quiet === true, debug: flags.debug === true }),
  }
}

function commandView(explain: string | null, graph: string | null, format: string): View {
  if (graph !== null && (explain !== null || format === 'json'))
    throw new ActionError('usage', `--graph does not go with ${explain === null ? '--format json' : '--explain'}`, [
      'a drawing is all that is printed: leave one of them out',
    ])
  const kind = graphKinds.find((known) => known === graph) ?? null
  if (graph !== null && kind === null)
    throw new ActionError('usage', `--graph: "${graph}" is no kind of drawing`, [
      `it can be ${graphKinds.join(' or ')}`,
    ])
  return { explain, graph: kind }
}

/** A terminal: the result on standard output, all else on standard error. */
function commandOut({ json, quiet, debug }: { json: boolean; quiet: boolean; debug: boolean }): Out {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  return {
    info: (line) => quiet || say(visible(line)),
    notice: (line) => quiet || say(`note: ${visible(line)}`),
    warning: (line, place) => place || say(`warning: ${visible(line)}`),
    error: (line, place) => place || say(`error: ${visible(line)}`),
    debug: (line) => debug && say(`debug: ${visible(line)}`),
    // The result tells a failed step's last lines; whole logs are for those who ask.
    imageLog: (_result, lines) => debug && say(lines.join('\n')),
    mask: () => undefined,
    output: () => undefined,
    result: async (forms) =>
      void process.stdout.write(
        json ? `${JSON.stringify(forms.json, null, 2)}\n` : forms.text.endsWith('\n') ? forms.text : `${forms.text}\n`,
      ),
    state: () => undefined,
    live: quiet ? null : process.stderr,
    colour: wantsColor(json ? process.stderr : process.stdout, process.env),
  }
}
