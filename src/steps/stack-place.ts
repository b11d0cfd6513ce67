import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { imageNames } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Source } from './detect.ts'

/** Where what belongs to no single image lies in the registries. */
export interface StackPlace {
  /** Prefixes of names, `quay.io/pangeo`: every one that an image is pushed under. */
  readonly places: readonly string[]
  /** The repository below each: the input `stack`, else the git repository's name. */
  readonly stack: string
}

/** Throws ActionError('input') where the input `stack` is the name of an image. */
export async function stackPlace(question: {
  readonly source: Pick<Source, 'stack' | 'trigger' | 'git'>
  readonly inputs: Inputs
  readonly host: Host
}): Promise<StackPlace> {
  const { source, inputs } = question
  const { images } = source.stack
  const places = [...new Set(images.flatMap((image) => prefixesOf(image, inputs.registry)))]
  const taken = new Set(images.map(({ repository }) => repository))
  if (inputs.stack !== '') {
    if (taken.has(inputs.stack))
      throw new ActionError('input', `input stack: "${inputs.stack}" is an image of this stack`, [
        'what belongs to the whole stack lies in a repository of its own: name another one',
      ])
    return { places, stack: inputs.stack }
  }
  const name = await repositoryName(question)
  return { places, stack: taken.has(name) ? `${name}-stack` : name }
}

function prefixesOf(image: Image, registries: readonly string[]): string[] {
  return imageNames(image, registries).map((name) => name.slice(0, -image.repository.length - 1))
}

/** The same on GitHub, in a clone and in a worktree: the name in the address that it was cloned from. */
async function repositoryName({ source, host }: Parameters<typeof stackPlace>[0]): Promise<string> {
  const url = source.trigger.repository ? null : await source.git?.remoteUrl()
  const last = url
    ?.replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1)
  const name = source.trigger.repository?.name ?? (last || path.basename(host.cwd))
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]*([._-])/g, '$1')
    .replace(/^[._-]+|[._-]+$/g, '')
  return clean || 'stack'
}

/** Which run this is, in the words of src/publish/types.ts. The machine's own name stays with it. */
export function holderOf({ env }: Pick<Host, 'env'>): string {
  if (env.GITHUB_RUN_ID) return `github:${env.GITHUB_RUN_ID}.${env.GITHUB_RUN_ATTEMPT ?? 1}`
  return `local:${createHash('sha256').update(hostname()).digest('hex').slice(0, 12)}.${process.pid}`
}
