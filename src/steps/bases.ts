import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type BuilderFacts, chooseBuilder } from '../stack/builder.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { ancestors } from '../stack/graph.ts'
import { decidePush } from '../stack/tags.ts'
import type { Buildx } from '../tools/buildx.ts'
import type { Registry } from '../tools/registry.ts'
import type { Tools } from './builder.ts'
import type { Source } from './detect.ts'
import { pinOf, resolvePins } from './pins.ts'

/** The digests of external images, each found out once a run: fingerprints and builds rest on the same. */
export interface Bases {
  /** Reference → digest, null where it cannot be told. Never an error, but where the run is cancelled. */
  digests(references: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  /** The same as `name:tag@digest`, for a build: what nobody asked for yet is asked of its builder. */
  pins(references: readonly string[], at: { buildx: Buildx; builder: BuilderFacts }): Promise<Map<string, string>>
  /** The platform of what is built where nobody names one. */
  platform(): Promise<string>
}

interface Question {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  /** Null in a plan. */
  readonly tools: Tools | null
  /** A client of little patience: what it does not tell, the build will. */
  readonly registry: Registry
}

/** Node's names of machines → Go's, where they differ. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', arm: 'arm/v7', ppc64: 'ppc64le' }

/**
 * Begins to ask for the bases of what changed, beside the plan. A builder that runs is asked, as it knows mirrors and credentials; else
 * the registries themselves. Without a registry to take images from nobody needs to know before the builds.
 */
export function findBases(question: Question): Bases {
  const { inputs, host } = question
  const known = new Map<string, Promise<string | null>>()
  const builder = lazily(() => runningBuilder(question))
  const ask = (references: readonly string[]) => {
    const open = references.filter((reference) => !known.has(reference))
    if (open.length === 0) return
    const answers = lazily(async () => await answersOf(question, open, await builder()))
    for (const reference of open)
      known.set(
        reference,
        answers().then((found) => found.get(reference) ?? null),
      )
    for (const reference of open) known.get(reference)?.catch(() => undefined)
  }
  const digests = async (references: readonly string[]) => {
    ask(references)
    return new Map(await Promise.all(references.map(async (one) => [one, (await known.get(one)) ?? null] as const)))
  }
  if (inputs.registry.length > 0) ask(basesOfInterest(question))
  return {
    digests,
    pins: async (references, at) => {
      const asked = references.filter((reference) => known.has(reference))
      const found = [...(await digests(asked))].flatMap(([text, digest]) => {
        const reference = canonicalReference(text)
        return digest && reference && !reference.digest ? [[text, pinOf(reference, digest)] as const] : []
      })
      const pinned = new Map(found)
      const rest = references.filter((reference) => !pinned.has(reference))
      return new Map([...pinned, ...(await resolvePins({ references: rest, host, ...at }))])
    },
    platform: async () => (await builder())?.platforms[0] ?? `linux/${architectures[process.arch] ?? process.arch}`,
  }
}

/** Of what changed and what it stands on; of the whole stack where all of it is published. */
function basesOfInterest({ source: { stack, changed, trigger }, inputs }: Question): string[] {
  const { publishes } = decidePush(trigger, inputs.push, inputs.registry)
  const names = new Set([...changed.keys(), ...ancestors(stack.images, [...changed.keys()])])
  const images = publishes ? stack.images : stack.images.filter((image) => names.has(image.name))
  return [...new Set(images.flatMap((image) => image.external))]
}

/** The builder that the run will take, where it runs already. */
async function runningBuilder({ tools, inputs, host }: Question): Promise<BuilderFacts | null> {
  if (!tools) return null
  try {
    const named = inputs.builder || host.env.BUILDX_BUILDER || ''
    const choice = chooseBuilder(await tools.builders(), named, { platforms: inputs.platforms, annotations: false })
    return 'use' in choice && choice.use.running ? choice.use : null
  } catch {
    // Whoever needs the builder tells what is wrong with it.
    return null
  }
}

async function answersOf(
  { host, registry, tools }: Question,
  references: readonly string[],
  builder: BuilderFacts | null,
): Promise<Map<string, string>> {
  const written = references.flatMap((text) => {
    const digest = canonicalReference(text)?.digest
    return digest ? [[text, digest] as const] : []
  })
  const open = references.filter((text) => !canonicalReference(text)?.digest)
  if (open.length === 0) return new Map(written)
  if (builder && tools) {
    const pins = await resolvePins({ references: open, host, builder, buildx: await tools.buildx() })
    return new Map([...written, ...[...pins].map(([text, pin]) => [text, pin.slice(pin.indexOf('@') + 1)] as const)])
  }
  const found = await Promise.all(open.map(async (text) => [text, await digestOf(text, registry, host)] as const))
  return new Map([...written, ...found.flatMap(([text, digest]) => (digest ? [[text, digest] as const] : []))])
}

async function digestOf(text: string, registry: Registry, host: Host): Promise<string | null> {
  const reference = canonicalReference(text)
  try {
    return reference ? await registry.digest(reference) : null
  } catch (error) {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    host.out.debug(`the digest of ${text} is not known: ${messageOf(error)}`)
    return null
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}
