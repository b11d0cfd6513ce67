import { resolveName, unknownImage } from './drafts.ts'
import { ancestors } from './graph.ts'
import type { Image, Stack } from './types.ts'

/**
 * The images that a command line names and all that they are built on. A name is an image's, its last part where that is
 * clear, or its folder (`images/base-notebook/`). Throws `ActionError('usage')` for one that is not there.
 */
export function selectImages(stack: Stack, names: readonly string[]): Set<string> {
  const chosen = names.map((text) => findImage(stack, text).name)
  return new Set([...chosen, ...ancestors(stack.images, chosen)])
}

/** The image that a person names. Throws `ActionError('usage')` for one that is not there. */
export function findImage(stack: Stack, text: string): Image {
  const known = stack.images.map((image) => image.name)
  const folder = text.replace(/^\.\//, '').replace(/\/+$/, '')
  const inFolder = stack.images.filter((image) => image.path === folder)
  const name = resolveName(folder, known) ?? (inFolder.length === 1 ? inFolder[0]?.name : undefined)
  const image = stack.images.find((other) => other.name === name)
  if (image === undefined) throw unknownImage(text, known)
  return image
}
