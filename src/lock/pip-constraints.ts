import { valid } from '@renovatebot/pep440'
import { nameOf } from './match-spec.ts'
import { normalName } from './pip-requirement.ts'
import { pypiNames } from './pypi-names.ts'
import type { CondaRecord } from './types.ts'

/** A Python package that conda brings, by the name that PyPI has for it. */
export interface Provided {
  readonly name: string
  readonly version: string
  /** conda's name of it. */
  readonly conda: string
}

/** What PyPI calls a package of conda; the same in PEP 503's form where nothing else is known. */
export function pypiNameOf(conda: string): string {
  return pypiNames.get(conda) ?? normalName(conda)
}

/**
 * The Python packages among conda's, which pip is not to install again. As conda-lock chooses them (pypi_solver.py,
 * solve_pypi): those that depend on Python; where two have one PyPI name, the one whose own name differs. A version
 * that PEP 440 does not know says nothing to a resolver and is left out.
 */
export function providedByConda(records: readonly CondaRecord[]): Provided[] {
  const found = new Map<string, Provided>()
  for (const { name: conda, version: written, depends } of records) {
    if (conda.startsWith('__') || !depends.some((spec) => nameOf(spec) === 'python')) continue
    const name = pypiNameOf(conda)
    const version = valid(written)
    if (version !== null && (!found.has(name) || name !== conda)) found.set(name, { name, version, conda })
  }
  return [...found.values()]
}

/** The version of the Python that conda brings, without what follows its numbers (`3.14.0rc2` → `3.14.0`); null without one. */
export function pythonVersion(records: readonly CondaRecord[]): string | null {
  const version = records.find(({ name }) => name === 'python')?.version
  return /^\d+\.\d+(\.\d+)?/.exec(version ?? '')?.[0] ?? null
}
