/** What buildx wrote as text about a failed build, after the progress. */
export interface ErrorText {
  /** The bake target that failed, where buildx names it. */
  readonly target: string | null
  /** The cause alone, null where there is no `ERROR:` line. */
  readonly message: string | null
  /** The failing instruction's line in the Dockerfile, 1-based. */
  readonly line: number | null
}

/** Wrappers that say where in BuildKit an error passed by, not what it is. */
const WRAPPERS = [
  /^failed to solve: /,
  /^failed to build: /,
  /^failed to compute cache key: /,
  /^failed to calculate checksum of ref \S+: /,
  /^failed to solve with frontend [^:]+: /,
  /^rpc error: code = \w+ desc = /,
]

/** Reads the lines that are no JSON: `Dockerfile:6`, the excerpt below it, and `ERROR: target x: failed to solve: …`. */
export function readErrorText(lines: readonly string[]): ErrorText {
  const error = wholeError(lines)
  const target = error === null ? null : (/^target ([^\s:]+): /.exec(error)?.[1] ?? null)
  const message = error === null ? null : shortenError(error.replace(/^target [^\s:]+: /, ''))
  return { target, message, line: excerptLine(lines) ?? parseErrorLine(message) }
}

/** containerd gives several answers of a registry a line each (`code: message`), below one that ends with `errors:`. */
function wholeError(lines: readonly string[]): string | null {
  const at = lines.findLastIndex((line) => line.startsWith('ERROR: '))
  const first = lines[at]?.slice('ERROR: '.length) ?? null
  if (first === null || !/(^|: )errors:$/.test(first)) return first
  const below = lines.slice(at + 1)
  const other = below.findIndex((line) => !/^[a-z][a-z ]*: /.test(line))
  const answers = other === -1 ? below : below.slice(0, other)
  return answers.length === 0 ? first : `${first.slice(0, -'errors:'.length)}${[...new Set(answers)].join('; ')}`
}

/** Takes BuildKit's wrapping off a message and says a process's end in a person's words. */
export function shortenError(message: string): string {
  const found = WRAPPERS.find((wrapper) => wrapper.test(message))
  if (found !== undefined) return shortenError(message.replace(found, ''))
  const code = /^process ".*" did not complete successfully: exit code: (\d+)(: .*)?$/s.exec(message)
  if (code === null) return message
  if (code[2]?.includes('context canceled')) return 'cancelled while it ran'
  return `the command ended with exit code ${code[1]}${meaning(Number(code[1]))}`
}

/** Whether an error says no more than that something else ended the build. */
export function isCancellation(message: string): boolean {
  return /context canceled/i.test(message)
}

function excerptLine(lines: readonly string[]): number | null {
  const place = lines.findLastIndex((line, index) => /^-{10,}$/.test(lines[index + 1] ?? '') && /^.+:\d+$/.test(line))
  return place === -1 ? null : Number(/:(\d+)$/.exec(lines[place] ?? '')?.[1])
}

function parseErrorLine(message: string | null): number | null {
  const found = /parse error on line (\d+)/.exec(message ?? '')
  return found === null ? null : Number(found[1])
}

function meaning(code: number): string {
  if (code === 137) return ' (killed; often the machine had no memory left)'
  if (code === 127) return ' (a command was not found)'
  if (code === 126) return ' (a command is not executable)'
  return ''
}
