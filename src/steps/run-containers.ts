import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { containerCase, judge, type Observed, overdue } from '../check/containers.ts'
import type { TestCase } from '../check/types.ts'
import { messageOf } from '../errors.ts'
import { count as plural } from '../report/format.ts'
import type { Failure } from '../report/types.ts'
import type { ImageContainer } from '../stack/tests.ts'
import type { Engine } from '../tools/engine.ts'
import { causeOf } from '../tools/http.ts'
import type { Build } from './batch.ts'
import type { Tested } from './check-run.ts'
import type { Checks } from './checks.ts'
import { containerLabel, testRepository } from './container-names.ts'
import { loadTested } from './load-tested.ts'

/** What became of an image's containers. `failure`: they could not be started at all. */
export interface ContainersRun {
  readonly cases: readonly TestCase[]
  readonly failure: Failure | null
  readonly tested: Tested | null
}

const pauseMilliseconds = 400
const answerMilliseconds = 5000
/** Names all that this process leaves in an engine. */
const run = randomBytes(8).toString('hex')
let count = 0

/** Starts the containers of an image's tests, one after the other, and removes them with all that was made for them. */
export async function runContainers(build: Build, checks: Checks, engine: Engine): Promise<ContainersRun> {
  const { host } = build.question
  // Before anything is made: the post step removes what a run that is ended by force leaves.
  host.out.state('containers', run)
  // Kept: other images are tested at the same time.
  count += 1
  const number = count
  const image = `${testRepository(run)}:${number}`
  try {
    const loaded = await loadTested(build, checks, image)
    if ('failure' in loaded) return { cases: [], failure: loaded.failure, tested: null }
    host.out.info(
      `${build.planned.name}: its tests start ${plural(checks.containers.length, 'container')} in the Docker engine`,
    )
    const layers = await engine.layers(image)
    const cases: TestCase[] = []
    for (const [at, test] of checks.containers.entries())
      cases.push(
        await runContainer({ engine, image, test, name: `${testRepository(run)}-${number}-${at}` }, host.signal),
      )
    return { cases, failure: null, tested: { manifest: null, config: loaded.config, layers } }
  } finally {
    await engine.remove({ images: [image] })
  }
}

interface Scene {
  readonly engine: Engine
  readonly image: string
  readonly test: ImageContainer
  /** The container's, and its network's. */
  readonly name: string
}

async function runContainer(scene: Scene, signal: AbortSignal): Promise<TestCase> {
  const { engine, test, name } = scene
  const started = Date.now()
  const asked = test.http.length > 0
  const isolated = asked && test.network === 'none'
  let [reason, log] = ['', '']
  try {
    if (isolated) await engine.network(name, containerLabel(run))
    await engine.start({
      ...{ name, image: scene.image, command: test.command, env: test.env, label: containerLabel(run) },
      network: isolated ? name : test.network === 'none' ? 'none' : 'bridge',
      publish: asked && !isolated ? [...new Set(test.http.map(({ port }) => port))] : [],
    })
    reason = await watch(scene, { deadline: started + test.timeout * 1000, signal })
    log = await engine.logs(name)
  } catch (error) {
    if (signal.aborted) throw error
    // docker tells why in the lines before: which program was not found.
    reason = messageOf(error)
    log = await engine.logs(name).catch(() => '')
  } finally {
    await engine.remove({ containers: [name], networks: isolated ? [name] : [] })
  }
  return containerCase(test, { reason, log, seconds: Math.round((Date.now() - started) / 1000) })
}

/** Looks at a container until it has done what is asked, or cannot any more. Gives why it failed; empty: it did not. */
async function watch(
  { engine, test, name }: Scene,
  { deadline, signal }: { readonly deadline: number; readonly signal: AbortSignal },
): Promise<string> {
  for (;;) {
    const { state, networks, ports } = await engine.inspect(name)
    const answers = state.running
      ? await Promise.all(test.http.map((one) => answerOf(one, { name, networks, ports }, signal)))
      : []
    const log = test.output.length > 0 ? await engine.logs(name) : null
    const observed: Observed = { state, answers, log }
    const verdict = judge(test, observed)
    if (verdict !== null) return verdict
    if (Date.now() > deadline) return overdue(test, observed)
    await sleep(pauseMilliseconds, undefined, { signal })
  }
}

/** The status of one answer, or why there is none. Nothing of its body is read, and no redirection is followed. */
async function answerOf(
  { port, path }: ImageContainer['http'][number],
  {
    name,
    networks,
    ports,
  }: { readonly name: string } & Pick<Awaited<ReturnType<Engine['inspect']>>, 'networks' | 'ports'>,
  signal: AbortSignal,
): Promise<number | string> {
  const address = networks[name]?.IPAddress
  const published = ports[`${port}/tcp`]?.[0]?.HostPort
  const host = address ? `${address}:${port}` : published ? `127.0.0.1:${published}` : null
  if (host === null) return 'the engine gave it no address'
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMilliseconds)])
    const response = await fetch(`http://${host}${path}`, { redirect: 'manual', signal: limit })
    await response.body?.cancel()
    return response.status
  } catch (error) {
    if (signal.aborted) throw error
    return causeOf(error).slice(0, 200)
  }
}
