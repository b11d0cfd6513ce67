import { parse } from '@handlebars/parser'
import { ActionError, messageOf } from '../../errors.ts'
import { nearest } from '../../nearest.ts'
import { dateTokens, isTimeZone, unknownToken } from './dates.ts'
import type { Condition, Expression, Template } from './types.ts'

/** Expressions that hold in every template. */
export const globalNames = [
  'branch',
  'tag',
  'sha',
  'base_ref',
  'is_default_branch',
  'is_not_default_branch',
  'date',
  'commit_date',
] as const

/** Expressions of `pattern` in `type=semver` and `type=pep440`. */
export const versionNames = ['raw', 'version', 'major', 'minor', 'patch'] as const

/** Longer ones are refused: they are no tags, and deep nesting has a price. */
const longest = 2000

/** What is left of Handlebars' tree, which is data of the workflow's author until it is checked here. */
interface Node {
  readonly type: string
  readonly value?: unknown
  readonly data?: boolean
  readonly depth?: number
  readonly parts?: readonly unknown[]
  readonly path?: Node
  readonly params?: readonly Node[]
  readonly hash?: { readonly pairs: readonly { readonly key: string; readonly value: Node }[] }
  readonly body?: readonly Node[]
  readonly program?: Node
  readonly inverse?: Node
}

/** What a template may name, and where it stands, for messages. */
interface Scope {
  readonly names: readonly string[]
  readonly where: string
}

/**
 * A template in Handlebars' syntax → parts. Only its parser is used: names are looked up in a list, nothing is
 * evaluated, escaped for HTML or rendered twice. Throws ActionError('input') for a name or argument that is not known.
 */
export function compileTemplate(text: string, scope: Scope): Template {
  if (!text.includes('{{')) return text === '' ? [] : [text]
  if (text.length > longest) throw complaint(scope, `a template of ${text.length} characters`, `at most ${longest}`)
  try {
    return compileBody(parse(text) as unknown as Node, scope)
  } catch (error) {
    if (error instanceof ActionError) throw error
    const [, ...rest] = messageOf(error).split('\n')
    throw new ActionError('input', `${scope.where}: ${JSON.stringify(text)} is not a template`, [
      rest.at(-1) ?? messageOf(error),
      "write {{name}} or {{date 'YYYYMMDD'}}; \\{{ for the braces themselves",
    ])
  }
}

/** The text of a template; `lookUp` gives what an expression stands for. A condition holds unless it is '' or 'false'. */
export function fillTemplate(template: Template, lookUp: (expression: Expression) => string): string {
  return template
    .map((part) => {
      if (typeof part === 'string') return part
      if (!('when' in part)) return lookUp(part)
      const value = lookUp(part.when)
      return fillTemplate(value === '' || value === 'false' ? part.otherwise : part.then, lookUp)
    })
    .join('')
}

function compileBody(program: Node | undefined, scope: Scope): Template {
  return (program?.body ?? []).flatMap((node): Template => {
    if (node.type === 'CommentStatement') return []
    if (node.type === 'ContentStatement') return node.value === '' ? [] : [String(node.value)]
    if (node.type === 'MustacheStatement') return [expression(node, scope)]
    if (node.type === 'BlockStatement') return [condition(node, scope)]
    throw complaint(scope, `a ${node.type} in a template`, `it can hold {{name}} with ${scope.names.join(', ')}`)
  })
}

function condition(node: Node, scope: Scope): Condition {
  const word = nameOf(node.path)
  const [subject, ...rest] = node.params ?? []
  if ((word !== 'if' && word !== 'unless') || !subject || rest.length > 0 || node.hash?.pairs.length)
    throw complaint(scope, `{{#${word ?? '…'}}}`, 'the blocks are {{#if name}}…{{else}}…{{/if}} and {{#unless name}}')
  const sides = [compileBody(node.program, scope), compileBody(node.inverse, scope)] as const
  const when = expression({ type: 'MustacheStatement', path: subject }, scope)
  const [then, otherwise] = word === 'if' ? sides : [sides[1], sides[0]]
  return { when, then, otherwise }
}

function expression(node: Node, scope: Scope): Expression {
  const name = nameOf(node.path)
  if (name === null || !scope.names.includes(name)) throw unknownName(name, scope)
  const [first, ...rest] = node.params ?? []
  const pairs = node.hash?.pairs ?? []
  if (rest.length > 0) throw complaint(scope, `{{${name}}} with ${rest.length + 1} arguments`, 'it takes at most one')
  if (name === 'date' || name === 'commit_date') return date(name, first, { pairs, scope })
  if (pairs.length > 0 || (first && name !== 'sha')) throw complaint(scope, `{{${name} …}}`, `write {{${name}}}`)
  if (first && !isLength(first.value))
    throw complaint(scope, '{{sha …}}', 'it takes a number of characters from 7 to 64, as in {{sha 12}}')
  return { name, argument: first ? (first.value as number) : null, zone: null }
}

function date(
  name: string,
  first: Node | undefined,
  { pairs, scope }: { pairs: NonNullable<Node['hash']>['pairs']; scope: Scope },
): Expression {
  // A format without quotes is a name to Handlebars, and metadata-action gives ISO 8601 for it: so does this.
  const format = first?.type === 'StringLiteral' ? String(first.value) : null
  const token = format === null ? null : unknownToken(format)
  if (token !== null)
    throw complaint(
      scope,
      `"${token}" in the format '${format}'`,
      `known are ${dateTokens.join(' ')}; text stands in [brackets]`,
    )
  const wrong = pairs.find((pair) => pair.key !== 'tz')
  if (wrong) throw complaint(scope, `${wrong.key}= in {{${name} …}}`, "it takes tz='Area/City' only")
  const zone = pairs[0] ? String(pairs[0].value.value) : null
  if (zone !== null && !isTimeZone(zone))
    throw complaint(scope, `the time zone '${zone}'`, "write it as tz='Area/City', for example tz='Asia/Tokyo'")
  return { name, argument: format, zone }
}

/** A plain name; paths (`a.b`, `../a`, `@a`) and everything computed are none. */
function nameOf(path: Node | undefined): string | null {
  const [name] = path?.parts ?? []
  const plain = path?.type === 'PathExpression' && !path.data && path.depth === 0 && path.parts?.length === 1
  return plain && typeof name === 'string' ? name : null
}

/** Whether it is a sensible number of characters of a commit's name. */
export function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 7 && value <= 64
}

function unknownName(name: string | null, scope: Scope): ActionError {
  const [near] = nearest(name ?? '', scope.names)
  const what = name === null ? 'something that is not a plain name in {{…}}' : `{{${name}}}`
  const known = `known are ${scope.names.join(', ')}`
  return complaint(scope, what, near ? `did you mean {{${near}}}? ${known}` : known)
}

function complaint(scope: Scope, what: string, remedy: string): ActionError {
  return new ActionError('input', `${scope.where}: ${what} is not understood`, [remedy])
}
