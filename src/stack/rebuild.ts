import type { Image, Stack } from './types.ts'

/** A published build whose files are those of the run. */
export interface NewestBuild {
  readonly digest: string
  /** When it was made, milliseconds since 1970; null where the registry does not tell. */
  readonly made: number | null
}

/** What a schedule's run does by `rebuild` of spec.yml. */
export interface DueImages {
  /** Images to build, with reasons, all that is built on them included. */
  readonly due: ReadonlyMap<string, string>
  /** Of these the ones whose age is the reason: BuildKit's cache would give the old build once more. */
  readonly aged: ReadonlySet<string>
  /** Why the others are left. */
  readonly left: ReadonlyMap<string, string>
}

const hour = 3_600_000
const periods = { daily: 24 * hour, weekly: 7 * 24 * hour } as const

/** A schedule is not punctual, and an image is younger than the run that made it. */
const slack = 6 * hour

/** Whether `rebuild` stands anywhere in the stack: then a schedule's run builds what is due and leaves the rest. */
export function saysRebuild(stack: Stack): boolean {
  return stack.images.some((image) => image.declared.rebuild !== null)
}

/** What is due now, in milliseconds since 1970. `newest` has an image's newest build, or null where there is none to take. */
export function dueImages(stack: Stack, newest: ReadonlyMap<string, NewestBuild | null>, now: number): DueImages {
  const due = new Map<string, string>()
  const aged = new Set<string>()
  const left = new Map<string, string>()
  const byName = new Map(stack.images.map((image) => [image.name, image]))
  for (const name of stack.order) {
    const image = byName.get(name)
    if (!image || image.skip) continue
    const build = newest.get(name) ?? null
    const parent = image.parents.find((edge) => due.has(edge.name))
    if (isAged(image, build, now)) aged.add(name)
    if (build === null) due.set(name, 'no build of its files is published')
    else if (aged.has(name)) due.set(name, `${sayingOf(image)}, and its newest build is ${ageOf(build, now)} old`)
    else if (parent) due.set(name, `parent ${parent.name} is built`)
    else left.set(name, reasonToLeave(image, build, now))
  }
  return { due, aged, left }
}

/** How old an image may be by spec.yml when a schedule comes, milliseconds; null where it does not say. */
export function rebuildAge({ declared }: Image): number | null {
  return declared.rebuild === null ? null : periods[declared.rebuild] - slack
}

function isAged(image: Image, build: NewestBuild | null, now: number): boolean {
  const most = rebuildAge(image)
  if (most === null || build === null) return false
  return build.made === null || now - build.made > most
}

function reasonToLeave(image: Image, build: NewestBuild, now: number): string {
  return image.declared.rebuild === null
    ? 'unchanged, and spec.yml has no rebuild for it'
    : `${sayingOf(image)}, and its newest build is ${ageOf(build, now)} old`
}

function sayingOf({ declared }: Image): string {
  return `spec.yml says rebuild: ${declared.rebuild}`
}

function ageOf({ made }: NewestBuild, now: number): string {
  if (made === null) return 'of unknown age, so it may be'
  const hours = Math.max(0, Math.floor((now - made) / hour))
  if (hours === 1) return '1 hour'
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}
