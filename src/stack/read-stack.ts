import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { contextOf, readsOf } from './context.ts'
import { discover, type FileIndex, indexTree } from './discover.ts'
import type { Dockerfile, Instruction } from './dockerfile.ts'
import { type Draft, draftImages } from './drafts.ts'
import { edgesOf, type Read, specParents } from './edges.ts'
import { buildOrder } from './graph.ts'
import { checkedPath, findSpec, noteLinks, nothingFound, parser } from './locate.ts'
import { lockSourcesOf } from './lock-sources.ts'
import { parentFinder, suggestion } from './parents.ts'
import { type Reading, readReads } from './reads.ts'
import type { Spec } from './spec.ts'
import type { Image, Note, Stack, Tree } from './types.ts'

/** Where the stack is and what is given from outside. Empty `path` and `spec`: find out. */
export interface StackOptions {
  readonly path: string
  readonly spec: string
  /** Over the defaults of every Dockerfile and over spec.yml's args. */
  readonly buildArgs: Readonly<Record<string, string>>
  /** Prefixes that the stack is published under: references with one of them are the stack's own. */
  readonly registries: readonly string[]
}

interface Scope {
  readonly tree: Tree
  readonly index: FileIndex
  readonly options: StackOptions
  readonly path: string
  readonly parse: (path: string) => Dockerfile
  readonly notes: Note[]
  readonly links: readonly string[]
}

/**
 * Reads the images of a repository and how they are built on each other. Throws `ActionError` ('spec', 'stack', or
 * 'input' for a path or spec that is not there) and gives nothing partial. Asynchronous only because libraries for spec.yml are
 * loaded where there is one.
 */
export async function readStack(tree: Tree, options: StackOptions): Promise<Stack> {
  const index = indexTree(tree)
  const notes: Note[] = []
  const parse = parser(tree)
  const { path, found } = discover({ tree, parse, notes }, checkedPath(options.path, tree, index))
  const links = tree.entries.filter((entry) => /^1[26]0000$/.test(entry.mode)).map((entry) => entry.path)
  const spec = await findSpec(tree, options.spec, path, notes)
  const drafts = draftImages(found, path, spec, tree, notes).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (drafts.length === 0) throw nothingFound(path)
  noteLinks(tree, path, notes)
  const images = readImages(drafts, spec, { tree, index, options, path, parse, notes, links })
  return {
    path,
    images,
    order: buildOrder(images),
    notes,
    ignore: spec?.ignore ?? [],
    buildAll: spec?.buildAll ?? [],
    spec: spec?.file ?? null,
  }
}

function readImages(drafts: readonly Draft[], spec: Spec | null, scope: Scope): Image[] {
  const names = drafts.map((draft) => draft.name)
  const first = drafts.map((draft) => ({
    draft,
    readings: readDraft(draft, scope, new Map()),
    dependsOn: specParents(draft, names),
  }))
  const candidates = first.map(({ draft, readings, dependsOn }) => ({
    ...draft,
    dependsOn,
    references: readings.flatMap((reading) => reading.references),
  }))
  const parentOf = parentFinder(candidates, [...scope.options.registries, ...(spec?.prefixes ?? [])], scope.notes)
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
  find: (reference: string) => string | null,
  triggers: ReadonlyMap<string, readonly Instruction[]>,
) {
  const froms = read.readings.flatMap((reading) => reading.references).filter((reference) => reference.via === 'FROM')
  return new Map(
    froms
      .map(({ reference }) => [reference, triggers.get(find(reference) ?? '') ?? []] as const)
      .filter(([, instructions]) => instructions.length > 0),
  )
}

/** Reads a Dockerfile once, or once for each platform where it asks for the platform. */
function readDraft(draft: Draft, scope: Scope, triggers: ReadonlyMap<string, readonly Instruction[]>): Reading[] {
  const { dockerfile, entry, target } = draft
  const parsed = scope.parse(dockerfile)
  const platforms = draft.platforms.length > 0 ? draft.platforms : ['linux/amd64', 'linux/arm64']
  const differ = /\$\{?(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(scope.tree.contents.get(dockerfile) ?? '')
  const args = { ...draft.args, ...scope.options.buildArgs }
  const contexts = new Set(Object.keys(entry?.contexts ?? {}))
  const readings = (differ ? platforms : platforms.slice(0, 1)).map((platform) =>
    readReads(parsed, { args, platform, target, contexts, triggers }),
  )
  const [reading] = readings
  if (reading && reading.target < 0) {
    const details = [
      ...suggestion(target ?? '', reading.stageNames),
      `Stages here: ${reading.stageNames.join(', ') || 'none has a name'}`,
    ]
    throw (
      entry?.error('target', `${dockerfile} has no stage ${target}`, details) ??
      new ActionError('stack', `${dockerfile} has no stage ${target}`, details)
    )
  }
  return readings
}

function makeImage(read: Read, edges: Pick<Image, 'parents' | 'external'>, triggered: boolean, scope: Scope): Image {
  const { draft, readings } = read
  const { dockerfile, folder, entry } = draft
  const reading = joined(readings)
  const guess = !triggered && guessesOnbuild(reading, edges.external)
  for (const { line, text } of reading.remarks) scope.notes.push({ path: dockerfile, line, text })
  if (guess)
    scope.notes.push({
      path: dockerfile,
      line: null,
      text: 'its base may run ONBUILD instructions here: the whole context counts',
    })
  const context = contextOf(
    { dockerfile, folder, given: entry?.context ?? null, stackPath: scope.path },
    reading,
    scope.index,
    scope.notes,
  )
  const reads = readsOf(dockerfile, context, reading, scope.tree, scope.links)
  const lock = ['conda-lock.yml', 'conda-lock.yaml']
    .map((file) => scope.tree.contents.get(posix.join(folder, file)))
    .find(Boolean)
  return {
    name: draft.name,
    repository: draft.repository,
    tagPrefix: draft.tagPrefix,
    path: folder,
    dockerfile,
    context,
    target: draft.target,
    args: draft.args,
    platforms: draft.platforms,
    ...edges,
    base: reading.base,
    stages: reading.stageNames,
    lockSources: entry?.lockSources ?? (lock ? lockSourcesOf(lock, folder) : null) ?? [],
    reads: { ...reads, all: reads.all || guess },
    cacheMounts: reading.cacheMounts,
    contexts: Object.fromEntries(
      Object.entries(entry?.contexts ?? {}).filter(([, value]) => !value.startsWith('target:')),
    ),
    skip: draft.skip,
  }
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
  }
}

/** A Dockerfile of nothing but FROM is there for its base's ONBUILD; so is one whose base says so in its name. */
function guessesOnbuild(reading: Reading, external: readonly string[]): boolean {
  const base = reading.base ?? ''
  return external.includes(base) && (reading.bare || /onbuild/i.test(base))
}
