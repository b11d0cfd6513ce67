import { ActionError } from '../errors.ts'
import { categoriesOf, type Planned, spreadCategories } from './categories.ts'
import { dependenciesOf } from './depends.ts'
import { normalName } from './pip-requirement.ts'
import type { CondaRecord, LockedPackage, PipRecord, Spec } from './types.ts'

/** What was chosen for one platform. */
export interface Solved {
  readonly conda: readonly CondaRecord[]
  readonly pip: readonly PipRecord[]
}

/** Solved packages and what they were solved for. */
export interface PlatformQuestion extends Solved {
  readonly platform: string
  readonly specs: readonly Spec[]
  readonly pypiNames: ReadonlyMap<string, string>
}

type Entry = Omit<LockedPackage, 'category' | 'optional'>

interface Draft extends Planned {
  readonly entry: Entry
}

/**
 * One platform's entries of a lock: one for each package and category. What no spec needs is left out, as are virtual packages.
 * conda specs give categories to conda packages; pip specs to Python's and, by their names on PyPI, to conda's.
 */
export function lockPlatform(question: PlatformQuestion): LockedPackage[] {
  const conda = question.conda
    .filter(({ name }) => !name.startsWith('__'))
    .map((record) => condaDraft(record, question))
  const pip = question.pip.map((record) => pipDraft(record, question))
  const { specs, pypiNames } = question
  const requested = (manager: Spec['manager']) => specs.filter((spec) => spec.manager === manager)
  spreadCategories(new Map(conda.map((draft) => [draft.entry.name, [draft]])), requested('conda'))
  spreadCategories(byPypiName([...pip, ...conda], pypiNames), requested('pip'))
  return [...conda, ...pip].flatMap((draft) =>
    categoriesOf(draft).map((category) => ({ ...draft.entry, category, optional: category !== 'main' })),
  )
}

function condaDraft(record: CondaRecord, { platform }: PlatformQuestion): Draft {
  const { name, version, url, md5, sha256 } = record
  if (!md5)
    throw new ActionError('lock', `${name} ${version} for ${platform} has no md5 in its channel (${url})`, [
      "conda-lock's format and explicit locks need one; ask the channel for it, or exclude this package",
    ])
  const dependencies = dependenciesOf(record.depends)
  const hash = { md5, ...(sha256 && { sha256 }) }
  return draftOf({ name, version, manager: 'conda', platform, dependencies, url, hash })
}

function pipDraft(record: PipRecord, { platform }: PlatformQuestion): Draft {
  const { name, version, url, sha256, dependencies } = record
  return draftOf({ name, version, manager: 'pip', platform, dependencies, url, hash: sha256 ? { sha256 } : {} })
}

function draftOf(entry: Entry): Draft {
  const dependencies = Object.keys(entry.dependencies).filter((name) => !name.startsWith('__'))
  return { entry, dependencies, categories: new Set() }
}

/** All packages by their names on PyPI, which is how pip packages name what they need; conda's own needs are translated. */
function byPypiName(drafts: readonly Draft[], pypiNames: ReadonlyMap<string, string>): Map<string, Planned[]> {
  const planned = new Map<string, Planned[]>()
  const pypiName = (name: string) => normalName(pypiNames.get(name) ?? name)
  for (const { entry, dependencies, categories } of drafts) {
    const conda = entry.manager === 'conda'
    const name = conda ? pypiName(entry.name) : entry.name
    const target = { dependencies: conda ? dependencies.map(pypiName) : dependencies, categories }
    planned.set(name, [...(planned.get(name) ?? []), target])
  }
  return planned
}
