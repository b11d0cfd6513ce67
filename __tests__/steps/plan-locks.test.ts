import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { smallEnvironments } from '../../sandbox/conda/small.ts'
import type { Decision } from '../../src/steps/decide.ts'
import { decide } from '../../src/steps/decide.ts'
import { detect, readEvent, type Source } from '../../src/steps/detect.ts'
import { lockStage } from '../../src/steps/lock-stage.ts'
import type { Relock } from '../../src/steps/lock-types.ts'
import { unbuiltResults } from '../../src/steps/observe.ts'
import { withLocks, withMissing } from '../../src/steps/relock-results.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createRepository, gitEnvironment, type Repository } from '../helpers/repository.ts'
import { createStore } from '../never-miss/fake-run.ts'

const small = smallEnvironments['base-notebook']!
const environment = (...more: readonly string[]) =>
  `channels:\n  - conda-forge\n  - nodefaults\ndependencies:\n${[...small.dependencies, ...more].map((name) => `  - ${name}\n`).join('')}`

/** A lock's head: what the plan reads of it. */
function head(...sources: readonly string[]): string {
  return `version: 1
metadata:
  content_hash:
    linux-64: ${small.contentHash['linux-64']}
  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
  - linux-64
  sources:
${sources.map((source) => `  - ${source}\n`).join('')}package: []
`
}

// `a` and `b` are locked from a's environment; `c` is built on `b`, `d` has no lock.
let repository: Repository
beforeAll(async () => {
  repository = await createRepository()
  repository.commit({
    'a/Dockerfile': 'FROM busybox\nCOPY . .\n',
    'a/environment.yml': environment(),
    'a/conda-lock.yml': head('environment.yml'),
    'b/Dockerfile': 'FROM busybox\nCOPY . .\n',
    'b/conda-lock.yml': head('../a/environment.yml'),
    'c/Dockerfile': 'FROM b\nCOPY . .\n',
    'd/Dockerfile': 'FROM busybox\nCOPY . .\n',
  })
})
afterAll(async () => await repository[Symbol.asyncDispose]())

async function planned(inputs = createInputs({ command: 'plan' })): Promise<{ source: Source; decision: Decision }> {
  const event = { name: 'local', path: null, ref: '', sha: '', base: 'HEAD', head: null }
  const host = createHost({ cwd: repository.folder, env: gitEnvironment, event })
  const source = await detect({ trigger: await readEvent({ inputs, host }), inputs, host })
  const decision = await decide({ source, inputs, host, registry: createStore() })
  const stage = await lockStage({ source, decision, inputs, host, solves: false })
  return { source: stage.source, decision: stage.decision }
}

const relocked = ({ decision }: { decision: Decision }) =>
  decision.plan.images.filter((image) => image.relock).map(({ name }) => name)

describe('the plan', () => {
  it('says of locks that a change made stale that they are solved again', async () => {
    repository.write({ 'a/environment.yml': environment('dill') })
    expect(relocked(await planned())).toEqual(['a', 'b'])
    expect(relocked(await planned(createInputs({ command: 'plan', lockMode: 'off' })))).toEqual(['a', 'b'])
  })

  it('does not say so of a lock that came with the change, or that a comment leaves as it is', async () => {
    repository.write({ 'a/environment.yml': `# why\n${environment()}` })
    const { decision, source } = await planned()
    expect(relocked({ decision })).toEqual([])
    expect([...source.changed.keys()]).toEqual(['a', 'b', 'c'])
  })

  it('is made though an environment cannot be read', async () => {
    repository.write({ 'a/environment.yml': 'dependencies: [\n' })
    expect(relocked(await planned())).toEqual(['a', 'b'])
  })
})

describe('images after their locks', () => {
  const relock = (images: readonly { image: string; error: string | null }[]): Relock => ({
    commit: null,
    freshness: [],
    files: [{ path: 'x', before: null, text: '' }],
    sources: [],
    took: 1,
    images: images.map(({ image, error }) => ({
      ...{ image, lock: `${image}/conda-lock.yml`, freshness: [], diffs: [] },
      files: error === null ? [{ path: 'x', before: null, text: '' }] : [],
      error: error === null ? null : { message: error, details: ['why'] },
    })),
  })

  async function settled(built: Relock, sha: string | null = null) {
    repository.write({ 'a/environment.yml': environment('dill'), 'd/x': '' })
    const run = await planned(createInputs({ command: 'build' }))
    const delivery = { kind: 'committed', sha, sentence: '', offer: '' } as const
    const made = { locks: { proposed: built, built, behind: [] }, delivery, permission: null, stop: null }
    return withLocks(run, made)
  }

  it('without a lock are failed, those built on them skipped, and the others built', async () => {
    const result = await settled(
      relock([
        { image: 'a', error: null },
        { image: 'b', error: 'a/environment.yml:7: no dill' },
      ]),
    )
    const { plan } = result.decision
    expect(plan.images.map(({ name, action, relock }) => [name, action, relock])).toEqual([
      ['a', 'build', true],
      ['b', 'skip', true],
      ['c', 'skip', false],
      ['d', 'build', false],
    ])
    const [, b, c] = withMissing(unbuiltResults(plan), plan, result)
    expect(b).toMatchObject({
      outcome: 'failed',
      failure: { message: 'no dill', dockerfile: 'a/environment.yml', line: 7, tail: ['why'] },
    })
    expect(c).toMatchObject({ outcome: 'skipped', reason: 'its parent b was not built' })
  })

  it('name the commit of their locks as their revision, and none that does not hold them', async () => {
    const built = relock([{ image: 'a', error: null }])
    expect((await settled(built, 'f'.repeat(40))).source.revision).toBe('f'.repeat(40))
    const { source } = await settled(built)
    expect(source.revision).toBe(`${source.commit}-dirty`)
  })
})
