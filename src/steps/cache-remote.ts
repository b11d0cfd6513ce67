import { type CacheBranches, type CachedImage, type RemoteStrategy, remotePlaces } from '../cache/places.ts'
import { type CachePlaces, noPlaces } from '../cache/types.ts'
import type { Inputs } from '../inputs.ts'
import { plannedPlatforms } from '../stack/platforms.ts'
import { imageNames, tagOf, tagRules } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Caches, CachesQuestion } from './caches.ts'
import type { Source } from './detect.ts'

/** What buildx reads of the environment for `type=gha`: https://docs.docker.com/build/cache/backends/gha/ */
const ghaVariables = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL', 'ACTIONS_CACHE_SERVICE_V2']

/** Caches that BuildKit itself reads and writes: nothing to restore before a build, nothing to save after it. */
export function prepareRemote(strategy: RemoteStrategy, question: CachesQuestion): Caches {
  const { source, decision, host } = question
  const images = new Map(source.stack.images.map((image) => [image.name, image]))
  const branches = branchesOf(source)
  const rights = { trusted: source.trigger.trust === 'trusted', push: decision.push.push }
  // A variant in a folder `cache` has tags of the same form: an image goes before a cache.
  const taken = new Set(decision.plan.images.flatMap(({ tags }) => tags.map((tag) => `type=registry,ref=${tag},`)))
  const env = strategy === 'gha' ? variables(host.env) : {}
  const of = async (name: string): Promise<CachePlaces> => {
    const image = images.get(name)
    if (!image) return noPlaces
    const { from, to } = remotePlaces(strategy, cachedImage(question.inputs, image), { branches, rights })
    const free = to.filter((value) => ![...taken].some((start) => value.startsWith(start)))
    if (free.length < to.length)
      host.out.warning(`the cache of ${name} is not written: an image has the tag ${to.join(', ')}`)
    return { ...noPlaces, from, to: free, env }
  }
  return { of, settle: async (results) => results }
}

/** An image as its cache is named. */
export function cachedImage(inputs: Pick<Inputs, 'registry' | 'platforms'>, image: Image): CachedImage {
  return {
    name: image.name,
    repository: imageNames(image, inputs.registry)[0] ?? null,
    tagPrefix: image.tagPrefix,
    platforms: plannedPlatforms(image, inputs.platforms),
  }
}

/** A pull request has a cache of its own, as it has a tag of its own: what is not merged is not the branch's. */
export function branchesOf({ trigger, commit }: Pick<Source, 'trigger' | 'commit'>): CacheBranches {
  const tag = (branch: string | null | undefined) => (branch ? tagOf(branch) : null)
  return {
    own: tagRules(trigger, commit ?? '').moving[0] ?? null,
    base: tag(trigger.pullRequest?.baseRef),
    default: tag(trigger.defaultBranch),
  }
}

function variables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(ghaVariables.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
