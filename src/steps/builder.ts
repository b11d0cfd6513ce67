import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type BuilderFacts, type BuilderNeeds, chooseBuilder } from '../stack/builder.ts'
import { type Buildx, findBuildx } from '../tools/buildx.ts'
import { withoutCredentials } from '../tools/docker-config.ts'
import { childEnvironment } from '../tools/environment.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'

/** Prefix of the names of builders that a run makes for itself; the post step removes no other. */
export const ownBuilder = /^buildx-action-[0-9a-f]{16}$/

/** buildx and its builders, looked for once a run. Each gives the error of the look when it is asked for, and not before. */
export interface Tools {
  readonly buildx: () => Promise<Buildx>
  readonly builders: () => Promise<readonly BuilderFacts[]>
}

/** Begins to look for buildx and its builders at once: two processes that need not wait for the plan. */
export function findTools({ trigger, host }: { trigger: Trigger; host: Host }): Tools {
  const buildx = environmentOf(trigger, host).then((env) => findBuildx({ cwd: host.cwd, env, signal: host.signal }))
  const builders = buildx.then((found) => found.builders())
  // A run that builds nothing is green without them.
  builders.catch(() => undefined)
  return { buildx: () => buildx, builders: () => builders }
}

/** What buildx may see; an untrusted run has no credentials to lend. */
async function environmentOf(trigger: Trigger, host: Host) {
  const env = childEnvironment(host.env)
  return trigger.trust === 'trusted' ? env : await withoutCredentials(env, path.join(host.temp, 'docker'))
}

/**
 * What the images that are built ask of a builder. What is only loaded is built for the engine's own platform, and annotations
 * are for a registry: where spec.yml asks for more, it counts when something is pushed.
 */
export function needsOf({
  source,
  decision,
  inputs,
  host,
}: {
  source: Source
  decision: Decision
  inputs: Inputs
  host: Pick<Host, 'kind'>
}): BuilderNeeds {
  const names = new Set(decision.plan.images.filter((image) => image.action === 'build').map((image) => image.name))
  const images = source.stack.images.filter((image) => names.has(image.name))
  const loads = inputs.load === 'auto' ? host.kind === 'cli' : inputs.load
  const { push } = decision.push
  const written = images.flatMap(({ platforms }) => (loads && !push && platforms.length > 1 ? [] : platforms))
  const annotated = images.some((image) => decision.wordings.get(image.name)?.annotations.length)
  const attested = inputs.attest.some((attest) => !attest.endsWith(',disabled=true'))
  return {
    platforms: inputs.platforms.length > 0 ? inputs.platforms : [...new Set(written)],
    annotations: inputs.annotations.length > 0 || (annotated && push),
    ...(attested && push ? { attestations: true } : {}),
    ...(push && (inputs.pushByDigest || inputs.monolithic) ? { byDigest: true } : {}),
  }
}

/** Takes a builder that can do what is asked, or makes one and leaves a note for the post step to remove it. */
export async function prepareBuilder({
  inputs,
  host,
  tools,
  needs,
}: {
  inputs: Inputs
  host: Host
  tools: Tools
  needs: BuilderNeeds
}): Promise<BuilderFacts> {
  const buildx = await tools.buildx()
  const named = inputs.builder || host.env.BUILDX_BUILDER || ''
  const choice = chooseBuilder(await tools.builders(), named, needs)
  if ('create' in choice) return await createBuilder({ reason: choice.create, host, buildx })
  if (choice.use.running) return choice.use
  await start(choice.use, buildx, host)
  // What a builder can do is known only once it runs.
  const again = chooseBuilder(await buildx.builders(), choice.use.name, needs)
  return 'use' in again ? again.use : choice.use
}

async function start({ name, driver }: BuilderFacts, buildx: Buildx, host: Host): Promise<void> {
  await buildx.bootstrap(name).catch((cause) => {
    if (host.signal.aborted) throw cause
    throw new ActionError(
      'builder',
      `builder ${name} (driver ${driver}) cannot be started: ${messageOf(cause)}`,
      ['start what it stands for, or name another in the input builder'],
      { cause },
    )
  })
}

async function createBuilder({
  reason,
  host,
  buildx,
}: {
  reason: string
  host: Host
  buildx: Buildx
}): Promise<BuilderFacts> {
  const name = `buildx-action-${randomBytes(8).toString('hex')}`
  host.out.notice(`${reason}: a docker-container builder ${name} is created for this run`)
  // Before it is made: a run that is cancelled now has to find it, too.
  host.out.state('builder', name)
  await buildx.create(name)
  const created = (await buildx.builders()).find((builder) => builder.name === name)
  return (
    created ?? {
      name,
      driver: 'docker-container',
      current: false,
      running: true,
      nodes: 1,
      platforms: [],
      containerdStore: false,
      error: null,
    }
  )
}
