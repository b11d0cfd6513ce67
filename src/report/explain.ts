import type { FileRule } from '../stack/file-rules.ts'
import type { FingerprintParts } from '../stack/fingerprint.ts'
import type { PartChange } from '../stack/fingerprint-label.ts'
import { commandText } from '../stack/spec-tests.ts'
import type { CacheMount, ChangeSet, Image, Note, ParentEdge, PlannedImage, Stack } from '../stack/types.ts'
import { count } from './format.ts'
import { paint, STYLES, type TextOptions } from './paint.ts'
import { visible } from './visible.ts'

/** All that decides about an image. */
export interface Explanation {
  readonly image: Image
  readonly planned: PlannedImage
  readonly changes: ChangeSet
  readonly files: readonly FileRule[]
  /** Where its layers are cached, and why. */
  readonly cache?: readonly string[]
  readonly notes: readonly Note[]
  /** Left out where no registry was asked. */
  readonly fingerprint?: ExplainedParts
}

/** What went into an image's fingerprint, and what differs from an earlier build. */
export interface ExplainedParts {
  readonly fingerprint: string | null
  /** Why there is none. */
  readonly why: string | null
  readonly parts: FingerprintParts
  readonly previous: { readonly tag: string; readonly changes: readonly PartChange[] } | null
}

/** Lines of a list that are shown; of the rest only how many there are. */
const SHOWN = 20

/** All that decides about an image, for a terminal. */
export function renderExplanation(explanation: Explanation, options: TextOptions): string {
  const { image, planned } = explanation
  const action = paint(STYLES[planned.action], planned.action, options)
  const head = `${paint('bold', visible(image.name), options)}: ${action}, because ${visible(planned.reason)}`
  const rows = [
    ...placeRows(explanation),
    ...contentRows(image),
    ...decisionRows(explanation),
    ...fingerprintRows(explanation),
  ]
  return `${head}\n\n${lined(rows)}`
}

/** The stack as it was found: its images, and what was left out or is doubtful, with the reason of each. */
export function renderFindings(stack: Stack, options: TextOptions): string {
  const head = `${count(stack.images.length, 'image')} in ${stack.path === '.' ? 'the root of the repository' : stack.path}`
  const spec = stack.spec ? `, with ${stack.spec}` : ', without spec.yml'
  const images = stack.images.map((image) => [image.name, [`${image.dockerfile}: ${image.origin}`]] as Row)
  const remarks = [...Map.groupBy(stack.notes, (note) => note.text)].map(
    ([text, notes]) => [`${visible(text)}`, shortList(notes.map(placeOf))] as Row,
  )
  const remarkText = remarks.map(([text, places]) => `  ${text}\n${places.map((place) => `    ${place}\n`).join('')}`)
  const more =
    remarks.length === 0 ? '' : `\n${paint('bold', 'Left out, or in doubt', options)}\n\n${remarkText.join('')}`
  return `${paint('bold', visible(head + spec), options)}\n\n${lined(images)}${more}`
}

type Row = readonly [label: string, lines: readonly string[]]

function placeRows({ image, cache = [] }: Explanation): Row[] {
  const { repository, tagPrefix, registries, wording, declared } = image
  const tags = tagPrefix ? `, its tags begin with ${tagPrefix}` : ''
  const where = registries.length > 0 ? `, to ${registries.join(', ')} (registry in spec.yml)` : ''
  return [
    ['found', [`${image.dockerfile}: ${image.origin}`]],
    ['published as', [`${repository}${tags}${where}`]],
    ['context', [image.context === '.' ? '. (the root of the repository)' : image.context]],
    ['target', image.target === null ? [] : [image.target]],
    ['args', pairs(image.args)],
    ['platforms', image.platforms.length > 0 ? [image.platforms.join(', ')] : []],
    ['contexts', pairs(image.contexts)],
    ['layers cached', cache],
    ['tag rules of its own', [...(wording?.tags ?? []), ...(wording?.flavor ?? []).map((text) => `flavor: ${text}`)]],
    ['rebuild', declared.rebuild ? [`${declared.rebuild}, by a schedule's run`] : []],
    ['tests', [...declared.test.map(commandText), ...testingLines(declared)]],
    ['described by', declared.undescribed ? ['nothing: manifests is false'] : declared.manifests.map(commandText)],
  ]
}

function testingLines({ testing, test }: Image['declared']): string[] {
  if (!testing || (test.length === 0 && testing.folder === null && !testing.containers)) return []
  const { folder, network, timeout, allowFailure, containers = [] } = testing
  return [
    ...containers.map(({ name }) => `a container: ${name}`),
    ...(folder === null ? [] : [`the files in ${folder}`]),
    ...(network === 'none' ? [] : ['with the network']),
    ...(timeout === null ? [] : [`for ${timeout} s at most`]),
    ...(allowFailure ? ['their failure is shown and stops nothing'] : []),
  ]
}

function contentRows({ reads, parents, external, lockSources, cacheMounts }: Image): Row[] {
  const all = reads.all ? ['the whole context'] : []
  return [
    ['reads', [...all, ...(reads.patterns.length > 0 ? reads.patterns : reads.all ? [] : ['no file of the context'])]],
    ['ignores', reads.ignore ?? []],
    ['parents', parents.map(parentText)],
    ['from outside', external],
    ['lock made from', lockSources],
    ['cache mounts', cacheMounts.map(mountText)],
  ]
}

function decisionRows({ image, planned, changes, files, notes }: Explanation): Row[] {
  const { lockPlatforms } = image.declared
  const later = lockPlatforms.length > 0 ? [`lock.platforms: ${lockPlatforms.join(', ')}`] : []
  const known = changes.complete
    ? files.map(({ file, counts, rule }) => `${file}: ${counts ? '' : 'does not count, '}${rule}`)
    : [`not known: ${changes.reason ?? 'the list may be incomplete'}`]
  return [
    ['changed files', known.length > 0 ? known : ['none that concerns it']],
    ['skip', image.skip ? ['spec.yml says so'] : []],
    ['lock', planned.relock ? ['is solved again'] : []],
    ['tags', planned.tags],
    ['digest', planned.digest ? [planned.digest] : []],
    ['not acted on', later],
    ['remarks', notes.map((note) => `${placeOf(note)}: ${note.text}`)],
  ]
}

/** What the parts of a fingerprint are called. */
const partNames: Readonly<Record<keyof FingerprintParts, string>> = {
  dockerfile: 'its Dockerfile',
  tests: 'its tests',
  files: 'file',
  lockSources: 'source of its lock',
  args: 'argument',
  target: 'target',
  platforms: 'platforms',
  contexts: 'named context',
  bases: 'base',
  parents: 'parent',
}

function fingerprintRows({ fingerprint: told }: Explanation): Row[] {
  if (!told) return []
  const made = Object.entries(told.parts).flatMap(
    ([part, value]: [string, string | Readonly<Record<string, string>>]) => {
      const name = partNames[part as keyof FingerprintParts]
      if (typeof value === 'string') return value === '' ? [] : [`${name} ${value}`]
      return Object.entries(value).map(([key, hash]) => `${name} ${key} ${hash || '(not known)'}`)
    },
  )
  const since = told.previous?.changes.map(({ part, name, how }) =>
    [partNames[part], name, how].filter(Boolean).join(' '),
  )
  return [
    ['fingerprint', [told.fingerprint ?? `none: ${told.why}`]],
    ['made from', made],
    [`since ${told.previous?.tag ?? ''}`, since && since.length === 0 ? ['nothing differs'] : (since ?? [])],
    ['since before', told.previous ? [] : ['no published build of it says what it is made from']],
  ]
}

function parentText({ name, via, line, references, how }: ParentEdge): string {
  const by = via === 'spec' ? 'spec.yml' : via === 'MOUNT' ? 'RUN --mount' : via === 'COPY' ? 'COPY --from' : via
  const named = references.length > 0 ? ` ${references.join(', ')}` : ''
  return `${name}: ${by}${named}${line > 0 ? ` in line ${line}` : ''}; ${how}`
}

/** The id, too, where it is not the target. */
function mountText({ id, target, from, line }: CacheMount): string {
  return `${target} (${id === target ? '' : `id ${id}, `}${from ? `from ${from}, ` : ''}line ${line})`
}

function pairs(record: Readonly<Record<string, string>>): string[] {
  return Object.entries(record).map(([key, value]) => `${key}=${value}`)
}

function placeOf(note: Note): string {
  return note.line === null ? note.path : `${note.path}:${note.line}`
}

function shortList(lines: readonly string[]): string[] {
  const shown = lines.slice(0, SHOWN).map(visible)
  return lines.length > SHOWN ? [...shown, `and ${lines.length - SHOWN} more`] : shown
}

/** Labels in a column, each value on a line of its own; labels without a value are left out. */
function lined(rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([label]) => visible(label).length)) + 2
  return rows
    .flatMap(([label, lines]) =>
      shortList(lines).map((line, at) => `  ${(at === 0 ? visible(label) : '').padEnd(width)}${line}\n`),
    )
    .join('')
}
