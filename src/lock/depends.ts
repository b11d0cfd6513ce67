import { readCondaSpec } from './conda-spec.ts'
import { BadSpec, canonicalVersion } from './conda-version-text.ts'
import { byCode } from './order.ts'

/**
 * `depends` of a record as an entry of conda-lock.yml says it: name → version constraint, without builds, `` for any version;
 * virtual packages stay. Several specs of one name become one (conda_lock/conda_solver.py, conda's MatchSpec.merge).
 */
export function dependenciesOf(depends: readonly string[]): Record<string, string> {
  const specs = new Map<string, Constraint[]>()
  for (const spec of depends.map(readConstraint)) specs.set(spec.name, [...(specs.get(spec.name) ?? []), spec])
  return Object.fromEntries([...specs].map(([name, list]) => [name, merged(list)]))
}

interface Constraint {
  readonly name: string
  readonly version: string
  readonly build: string | null
}

/** What conda cannot read stays as it is written: it was solved all the same. */
function readConstraint(text: string): Constraint {
  try {
    return readCondaSpec(text)
  } catch (error) {
    if (!(error instanceof BadSpec)) throw error
    const [name = '', version = '', build = null] = text.trim().split(/\s+/)
    return { name: name.toLowerCase(), version, build }
  }
}

function merged(list: readonly Constraint[]): string {
  const inOrder = list.length > 1 ? [...list].sort((a, b) => byCode(condaText(a), condaText(b))) : list
  const versions = inOrder.map(({ version }) => version).filter((version) => version !== '')
  return versions.length > 1 ? versions.reduce(bothOf) : (versions[0] ?? '')
}

function bothOf(one: string, other: string): string {
  const text = [one, other].sort(byCode).join(',')
  try {
    return canonicalVersion(text)
  } catch {
    return text
  }
}

/** The spec as conda's `str` has it: the order in which it merges three and more. */
function condaText({ name, version, build }: Constraint): string {
  const inBrackets: string[] = []
  let text = name
  if (/[><$^|,]/.test(version) || (/^[!~]=/.test(version) && build)) inBrackets.push(`version='${version}'`)
  else if (/^(?:[!~]=|==)/.test(version) || version === '') text += version
  else if (version.endsWith('*')) text += `=${version.replace(/\.?\*$/, '')}`
  else text += `==${version}`
  const exact = text.includes('==')
  if (build && exact && !/[><$^|,*]/.test(build)) text += `=${build}`
  else if (build) inBrackets.push(/[><$^|,]/.test(build) ? `build='${build}'` : `build=${build}`)
  return inBrackets.length > 0 ? `${text}[${inBrackets.join(',')}]` : text
}
