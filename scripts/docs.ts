import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/**
 * Writes the tables of inputs and outputs into README.md, between their markers, from action.yml, formatted as biome
 * formats all files. With `--check` it writes nothing and exits 1 where README.md differs, or where action-types.yml has
 * other names than action.yml.
 */
interface Field {
  readonly description: string
  readonly default?: string
}

type Fields = Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Field>>>>

const action = parse(readFileSync('action.yml', 'utf8')) as Fields
const types = parse(readFileSync('action-types.yml', 'utf8')) as Fields
const before = readFileSync('README.md', 'utf8')
const after = formatted(replace(replace(before, 'inputs', inputsTable()), 'outputs', outputsTable()))
if (!process.argv.includes('--check')) writeFileSync('README.md', after)
else if (after !== before) fail('the tables of README.md are not those of action.yml: run `npm run docs`')
for (const part of ['inputs', 'outputs'] as const) {
  const [wanted, typed] = [Object.keys(action[part]), Object.keys(types[part])].map((names) => names.join(', '))
  if (wanted !== typed) fail(`action-types.yml: its ${part} are ${typed}; those of action.yml are ${wanted}`)
}

function inputsTable(): string {
  const rows = Object.entries(action.inputs).map(([name, field]) => {
    const [text = '', example = ''] = field.description.trim().split(/\s*Example: /)
    const value = field.default ? `\`${field.default}\`` : ''
    return `| \`${name}\` | ${cell(text)} | ${value} | ${cell(example)} |`
  })
  return ['| input | what it does | default | example |', '|---|---|---|---|', ...rows].join('\n')
}

function outputsTable(): string {
  return [
    '| output | what it holds |',
    '|---|---|',
    ...Object.entries(action.outputs).map(([name, field]) => `| \`${name}\` | ${cell(field.description)} |`),
  ].join('\n')
}

function cell(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
}

function replace(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const [head, rest] = text.split(start)
  const tail = rest?.split(end)[1]
  if (head === undefined || tail === undefined) throw new Error(`README.md has no ${start} … ${end}`)
  return `${head}${start}\n${table}\n${end}${tail}`
}

function formatted(text: string): string {
  const biome = path.join('node_modules', '.bin', 'biome')
  return execFileSync(biome, ['format', '--stdin-file-path=README.md'], { input: text, encoding: 'utf8' })
}

function fail(message: string): void {
  console.error(`error: ${message}`)
  process.exitCode = 1
}
