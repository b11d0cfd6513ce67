import type { Host } from '../../src/host.ts'
import type { Inputs } from '../../src/inputs.ts'
import type { ImageResult } from '../../src/report/types.ts'
import type { CanonicalReference } from '../../src/stack/canonical.ts'
import type { PlannedImage } from '../../src/stack/types.ts'
import { decide } from '../../src/steps/decide.ts'
import { detect, readEvent } from '../../src/steps/detect.ts'
import { unbuilt } from '../../src/steps/observe.ts'
import { publish } from '../../src/steps/publish.ts'
import type { Registry } from '../../src/tools/registry.ts'
import { builtOn } from './oracle.ts'

/** A registry in memory: tags point at digests, digests at what was built. */
export interface Store extends Registry {
  digest: Registry['digest']
  readonly tags: Map<string, string>
  readonly contents: Map<string, string>
}

/** An empty one. */
export function createStore(): Store {
  const tags = new Map<string, string>()
  const contents = new Map<string, string>()
  const digest = async ({ registry, repository, tag, digest: named }: CanonicalReference) =>
    named ? (contents.has(named) ? named : null) : (tags.get(`${registry}/${repository}:${tag}`) ?? null)
  const tag: Registry['tag'] = async ({ registry, repository, digest: named }, names) => {
    for (const name of names) tags.set(`${registry}/${repository}:${name}`, named ?? '')
  }
  return { tags, contents, digest, image: async () => null, tag, artifacts: memoryArtifacts(tags, contents) }
}

/** Manifests hold nothing but their digests; documents are kept by their references. */
function memoryArtifacts(tags: Map<string, string>, contents: ReadonlyMap<string, string>): Store['artifacts'] {
  const documents = new Map<string, { text: string; annotations: Readonly<Record<string, string>> }>()
  const named = ({ registry, repository, tag }: CanonicalReference) => `${registry}/${repository}:${tag}`
  return {
    manifest: async ({ digest }) =>
      digest && contents.has(digest) ? { type: '', body: Buffer.from(JSON.stringify({ digest })), digest } : null,
    put: async (reference, { body }) => void tags.set(named(reference), JSON.parse(body.toString()).digest),
    write: async (reference, { text, annotations }) => void documents.set(named(reference), { text, annotations }),
    read: async (reference) => documents.get(named(reference)) ?? null,
    untag: async (reference) => void tags.delete(named(reference)),
  }
}

/** How a run ends: green, at the image that fails (by its place), or cut off after so many builds. */
export type Fate = { readonly fails: number } | { readonly cancelledAfter: number } | 'green'

interface Question {
  readonly inputs: Inputs
  readonly host: Host
  readonly store: Store
  /** What each image's own files are. */
  readonly own: ReadonlyMap<string, string>
  readonly fate: Fate
}

/** A run with everything but the builds: they only say what would have been built. Gives whether it was green. */
export async function fakeRun({ inputs, host, store, own, fate }: Question): Promise<boolean> {
  const source = await detect({ trigger: await readEvent({ inputs, host }), inputs, host })
  const decision = await decide({ source, inputs, host, registry: store })
  const digests = new Map<string, string>()
  const results: ImageResult[] = []
  for (const image of decision.plan.images) {
    if (image.digest) digests.set(image.name, image.digest)
    const building = results.filter(({ action }) => action === 'build').length
    if (image.action !== 'build') {
      results.push(unbuilt(image, image.action === 'reuse' ? 'reused' : 'unchanged', image.reason))
      continue
    }
    if (typeof fate === 'object' && 'cancelledAfter' in fate && building >= fate.cancelledAfter) return false
    const parents = image.parents.map((name) => results.find((result) => result.name === name)?.outcome)
    const whole = parents.every((outcome) => outcome === 'built' || outcome === 'reused')
    const fails = typeof fate === 'object' && 'fails' in fate && building === fate.fails
    if (!whole || fails) results.push(unbuilt(image, fails ? 'failed' : 'skipped', ''))
    else results.push(built({ image, store, own, digests, immutable: decision.rules.immutable }))
  }
  const buildx = () => Promise.reject(new Error('there is one registry: nothing is to be copied'))
  await publish({ source, decision, results, inputs, host, buildx, builder: null, registry: store })
  return results.every(({ outcome }) => outcome !== 'failed' && outcome !== 'skipped')
}

/** Builds with another digest each time, as provenance has it, and pushes the commit's own tags. */
function built(question: {
  image: PlannedImage
  store: Store
  own: ReadonlyMap<string, string>
  digests: Map<string, string>
  immutable: string | null
}): ImageResult {
  const { image, store, own, digests, immutable } = question
  const digest = `sha256:${(store.contents.size + 1).toString(16).padStart(64, '0')}`
  const parents = [...image.parents].sort().map((name) => store.contents.get(digests.get(name) ?? ''))
  if (parents.includes(undefined)) throw new Error(`${image.name} has no parent to be built on`)
  store.contents.set(digest, builtOn(own.get(image.name) ?? '', parents as string[]))
  digests.set(image.name, digest)
  const tags = image.tags.filter((tag) => tag.endsWith(`:${immutable}`))
  if (tags.length === 0) throw new Error(`${image.name} is pushed without a name`)
  for (const tag of tags) store.tags.set(tag, digest)
  return { ...unbuilt(image, 'built', ''), digest, tags: image.tags }
}
