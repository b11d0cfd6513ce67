import { ActionError } from '../errors.ts'
import type { Draft } from './drafts.ts'
import type { Image, Note, Plan } from './types.ts'

type Published = Pick<Image, 'name' | 'repository' | 'tagPrefix' | 'dockerfile' | 'registries'>

/**
 * Notes the images that would overwrite each other where they are published: `a/lab` and `b/lab`. They can be planned, as their
 * names differ. Where spec.yml gave one of them its name, that was a slip: `ActionError('stack')`.
 */
export function noteTwins(drafts: readonly Draft[], notes: Note[]): void {
  for (const twins of twinsOf(drafts)) {
    const named = twins.some(({ entry }) => entry?.publishedName || entry?.tag)
    if (named) throw twinsError(twins)
    notes.push({ path: twins[0]?.dockerfile ?? '', line: null, text: `${messageOf(twins)}. ${remedyFor(twins)}` })
  }
}

/** Throws `ActionError('stack')` where two of these images would be pushed or loaded under one name. */
export function refuseTwins(images: readonly Image[]): void {
  const [twins] = twinsOf(images)
  if (twins) throw twinsError(twins)
}

/** Throws `ActionError('stack')` where tag rules give two images one reference: one would overwrite the other. */
export function refuseSharedTags({ images }: Plan): void {
  const owners = new Map<string, string>()
  for (const { name, tags } of images) {
    for (const tag of new Set(tags)) {
      const other = owners.get(tag)
      if (other !== undefined)
        throw new ActionError('stack', `${other} and ${name} would both be ${tag}`, [
          'Give one of them another tag in spec.yml: the rules of `tags`, or `tag` before all of its tags',
        ])
      owners.set(tag, name)
    }
  }
}

function twinsOf<T extends Published>(images: readonly T[]): T[][] {
  const places = images.flatMap((image) => {
    const registries = image.registries.length > 0 ? image.registries : ['']
    return registries.map((registry) => ({ key: `${registry}/${image.repository}:${image.tagPrefix}`, image }))
  })
  const groups = Map.groupBy(places, (place) => place.key.toLowerCase())
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map((place) => place.image))
}

function twinsError(twins: readonly Published[]): ActionError {
  return new ActionError('stack', messageOf(twins), [remedyFor(twins)])
}

function messageOf(twins: readonly Published[]): string {
  const files = twins.slice(0, 3).map((image) => image.dockerfile)
  const more = twins.length > files.length ? ` and ${twins.length - files.length} more` : ''
  const [first] = twins
  return `${files.join(' and ')}${more} would be published as ${first?.repository}${first?.tagPrefix ? `:${first.tagPrefix}` : ''}`
}

function remedyFor(twins: readonly Published[]): string {
  const { name = '', repository = '' } = twins.at(-1) ?? {}
  const tag = name.split('/').slice(0, -1).join('-') || 'other'
  return `Tell them apart in spec.yml: images: {${name}: {name: ${tag}-${repository}}} or {${name}: {tag: ${tag}}}`
}
