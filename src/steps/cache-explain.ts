import { remotePlaces } from '../cache/places.ts'
import type { Inputs } from '../inputs.ts'
import type { Image } from '../stack/types.ts'
import { branchesOf, cachedImage } from './cache-remote.ts'
import type { Source } from './detect.ts'

/** Where an image's layers are cached and why, for `--explain`: a line each. Which builder there is, a plan does not ask. */
export function explainCache({
  image,
  source,
  inputs,
  push,
}: {
  image: Image
  source: Source
  inputs: Inputs
  push: boolean
}): string[] {
  const { cache, cacheFrom, cacheTo } = inputs
  const given = cacheFrom.length + cacheTo.length
  const raw = given > 0 ? [`${given} of cache-from and cache-to, the same for all images`] : []
  if (cache === 'auto' && given > 0) return raw
  if (cache === 'auto')
    return [
      'local on a docker-container builder where there is a cache service; other builders keep their own (cache: auto)',
    ]
  if (cache === 'none') return [...raw, 'none (cache: none)']
  if (cache === 'local') return [...raw, 'local: a folder of the image alone (cache: local)']
  const rights = { trusted: source.trigger.trust === 'trusted', push }
  const { from, to } = remotePlaces(cache, cachedImage(inputs, image), { branches: branchesOf(source), rights })
  const why = rights.trusted ? 'this run pushes nothing, or has no branch' : 'an untrusted run writes no cache'
  return [
    ...raw,
    `${cache} (cache: ${cache})`,
    ...from.map((value) => `reads ${value}`),
    ...(to.length > 0 ? to.map((value) => `writes ${value}`) : [`writes nothing: ${why}`]),
  ]
}
