import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { imageTag } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import { hasEngine } from '../tools/buildx.ts'
import type { Decision } from './decide.ts'

/** Where what is built goes. */
export interface Outputs {
  readonly push: boolean
  readonly load: boolean
  /** What is pushed gets no tag: they are set when all of the stack is there, or by the job that joins it with other platforms. */
  readonly byDigest: boolean
  /** buildx's `output` values, one a round; a push comes first. */
  readonly rounds: readonly string[]
  /** Whether a reference is given by the build itself; moving tags follow when the whole stack is done. */
  builds(image: Pick<Image, 'name' | 'tagPrefix'>, reference: string): boolean
}

/** Pushes, loads into the engine, both, or keeps the result in the builder's cache alone. */
export async function chooseOutputs({
  inputs,
  host,
  builder,
  decision,
}: {
  inputs: Inputs
  host: Host
  builder: BuilderFacts
  decision: Decision
}): Promise<Outputs> {
  const { push } = decision.push
  const load = await decideLoad({ inputs, host, builder, push })
  const classic = builder.driver === 'docker'
  const byDigest = push && (inputs.pushByDigest || inputs.monolithic)
  const { immutable } = decision.rules
  // A build that has the name of its inputs needs none that moves.
  const isStamped = ({ name }: Pick<Image, 'name'>) => Boolean(decision.stamps?.get(name)?.references.length)
  const values = [...(push ? ['type=image,push=true'] : []), ...(load && !(classic && push) ? ['type=docker'] : [])]
  return {
    push,
    load,
    byDigest,
    rounds: values.length > 0 ? values : ['type=cacheonly'],
    // A run that does not push names its images by all its tags at once.
    builds: (image, reference) =>
      !byDigest &&
      (!push || (immutable === null ? !isStamped(image) : reference.endsWith(`:${imageTag(image, immutable)}`))),
  }
}

/**
 * The output of one image: without a tag it has to say itself where it goes. docker's examples of builds for several platforms
 * have the same words: https://docs.docker.com/build/exporters/image-registry/
 */
export function namedOutput(output: string, names: readonly string[], { byDigest }: Pick<Outputs, 'byDigest'>): string {
  if (!byDigest || !output.startsWith('type=image')) return output
  return `${output},push-by-digest=true,name-canonical=true,"name=${names.join(',')}"`
}

async function decideLoad({
  inputs,
  host,
  builder,
  push,
}: {
  inputs: Inputs
  host: Host
  builder: BuilderFacts
  push: boolean
}): Promise<boolean> {
  if (inputs.load === true && builder.driver !== 'docker' && !(await hasEngine(host)))
    throw new ActionError('input', 'input load: true, but no Docker engine answers: there is nothing to load into', [
      'start Docker (`docker info` has to work), or leave load out',
    ])
  if (inputs.load !== 'auto') return inputs.load
  if (host.kind === 'action' || push || inputs.platforms.length > 1) return false
  if (builder.driver === 'docker') return true
  const engine = await hasEngine(host)
  if (!engine)
    host.out.notice(
      'no Docker engine answers: the images stay in the builder’s cache (push: true sends them to a registry)',
    )
  return engine
}
