import { type MarkerEnvironment, markerHoldsIn } from './pip-marker.ts'
import { normalName } from './pip-requirement.ts'
import { poetryConstraint } from './poetry-constraint.ts'

/** What a wheel's METADATA says that it needs: a `Requires-Dist` line. */
export interface Requirement {
  readonly name: string
  readonly extras: readonly string[]
  /** PEP 440's specifier, `` without one or for an address. */
  readonly specifier: string
  readonly marker: string | null
}

const requirement =
  /^(?<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[(?<extras>[^\]]*)\])?\s*(?:@\s*(?<url>\S+)|\(?(?<specifier>[^;()]*)\)?)\s*(?:;\s*(?<marker>.*))?$/

/** Reads the `Requires-Dist` lines of METADATA's head; a line that is no requirement is passed over, as installers of old do. */
export function readRequirements(metadata: string): Requirement[] {
  const [head = ''] = metadata.replace(/\r\n?/g, '\n').split('\n\n', 1)
  return head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const { name, extras = '', specifier = '', marker } = requirement.exec(valueOfLine(line))?.groups ?? {}
      if (name === undefined) return []
      const wanted = extras
        .split(',')
        .map((extra) => extra.trim())
        .filter(Boolean)
      const trimmed = specifier.replace(/\s+/g, '')
      return [
        { name: normalName(name), extras: wanted.map(normalName), specifier: trimmed, marker: marker?.trim() || null },
      ]
    })
}

function valueOfLine(line: string): string {
  return /^requires-dist:/i.test(line) ? line.slice('requires-dist:'.length).trim() : ''
}

/** A chosen package and what its wheel says. */
export interface Chosen {
  readonly name: string
  readonly requirements: readonly Requirement[]
}

/**
 * Name → constraint for each chosen package, as conda-lock writes `dependencies`: what holds in the environment, with the
 * extras that somebody among `wanted` (name → extras, of the specs) or the packages themselves asks for.
 */
export function dependenciesOf(
  chosen: readonly Chosen[],
  wanted: ReadonlyMap<string, readonly string[]>,
  environment: MarkerEnvironment,
): Map<string, Record<string, string>> {
  const packages = new Map(chosen.map((one) => [one.name, one]))
  const extras = new Map<string, Set<string>>([...wanted].map(([name, some]) => [name, new Set(some.map(normalName))]))
  const active = (one: Chosen) =>
    one.requirements.filter(({ marker }) => holds(marker, environment, extras.get(one.name)))
  // An extra can bring a requirement that asks for another extra: until nothing new is asked for.
  for (let open = [...packages.values()]; open.length > 0; ) {
    open = open.flatMap(active).flatMap(({ name, extras: some }) => {
      const known = extras.get(name) ?? new Set()
      const fresh = some.filter((extra) => !known.has(extra))
      extras.set(name, new Set([...known, ...fresh]))
      const asked = packages.get(name)
      return asked && fresh.length > 0 ? [asked] : []
    })
  }
  return new Map(chosen.map((one) => [one.name, constraintsOf(one.name, active(one))]))
}

/** Without an extra asked for, `extra == "…"` is false: no extra has the empty name. */
function holds(
  marker: string | null,
  environment: MarkerEnvironment,
  extras: ReadonlySet<string> = new Set(),
): boolean {
  if (marker === null) return true
  const names = extras.size > 0 ? [...extras] : ['']
  return names.some((extra) => markerHoldsIn(normalExtras(marker), { ...environment, extra }))
}

/** Extras are compared in PEP 503's form, however a marker writes them. */
function normalExtras(marker: string): string {
  return marker.replace(
    /(\bextra\s*[=!]=\s*)(['"])([^'"]*)\2/g,
    (_, start, quote, name) => `${start}${quote}${normalName(name)}${quote}`,
  )
}

function constraintsOf(self: string, requirements: readonly Requirement[]): Record<string, string> {
  const specifiers = new Map<string, string[]>()
  for (const { name, specifier } of requirements)
    if (name !== self) specifiers.set(name, [...(specifiers.get(name) ?? []), specifier])
  const entries = [...specifiers].map(([name, some]) => [name, poetryConstraint(some.filter(Boolean).join(','))])
  return Object.fromEntries(entries)
}
