import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import fc from 'fast-check'
import { startGitHub } from '../../sandbox/github/server.ts'
import { createPayload } from '../helpers/events.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createTemporary, type Temporary } from '../helpers/temporary.ts'
import { createStore, type Fate, fakeRun, type Store } from './fake-run.ts'
import { gitIn, type ModelCommit, makeHistory, shallowClone } from './history.ts'
import { contents, ownContents } from './oracle.ts'
import { anyEdit, anyState, prefix, rendered, type State } from './stack-model.ts'

jest.setTimeout(600_000)

let temporary: Temporary
/** fast-check turns its back on a run that its time limit interrupts; the folder is removed when that one has ended. */
let running: Promise<void> = Promise.resolve()
let cases = 0
beforeAll(async () => {
  temporary = await createTemporary()
})
afterAll(async () => {
  await running.catch(() => undefined)
  await temporary[Symbol.asyncDispose]()
})

/** A push to the branch: new commits, the files of an older commit anew, or the branch set to another commit. */
const anyPush = fc.oneof(
  { weight: 6, arbitrary: fc.record({ edits: fc.array(anyEdit, { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ reverts: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ from: fc.nat(), edits: fc.array(anyEdit, { maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ backTo: fc.nat() }) },
)
const anyFate = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fate | 'never' | 'late'>('green') },
  { weight: 4, arbitrary: fc.record({ fails: fc.constantFrom(0, 0, 1, 2) }) },
  { weight: 3, arbitrary: fc.record({ cancelledAfter: fc.constantFrom(0, 0, 1, 2) }) },
  { weight: 4, arbitrary: fc.constantFrom<'never' | 'late'>('never', 'late') },
)
const anyStep = fc.record({
  push: anyPush,
  fate: anyFate,
  again: fc.constantFrom(...Array(8).fill(null), 'push', 'workflow_dispatch') as fc.Arbitrary<string | null>,
})
const anyStory = fc.record({
  first: anyState,
  steps: fc.array(anyStep, { minLength: 3, maxLength: 7 }),
  shallow: fc.nat({ max: 2 }).map((chance) => chance === 0),
})
type Story = typeof anyStory extends fc.Arbitrary<infer Value> ? Value : never

/** The commits of a story, and the branch's head before and after each step, by place. */
function played({ first, steps }: Story): { commits: ModelCommit[]; states: State[]; heads: number[] } {
  const states = [first]
  const commits: ModelCommit[] = [{ parents: [], files: rendered(first) }]
  const heads = [0]
  for (const { push } of steps) {
    const head = heads.at(-1) as number
    if ('backTo' in push) {
      heads.push(push.backTo % states.length)
      continue
    }
    const parent = 'from' in push ? push.from % states.length : head
    const kept = states['reverts' in push ? push.reverts % states.length : parent] as State
    const state = 'edits' in push ? push.edits.reduce((before, edit) => edit(before), kept) : kept
    heads.push(states.push(state) - 1)
    commits.push({ parents: [parent], files: rendered(state) })
  }
  return { commits, states, heads }
}

/** What a state's images are without what only relocks them. */
const nothing: State = { images: {}, files: {} }

/** Every published tag of the commit, and the branch's, holds what the commit's files make. */
function expectPublished(store: Store, state: State, sha: string): void {
  for (const [name, content] of contents(state, nothing)) {
    if (state.images[name]?.skip) continue
    for (const tag of [sha.slice(0, 7), 'main'])
      expect([name, tag, store.contents.get(store.tags.get(`${prefix}/${name}:${tag}`) ?? '')]).toEqual([
        name,
        tag,
        content,
      ])
  }
}

async function tell(story: Story, seen: { green: number; red: number; late: number }): Promise<void> {
  const { commits, states, heads } = played(story)
  const folder = path.join(temporary.folder, String(cases++))
  const origin = path.join(folder, 'origin')
  mkdirSync(origin, { recursive: true })
  const names = makeHistory(origin, commits)
  const github = await startGitHub({ repository: path.join(origin, '.git'), owner: 'pangeo', name: 'images' })
  const store = createStore()
  let runs = 0
  const run = async (event: string, [from, to]: readonly [number | null, number], fate: Fate) => {
    const sha = names[to] ?? ''
    const cwd = story.shallow ? path.join(folder, `clone-${runs++}`) : origin
    mkdirSync(cwd, { recursive: true })
    if (story.shallow) shallowClone(origin, cwd, sha)
    else gitIn(cwd, 'checkout', '--quiet', '--force', '--detach', sha)
    const file = path.join(folder, 'event.json')
    const before = from === null ? '0'.repeat(40) : names[from]
    writeFileSync(file, JSON.stringify(createPayload({ ref: 'refs/heads/main', before, after: sha })))
    const host = createHost({
      cwd,
      env: { ...process.env, GITHUB_API_URL: github.apiUrl },
      event: { name: event, path: file, ref: 'refs/heads/main', sha, base: null, head: null },
    })
    const inputs = createInputs({ registry: [prefix], githubToken: 'ghs_0' })
    return await fakeRun({ inputs, host, store, fate, own: ownContents(states[to] as State, nothing) })
  }
  try {
    let late: (readonly [number | null, number])[] = []
    for (const [at, step] of [{ fate: 'green', again: null } as const, ...story.steps].entries()) {
      const span = [at === 0 ? null : (heads[at - 1] ?? null), heads[at] ?? 0] as const
      gitIn(origin, 'update-ref', 'refs/heads/main', names[span[1]] ?? '')
      const judge = (green: boolean) => {
        seen[green ? 'green' : 'red'] += 1
        if (green) expectPublished(store, states[span[1]] as State, names[span[1]] ?? '')
      }
      if (typeof step.fate === 'object' || step.fate === 'green') judge(await run('push', span, step.fate))
      if (step.again) judge(await run(step.again, span, 'green'))
      // Runs of earlier pushes that end only now.
      for (const other of late) {
        const branch = [...store.tags].filter(([tag]) => tag.endsWith(':main'))
        await run('push', other, 'green')
        seen.late += 1
        if (other[1] !== span[1]) expect([...store.tags].filter(([tag]) => tag.endsWith(':main'))).toEqual(branch)
      }
      late = step.fate === 'late' ? [span] : []
    }
  } finally {
    await github.stop()
  }
}

describe('any sequence of pushes to one branch', () => {
  it('leaves the content of the branch’s head under its tags, wherever a run is green', async () => {
    const seen = { green: 0, red: 0, late: 0 }
    const property = fc.asyncProperty(anyStory, (story) => {
      running = tell(story, seen)
      return running
    })
    await fc.assert(property, {
      seed: Number(process.env.SEED ?? 1),
      numRuns: Number(process.env.RUNS ?? 25),
      interruptAfterTimeLimit: Number(process.env.RUN_SECONDS ?? 60) * 1000,
      markInterruptAsFailure: false,
    })

    expect(Math.min(seen.green, seen.red, seen.late)).toBeGreaterThan(0)
  })
})
