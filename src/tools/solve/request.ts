import { ActionError } from '../../errors.ts'
import { originOf } from '../../lock/origin.ts'
import type { CondaSpec, SolveRequest } from '../../lock/types.ts'
import { filenameOf } from '../../lock/window.ts'
import { nearest } from '../../nearest.ts'
import type { Subdir } from './subdir.ts'

/** A spec of an environment as the solver reads it: brackets leave no doubt of what belongs to which field. */
export function specText({ name, version, build, condaChannel, subdirectory }: CondaSpec): string {
  const fields = [
    ...(version === '' || version === '*' ? [] : [`version="${exact(version)}"`]),
    ...(build === null ? [] : [`build="${build}"`]),
    ...(condaChannel === null ? [] : [`channel="${condaChannel}"`]),
    ...(subdirectory === null ? [] : [`subdir="${subdirectory}"`]),
  ]
  for (const field of [version, build, condaChannel, subdirectory]) {
    if (field && /["[\]]/.test(field)) throw new ActionError('solve', `${name}: ${field} is no match spec of conda's`)
  }
  return fields.length === 0 ? name : `${name}[${fields.join(',')}]`
}

/** A version alone means exactly that one. */
function exact(version: string): string {
  return /^[\w.!+]+$/.test(version) ? `==${version}` : version
}

/** The environment's match specs by name. */
export function specsByName(specs: readonly CondaSpec[]): Map<string, string[]> {
  const byName = new Map<string, string[]>()
  for (const spec of specs) byName.set(spec.name, [...(byName.get(spec.name) ?? []), specText(spec)])
  return byName
}

/** File names of the old lock's packages by name, but for those that are to be updated. */
export function keptFiles({ keep, platform }: SolveRequest): Map<string, string> {
  const update = new Set(keep.update)
  return new Map(
    keep.packages.flatMap((locked) => {
      const file = filenameOf(locked.url)
      const wanted = locked.manager === 'conda' && locked.platform === platform && !update.has(locked.name)
      return wanted && file ? [[locked.name, file] as const] : []
    }),
  )
}

/** The error of specs whose name no channel has, null where there is none: the solver would not know what was meant. */
export function unknownNames(
  { specs, platform, channels }: SolveRequest,
  subdirs: readonly Subdir[],
): ActionError | null {
  const unknown = specs.filter(({ name }) => !name.startsWith('__') && !subdirs.some((subdir) => subdir.has(name)))
  const [first] = unknown
  if (!first) return null
  const known = [...new Set(subdirs.flatMap((subdir) => [...subdir.names]))]
  const lines = unknown.map((spec) => {
    const names = nearest(spec.name, known)
    const hint = names.length > 0 ? `: did you mean ${names.join(' or ')}?` : ''
    return `${originOf(spec)}: there is no ${spec.name}${hint}`
  })
  const where = channels.map((channel) => channel.url).join(', ')
  return new ActionError('solve', `${originOf(first)}: no package ${first.name} for ${platform} in ${where}`, lines)
}

const mostLines = 80

/** The error of specs that no set of packages fulfils: what the solver says, and who asked for what it speaks of. */
export function unsatisfiable({ specs, platform }: SolveRequest, refusal: string): ActionError {
  const words = wordsOf(refusal)
  const culprits = specs.filter((spec) => words.has(spec.name))
  const first = culprits[0] ?? specs[0]
  const where = first ? `${originOf(first)}: ` : ''
  const what = culprits.map(written).join(', ') || 'the specs'
  const lines = refusal.trimEnd().split('\n').map(abridged)
  const more = lines.length > mostLines ? [`… ${lines.length - mostLines} more lines`] : []
  return new ActionError('solve', `${where}no packages fulfil ${shortened(what)} on ${platform}`, [
    ...lines.slice(0, mostLines),
    ...more,
    ...culprits.map((spec) => `${originOf(spec)} asks for ${written(spec)}`),
    'ask for other versions there, or leave one of them out',
  ])
}

/** The solver lists all versions that it tried: the first and the last ones say enough. */
function abridged(line: string): string {
  const versions = line.split(' | ')
  return versions.length <= 8 ? line : [...versions.slice(0, 4), '…', ...versions.slice(-3)].join(' | ')
}

/** Everything in a text that could be a package's name. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[a-z0-9_][\w.-]*/g))
}

function written({ name, version, build }: CondaSpec): string {
  return [name, version, ...(build === null ? [] : [build])].filter((part) => part !== '').join(' ')
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
