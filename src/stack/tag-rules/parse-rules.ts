import { type Field, type Line, linesOf, readFields, suggest, wrong } from './fields.ts'
import { patternOf } from './pattern.ts'
import { isPreset, presetNames, presetRules } from './presets.ts'
import { compileTemplate, globalNames, isLength, versionNames } from './template.ts'
import type { RefEvent, RuleType, TagRule, Template } from './types.ts'

const commonKeys = ['enable', 'priority', 'prefix', 'suffix']

/** The keys of each type beside the common ones, and its place in the list of tags unless `priority` says another. */
const types: Readonly<Record<RuleType, { readonly keys: readonly string[]; readonly priority: number }>> = {
  schedule: { keys: ['pattern'], priority: 1000 },
  semver: { keys: ['pattern', 'value', 'match'], priority: 900 },
  pep440: { keys: ['pattern', 'value', 'match'], priority: 900 },
  match: { keys: ['pattern', 'group', 'value'], priority: 800 },
  edge: { keys: ['branch'], priority: 700 },
  ref: { keys: ['event'], priority: 600 },
  raw: { keys: ['value'], priority: 200 },
  sha: { keys: ['format', 'length'], priority: 100 },
}

const typeNames = Object.keys(types) as RuleType[]
const refEvents: readonly RefEvent[] = ['branch', 'tag', 'pr']

/** A rule's keys and values, checked to be keys of its type. */
interface Draft {
  readonly line: Line
  readonly type: RuleType
  readonly values: ReadonlyMap<string, string>
}

/**
 * Rules in the language of docker/metadata-action's `tags` input, one an item (https://github.com/docker/metadata-action),
 * sorted by priority. `preset=NAME` stands for the rules of a preset. `where` names the place in messages.
 * Throws ActionError('input') for a type, key, value, template or expression that is not understood.
 */
export function parseTagRules(items: readonly string[], where = 'input tags'): TagRule[] {
  const rules = linesOf(items, where).flatMap((line) => (isPresetLine(line) ? preset(line) : [rule(draft(line))]))
  return rules.sort((a, b) => b.priority - a.priority)
}

function isPresetLine(line: Line): boolean {
  return /^preset\s*=/i.test(line.text)
}

function preset(line: Line): TagRule[] {
  const name = line.text.slice(line.text.indexOf('=') + 1).trim()
  if (!isPreset(name)) throw wrong(line, `there is no preset "${name}"`, suggest(name, presetNames))
  return parseTagRules(presetRules(name), `${line.where}: preset=${name}`)
}

function draft(line: Line): Draft {
  const fields = readFields(line)
  const type = typeOf(line, fields)
  const values = new Map<string, string>()
  for (const field of fields) {
    if (field.key === 'type' || (field.key === null && field.value === '' && type !== 'raw')) continue
    const key = field.key ?? 'value'
    const known = [...types[type].keys, ...commonKeys]
    if (!known.includes(key)) throw wrong(line, `${key} is not a key of type=${type}`, suggest(key, known))
    if (values.has(key))
      throw wrong(line, `${key} is given twice`, ['give it once; quote a field that holds a comma: "key=a,b"'])
    values.set(key, field.value)
  }
  return { line, type, values }
}

function typeOf(line: Line, fields: readonly Field[]): RuleType {
  const types = fields.filter((field) => field.key === 'type')
  if (types.length > 1) throw wrong(line, 'type is given twice', ['write one rule a line'])
  const name = types[0]?.value ?? 'raw'
  const type = typeNames.find((known) => known === name)
  if (!type) throw wrong(line, `"${name}" is not a type of tag rules`, suggest(name, typeNames))
  return type
}

function rule(from: Draft): TagRule {
  const { line, values, type } = from
  const optional = (key: string) => (values.has(key) ? compile(from, values.get(key) ?? '') : null)
  const common = {
    text: line.text,
    enable: compile(from, values.get('enable') ?? 'true'),
    priority: priority(from),
    prefix: optional('prefix'),
    suffix: optional('suffix'),
  }
  const value = () => (values.get('value') ? optional('value') : null)
  switch (type) {
    case 'schedule':
      return { ...common, type, pattern: compile(from, values.get('pattern') ?? 'nightly') }
    case 'semver':
    case 'pep440': {
      const match = values.get('match')
      const pattern = compile(from, required(from, 'pattern', '{{version}}'), [...versionNames, ...globalNames])
      return { ...common, type, pattern, value: value(), match: match ? patternOf(line, match) : null }
    }
    case 'match':
      return { ...common, type, pattern: matchPattern(from), group: group(from), value: value() }
    case 'edge':
      return { ...common, type, branch: values.get('branch') || null }
    case 'ref': {
      const event = oneOf(from, 'event', refEvents)
      // The number of a pull request alone would look like a version.
      return { ...common, type, event, prefix: common.prefix ?? (event === 'pr' ? ['pr-'] : null) }
    }
    case 'raw':
      return { ...common, type, value: compile(from, required(from, 'value', 'my-tag')) }
    case 'sha': {
      const format = values.has('format') ? oneOf(from, 'format', ['short', 'long']) : 'short'
      return { ...common, type, format, length: length(from), prefix: common.prefix ?? ['sha-'] }
    }
  }
}

function compile({ line }: Draft, text: string, names: readonly string[] = globalNames): Template {
  return compileTemplate(text, { names, where: `${line.where}: ${JSON.stringify(line.text)}` })
}

function required({ line, type, values }: Draft, key: string, example: string): string {
  const value = values.get(key)
  if (value === undefined || (value === '' && type !== 'raw'))
    throw wrong(line, `type=${type} needs ${key}`, [`for example type=${type},${key}=${example}`])
  return value
}

function oneOf<const T extends string>(from: Draft, key: string, known: readonly T[]): T {
  const value = required(from, key, known[0] ?? '')
  const found = known.find((word) => word === value)
  if (found === undefined) throw wrong(from.line, `"${value}" is not a value of ${key}`, suggest(value, known))
  return found
}

function priority({ line, type, values }: Draft): number {
  const value = values.get('priority')
  if (value === undefined || value === '') return types[type].priority
  if (!/^-?\d{1,9}(\.\d+)?$/.test(value)) throw wrong(line, `priority "${value}" is not a number`, ['for example 900'])
  return Number(value)
}

function matchPattern(from: Draft) {
  return patternOf(from.line, required(from, 'pattern', '\\d+\\.\\d+'))
}

function group({ line, values }: Draft): number {
  const value = values.get('group') || '0'
  if (!/^\d{1,3}$/.test(value)) throw wrong(line, `group "${value}" is not a number`, ['0 is all that is matched'])
  return Number(value)
}

function length({ line, values }: Draft): number | null {
  const value = values.get('length')
  if (value === undefined) return null
  if (!/^\d+$/.test(value) || !isLength(Number(value)))
    throw wrong(line, `length "${value}" is not one of a short commit`, ['it is a number from 7 to 64, for example 12'])
  return Number(value)
}
