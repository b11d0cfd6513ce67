import { type Candidate, matcherOf, parseMatchSpec } from './match-spec.ts'
import type { CondaRecord, VirtualPackage } from './types.ts'

/** A thing that a package asks for and that the packages beside it do not give. */
export interface Unsatisfied {
  /** `numpy-2.4.0-py312h_0` */
  readonly by: string
  readonly kind: 'depends' | 'constrains' | 'twice' | 'spec'
  /** The match spec as the record has it. */
  readonly spec: string
}

/** What a set of packages is looked at for. */
export type SatisfiedRecord = Pick<CondaRecord, 'name' | 'version' | 'build' | 'buildNumber' | 'depends' | 'constrains'>

type Installed = ReadonlyMap<string, Candidate>

/**
 * Finds every dependency of a set of packages that is missing or of another version, every constraint that is broken, every
 * name that stands twice, and every one of `specs` (the environment's own) that is not there. Code of its own: it shares
 * nothing with the solver. A match spec that cannot be read counts as one that is not fulfilled.
 */
export function satisfied(
  records: readonly SatisfiedRecord[],
  virtual: readonly VirtualPackage[],
  specs: readonly string[] = [],
): Unsatisfied[] {
  const machine = virtual.map((one) => ({ ...one, buildNumber: 0 }))
  const installed: Installed = new Map([...machine, ...records].map((record) => [record.name, record]))
  const twice = records.filter((record) => installed.get(record.name) !== record)
  return [
    ...twice.map((record) => ({ by: nameOf(record), kind: 'twice' as const, spec: record.name })),
    ...specs.filter((spec) => !holds(spec, installed, false)).map((spec) => ({ by: '', kind: 'spec' as const, spec })),
    ...records.flatMap((record) => broken(record, installed)),
  ]
}

function broken(record: SatisfiedRecord, installed: Installed): Unsatisfied[] {
  const by = nameOf(record)
  const depends = record.depends.filter((spec) => !holds(spec, installed, false))
  const constrains = record.constrains.filter((spec) => !holds(spec, installed, true))
  return [
    ...depends.map((spec) => ({ by, kind: 'depends' as const, spec })),
    ...constrains.map((spec) => ({ by, kind: 'constrains' as const, spec })),
  ]
}

function holds(text: string, installed: Installed, ifAbsent: boolean): boolean {
  const spec = parseMatchSpec(text)
  if (spec === null) return false
  const candidate = installed.get(spec.name)
  return candidate === undefined ? ifAbsent : (matcherOf(spec)?.(candidate) ?? false)
}

function nameOf({ name, version, build }: SatisfiedRecord): string {
  return `${name}-${version}-${build}`
}
