import { parseCommand, type WorkflowCommand } from './command-parser.ts'
import type { Annotation, LogGroup } from './types.ts'

const stopCommand = 'stop-commands'
const commandNames = [
  stopCommand,
  'set-env',
  'set-output',
  'save-state',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
]

/**
 * Reads a step's output line by line as the runner does and keeps what the commands in it say. While commands are
 * stopped everything is text but the token that resumes them.
 */
export class CommandProcessor {
  readonly outputs: Record<string, string> = {}
  readonly state: Record<string, string> = {}
  readonly commands: WorkflowCommand[] = []
  readonly annotations: Annotation[] = []
  readonly groups: LogGroup[] = []
  readonly debug: string[] = []
  readonly log: string[] = []
  /** True once a command was refused: the step fails even with exit code 0. */
  failed = false
  readonly #registered = new Set(commandNames)
  readonly #masks: Set<string>
  readonly #onLog: (line: string) => void
  #stopToken: string | null = null
  #group: LogGroup | null = null
  #echo = false

  constructor({ masks, onLog }: { masks: Set<string>; onLog?: ((line: string) => void) | undefined }) {
    this.#masks = masks
    this.#onLog = onLog ?? (() => {})
  }

  /** Takes one line without its end. */
  line(text: string): void {
    const command = parseCommand(text, this.#registered)
    if (!command || !this.#accept(command, text)) this.#print(text)
  }

  /** An error of the runner's own, shown as the step's annotation. */
  error(message: string): void {
    this.#annotate('error', message)
  }

  /** A refusal: an error that also fails the step. */
  fail(message: string): void {
    this.failed = true
    this.error(message)
  }

  /** The text with every masked value replaced. */
  mask(text: string): string {
    // The longest first: a mask that is part of another one must not leave the rest of it.
    const longestFirst = [...this.#masks].sort((a, b) => b.length - a.length)
    return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
  }

  /** Whether the line was a command; while commands are stopped only the resume token is. */
  #accept(command: WorkflowCommand, text: string): boolean {
    const name = command.name.toLowerCase()
    if (this.#stopToken !== null) {
      if (name !== this.#stopToken) return false
      this.#registered.delete(this.#stopToken)
      this.#stopToken = null
      this.#print(text)
      return true
    }
    this.commands.push(command)
    if (name === stopCommand) this.#stop(command.data, text)
    else this.#obey(name, command, text)
    return true
  }

  #stop(token: string, text: string): void {
    const lower = token.toLowerCase()
    // A token that everybody knows would let the text behind it resume the commands.
    if (lower === '' || lower === 'pause-logging' || this.#registered.has(lower)) {
      this.fail(`Unable to process command '${text}' successfully: the token of stop-commands is not a secret one.`)
      return
    }
    this.#print(text)
    this.#stopToken = lower
    this.#registered.add(lower)
  }

  #obey(name: string, command: WorkflowCommand, text: string): void {
    if (this.#echo && name !== 'add-mask' && !isLogCommand(name)) this.#print(text)
    if (name === 'set-output') this.#keep(this.outputs, command, text)
    else if (name === 'save-state') this.#keep(this.state, command, text)
    else if (name === 'set-env' || name === 'add-path') this.fail(`The \`${name}\` command is disabled.`)
    else if (name === 'add-mask') this.#addMask(command.data)
    else if (name === 'debug') this.debug.push(command.data)
    else if (name === 'error' || name === 'warning' || name === 'notice') this.#annotate(name, command.data, command)
    else if (name === 'group') this.#openGroup(command.data)
    else if (name === 'endgroup') this.#closeGroup()
    else if (name === 'echo') this.#setEcho(command.data, text)
  }

  #keep(where: Record<string, string>, command: WorkflowCommand, text: string): void {
    const key = command.properties.name
    if (!key) this.fail(`Unable to process command '${text}' successfully: Required field 'name' is missing.`)
    else where[key] = command.data
  }

  #addMask(secret: string): void {
    if (secret.trim() === '')
      this.#annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
    else for (const part of [secret, ...secret.split(/\r?\n/)]) if (part.trim() !== '') this.#masks.add(part)
  }

  #setEcho(data: string, text: string): void {
    const value = data.trim().toLowerCase()
    if (value === 'on' || value === 'off') this.#echo = value === 'on'
    else this.fail(`Unable to process command '${text}' successfully: Invalid echo command value.`)
  }

  #annotate(level: Annotation['level'], message: string, command?: WorkflowCommand): void {
    this.annotations.push({ level, message: this.mask(message), ...place(command?.properties ?? {}) })
    this.#print(`##[${level}]${message}`)
  }

  #openGroup(title: string): void {
    this.#closeGroup()
    this.#print(`##[group]${title}`)
    this.#group = { title: this.mask(title), lines: [] }
    this.groups.push(this.#group)
  }

  #closeGroup(): void {
    if (!this.#group) return
    this.#group = null
    this.#print('##[endgroup]')
  }

  #print(text: string): void {
    const masked = this.mask(text)
    this.log.push(masked)
    this.#group?.lines.push(masked)
    this.#onLog(masked)
  }
}

function isLogCommand(name: string): boolean {
  return ['debug', 'error', 'warning', 'notice', 'group', 'endgroup', 'echo'].includes(name)
}

function place(properties: Readonly<Record<string, string>>): Partial<Annotation> {
  const number = (key: string) => (/^\d+$/.test(properties[key] ?? '') ? Number(properties[key]) : undefined)
  const found = {
    title: properties.title,
    file: properties.file,
    line: number('line'),
    endLine: number('endline'),
    column: number('col'),
    endColumn: number('endcolumn'),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
