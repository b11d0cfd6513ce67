import { randomBytes } from 'node:crypto'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type BuilderFacts, chooseBuilder } from '../stack/builder.ts'
import type { Buildx } from '../tools/buildx.ts'

/** Prefix of the names of builders that a run makes for itself; the post step removes no other. */
export const ownBuilder = /^buildx-action-[0-9a-f]{16}$/

/** Takes a builder that can do what is asked, or makes one and leaves a note for the post step to remove it. */
export async function prepareBuilder({
  inputs,
  host,
  buildx,
  platforms,
}: {
  inputs: Inputs
  host: Host
  buildx: Buildx
  platforms: readonly string[]
}): Promise<BuilderFacts> {
  const named = inputs.builder || host.env.BUILDX_BUILDER || ''
  const needs = { platforms, annotations: inputs.annotations.length > 0 }
  const choice = chooseBuilder(await buildx.builders(), named, needs)
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
