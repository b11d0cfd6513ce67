import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

/**
 * Writes the tables of inputs and outputs into README.md, between their markers, from action.yml. With `--check` it
 * writes nothing and exits 1 where the tables differ.
 */
interface Field {
  readonly description: string
  readonly default?: string
}
const action = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, Field>
  outputs: Record<string, Field>
}
const before = readFileSync('README.md', 'utf8')
const after = replace(replace(before, 'inputs', inputsTable()), 'outputs', outputsTable())
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('error: the tables of README.md are not those of action.yml: run `npm run docs`')
    process.exitCode = 1
  }
} else writeFileSync('README.md', after)

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
