import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { isAddress } from './address.ts'
import { contextOf, readsOf, refuseLinked } from './context.ts'
import type { FileIndex } from './discover.ts'
import { type Dockerfile, type Instruction, parseDockerfile } from './dockerfile.ts'
import type { Draft } from './drafts.ts'
import { edgesOf, plainContexts, type Read, specParents } from './edges.ts'
import { lockPaths, lockSourcesOf } from './lock-sources.ts'
import { parentFinder, type Recognised, suggestion } from './parents.ts'
import { type Reading, readReads } from './reads.ts'
import { testingOf } from './tests.ts'
import type { CacheMount, Declared, Image, Note, Tree } from './types.ts'

/** What reading the images of a stack needs. */
export interface ReadScope {
  readonly tree: Tree
  readonly index: FileIndex
  /** Over the defaults of every Dockerfile and over spec.yml's args. */
  readonly buildArgs: Readonly<Record<string, string>>
  /** Prefixes that are the stack's own. */
  readonly prefixes: readonly string[]
  /** Stands before the tags of all images, with its hyphen; empty for none. */
  readonly tagPrefix: string
  /** `rebuild` of images that spec.yml does not name. */
  readonly rebuild: Declared['rebuild']
  readonly path: string
  readonly parse: (path: string) => Dockerfile
  readonly notes: Note[]
  /** Links and submodules. */
  readonly links: readonly string[]
  readonly symlinks: readonly string[]
  /** Patterns of an ignore file. */
  readonly patternsOf: (text: string) => readonly string[]
}

/** Reads the Dockerfiles of the images, finds their parents, and joins all that is known of each. */
export function readImages(drafts: readonly Draft[], scope: ReadScope): Image[] {
  const names = drafts.map((draft) => draft.name)
  const first = drafts.map((draft) => ({
    draft,
    readings: readDraft(draft, scope, new Map()),
    dependsOn: specParents(draft, names),
  }))
  const candidates = first.map(({ draft, readings, dependsOn }) => ({
    ...draft,
    dependsOn,
    named: Boolean(draft.entry?.publishedName && draft.tagPrefix),
    references: readings.flatMap((reading) => reading.references),
  }))
  const parentOf = parentFinder(candidates, scope, scope.notes)
  const triggers = new Map(first.map(({ draft, readings }) => [draft.name, readings[0]?.triggers ?? []]))
  return first.map((read, at) => {
    const candidate = candidates[at]
    if (!candidate) throw new Error('a candidate for every image')
    const find = (reference: string) => parentOf(candidate, reference)
    const inherited = inheritedTriggers(read, find, triggers)
    const full = inherited.size === 0 ? read : { ...read, readings: readDraft(read.draft, scope, inherited) }
    return makeImage(full, edgesOf(full, names, find), inherited.size > 0, scope)
  })
}

/** ONBUILD of a parent in the stack, by the reference to it: it runs in the child. */
function inheritedTriggers(
  read: Read,
  find: (reference: string) => Recognised | null,
  triggers: ReadonlyMap<string, readonly Instruction[]>,
) {
  const froms = read.readings.flatMap((reading) => reading.references).filter((reference) => reference.via === 'FROM')
  return new Map(
    froms
      .map(({ reference }) => [reference, triggers.get(find(reference)?.name ?? '') ?? []] as const)
      .filter(([, instructions]) => instructions.length > 0),
  )
}

/** Reads a Dockerfile once, or once for each platform where it asks for the platform. */
function readDraft(draft: Draft, scope: ReadScope, triggers: ReadonlyMap<string, readonly Instruction[]>): Reading[] {
  const { dockerfile, entry } = draft
  // What is elsewhere is not read: it names no parent and no stage here.
  const elsewhere = draft.remoteDockerfile !== null
  const target = elsewhere ? null : draft.target
  const parsed = elsewhere ? parseDockerfile('FROM scratch\n') : scope.parse(dockerfile)
  const platforms = draft.platforms.length > 0 ? draft.platforms : ['linux/amd64', 'linux/arm64']
  const differ = /\$\{?(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(scope.tree.contents.get(dockerfile) ?? '')
  const args = { ...draft.args, ...scope.buildArgs }
  const contexts = new Set(Object.keys(entry?.contexts ?? {}))
  const readings = (differ ? platforms : platforms.slice(0, 1)).map((platform) =>
    readReads(parsed, { args, platform, target, contexts, triggers }),
  )
  if (readings.some((reading) => reading.target < 0)) throw noTarget(draft, readings[0]?.stageNames ?? [])
  return readings
}

function makeImage(
  read: Read,
  edges: Pick<Image, 'parents' | 'external'>,
  triggered: boolean,
  scope: ReadScope,
): Image {
  const { draft } = read
  const { dockerfile, folder, entry } = draft
  if (entry) refuseLinked(entry, scope.symlinks)
  const reading = joined(read.readings)
  const guess = !triggered && guessesOnbuild(reading, edges.external)
  noteReading(dockerfile, reading, guess, scope.notes)
  const place = { dockerfile, folder, given: entry?.context ?? null, stackPath: scope.path }
  const context = contextOf(place, reading, scope.index, scope.notes)
  if (isAddress(context)) {
    const what = draft.remoteDockerfile === null ? 'its context is' : 'its Dockerfile and context are in'
    const text = `${what} ${context}: changes there are not seen, only a forced build takes them (no-cache)`
    scope.notes.push({ path: dockerfile, line: null, text })
  }
  const reads = readsOf(dockerfile, context, reading, scope.tree, scope.links, scope.patternsOf, scope.notes)
  const { name, repository, tagPrefix, registries, target, args, platforms, skip } = draft
  return {
    name,
    repository,
    tagPrefix: `${scope.tagPrefix}${tagPrefix}`,
    registries,
    path: folder,
    dockerfile,
    origin: originOf(draft),
    context,
    target,
    args,
    platforms,
    ...(draft.remoteDockerfile === null ? {} : { remoteDockerfile: draft.remoteDockerfile }),
    parents: edges.parents,
    external: edges.external,
    base: reading.base,
    stages: reading.stageNames,
    lockSources: entry?.lockSources ?? lockSources(folder, scope),
    reads: { ...reads, all: reads.all || guess },
    cacheMounts: reading.cacheMounts,
    contexts: plainContexts(draft),
    skip,
    declared: declaredOf(draft, scope),
    ...(entry?.wording ? { wording: entry.wording } : {}),
  }
}

/** With how the tests run: by spec.yml, or by a folder of tests beside the Dockerfile. */
function declaredOf({ entry, folder }: Draft, { index, rebuild }: ReadScope): Declared {
  const declared = entry?.declared ?? { test: [], manifests: [], rebuild, lockPlatforms: [] }
  const said = entry?.tests ?? null
  if (entry && said?.folder && !index.folders.has(said.folder))
    throw entry.error('test', `${said.folder} is no folder of the repository`, [
      'folder names a folder with test files, relative to the folder of spec.yml; false for none',
    ])
  const testing = testingOf(folder, said, index)
  return testing ? { ...declared, testing } : declared
}

function originOf(draft: Draft): string {
  const { dockerfile, folder, own, entry, name } = draft
  if (draft.remoteDockerfile !== null) return `line ${entry?.line('')} of spec.yml, its Dockerfile in its context`
  const found = own
    ? `named by its file, ${posix.basename(dockerfile)}`
    : folder === '.'
      ? 'in the root'
      : 'named by its folder'
  if (!entry) return found
  const version = entry.variants.length > 0 ? `, one of its ${entry.variants.length} variants` : ''
  const known = name === folder || name.startsWith(entry.key) || name.endsWith(`/${entry.key}`)
  return `${known ? `${found}, and ` : ''}line ${entry.line('')} of spec.yml${version}`
}

function noteReading(dockerfile: string, reading: Reading, guess: boolean, notes: Note[]): void {
  for (const { line, text } of reading.remarks) notes.push({ path: dockerfile, line, text })
  if (!guess) return
  notes.push({
    path: dockerfile,
    line: null,
    text: 'its base may run ONBUILD instructions here: the whole context counts',
  })
}

function lockSources(folder: string, { tree, index }: ReadScope): string[] {
  const lock = lockPaths(folder)
    .map((path) => tree.contents.get(path))
    .find(Boolean)
  return (lock && lockSourcesOf(lock, folder, (path) => index.files.has(path))) || []
}

function noTarget({ dockerfile, target, entry }: Draft, stages: readonly string[]): ActionError {
  const message = `${dockerfile} has no stage ${target}`
  const details = [...suggestion(target ?? '', stages), `Stages here: ${stages.join(', ') || 'none has a name'}`]
  return entry?.error('target', message, details) ?? new ActionError('stack', message, details)
}

/** What is read on any platform; names and base as on the first. */
function joined(readings: readonly Reading[]): Reading {
  const [first, ...others] = readings
  if (!first) throw new Error('a reading for every image')
  if (others.length === 0) return first
  return {
    ...first,
    sources: [...new Set(readings.flatMap((reading) => reading.sources))],
    doubt: readings.some((reading) => reading.doubt),
    cacheMounts: [...new Map(readings.flatMap(mountsByText)).values()],
  }
}

function mountsByText({ cacheMounts }: Reading): [string, CacheMount][] {
  return cacheMounts.map((mount) => [JSON.stringify(mount), mount])
}

/** A Dockerfile of nothing but FROM is there for its base's ONBUILD; so is one whose base says so in its name. */
function guessesOnbuild(reading: Reading, external: readonly string[]): boolean {
  const base = reading.base ?? ''
  return external.includes(base) && (reading.bare || /onbuild/i.test(base))
}
