import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import fc from 'fast-check'
import { startGitHub } from '../../sandbox/github/server.ts'
import { detect, readEvent, type Source } from '../../src/steps/detect.ts'
import { createPayload, pullRequestPayload } from '../helpers/events.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createTemporary, type Temporary } from '../helpers/temporary.ts'
import { gitIn, type ModelCommit, makeHistory, shallowClone } from './history.ts'
import { contents, hasLinks, hasOtherLocks, hasOtherSpec } from './oracle.ts'
import { anyEdit, anyState, prefix, rendered, type State } from './stack-model.ts'

jest.setTimeout(600_000)

let temporary: Temporary
let runs = 0
beforeAll(async () => {
  temporary = await createTemporary()
})
afterAll(async () => await temporary[Symbol.asyncDispose]())

/** A commit of a random history: on which ones it stands, whose files it keeps, and what it does to them. */
const anyCommit = fc.record({
  parent: fc.nat(),
  second: fc.option(fc.nat(), { freq: 3 }),
  theirs: fc.boolean(),
  edits: fc.array(anyEdit, { minLength: 1, maxLength: 4 }),
})

const anyHistory = fc.tuple(anyState, fc.array(anyCommit, { minLength: 2, maxLength: 7 })).map(([first, commits]) => {
  const states: State[] = [first]
  const made: ModelCommit[] = [{ parents: [], files: rendered(first) }]
  for (const { parent, second, theirs, edits } of commits) {
    const parents = [...new Set([parent % states.length, ...(second === null ? [] : [second % states.length])])]
    const kept = states[parents[theirs ? parents.length - 1 : 0] ?? 0] as State
    const state = edits.reduce((before, edit) => edit(before), kept)
    states.push(state)
    made.push({ parents, files: rendered(state) })
  }
  return { states, commits: made }
})

/** An event on a random pair of commits, by their places. */
const anyOccasion = fc.record({
  event: fc.constantFrom('push', 'push', 'merge_group', 'pull_request', 'pull_request_target'),
  base: fc.nat(),
  head: fc.nat(),
})

interface Case {
  readonly cwd: string
  readonly event: string
  readonly base: string
  readonly head: string
  readonly apiUrl?: string
}

async function detected({ cwd, event, base, head, apiUrl }: Case): Promise<Source> {
  const file = path.join(temporary.folder, `event-${runs}.json`)
  writeFileSync(file, JSON.stringify(payloadOf(event, base, head)))
  const host = createHost({
    cwd,
    env: { ...process.env, ...(apiUrl ? { GITHUB_API_URL: apiUrl } : {}) },
    event: { name: event, path: file, ref: 'refs/heads/main', sha: head, base: null, head: null },
  })
  const inputs = createInputs({ registry: [prefix], githubToken: apiUrl ? 'ghs_0' : '' })
  return await detect({ trigger: await readEvent({ inputs, host }), inputs, host })
}

function payloadOf(event: string, base: string, head: string): unknown {
  if (event === 'push') return createPayload({ ref: 'refs/heads/main', before: base, after: head })
  if (event === 'merge_group') return createPayload({ merge_group: { base_sha: base, head_sha: head } })
  const sides = { head: { ref: 'x', sha: head, repo: { id: 1 } }, base: { ref: 'main', sha: base, repo: { id: 1 } } }
  return pullRequestPayload({ id: 1 }, sides)
}

/** Two commits that are not the same one. */
function pair(base: number, head: number, length: number): [number, number] {
  const to = head % length
  return [(to + 1 + (base % (length - 1))) % length, to]
}

/** Images of the head whose contents are not what they were at the base. */
function oracle(base: State | undefined, head: State): string[] {
  const before = base ? contents(base, head) : new Map<string, string>()
  return [...contents(head)]
    .filter(([name, text]) => before.get(name) !== text)
    .map(([name]) => name)
    .sort()
}

/** What is built of these: spec.yml skips some, whose children are built all the same. */
function built(names: readonly string[], { images }: State): string[] {
  return names.filter((name) => !images[name]?.skip).sort()
}

function judge(source: Source, history: { states: State[]; names: string[] }, head: number): 'exact' | 'more' | 'all' {
  const { states, names } = history
  const found = [...source.changed.keys()].sort()
  const { base, complete } = source.changes
  const state = states[head] as State
  if (!complete) {
    expect(found).toEqual(built(Object.keys(state.images), state))
    return 'all'
  }
  const before = states[names.indexOf(base ?? '')]
  expect(before).toBeDefined()
  const truth = built(oracle(before, state), state)
  expect(found).toEqual(expect.arrayContaining(truth))
  if (!before || hasLinks(state) || hasLinks(before) || hasOtherLocks(before, state) || hasOtherSpec(before, state))
    return 'more'
  expect(found).toEqual(truth)
  return 'exact'
}

/**
 * A counterexample is made smaller for a while only: every step is a repository. The same cases each time, so that a change is
 * judged by what it changes; SEED, RUNS and RUN_SECONDS look further.
 */
const bounds = {
  seed: Number(process.env.SEED ?? 1),
  numRuns: Number(process.env.RUNS ?? 40),
  interruptAfterTimeLimit: Number(process.env.RUN_SECONDS ?? 30) * 1000,
  markInterruptAsFailure: false,
}

describe('what changed, against a full comparison of both trees', () => {
  const count = { exact: 0, more: 0, all: 0, none: 0 }

  it('by git, where the history is there', async () => {
    const property = fc.asyncProperty(
      anyHistory,
      fc.array(anyOccasion, { minLength: 4, maxLength: 4 }),
      async (history, occasions) => {
        const cwd = path.join(temporary.folder, `full-${runs++}`)
        mkdirSync(cwd)
        const names = makeHistory(cwd, history.commits)
        for (const { event, base, head } of occasions) {
          const [from, to] = pair(base, head, names.length)
          gitIn(cwd, 'checkout', '--quiet', '--force', '--detach', names[to] ?? '')
          const source = await detected({ cwd, event, base: names[from] ?? '', head: names[to] ?? '' })
          expect(source.changes.complete).toBe(true)
          count[judge(source, { ...history, names }, to)] += 1
          if (source.changed.size === 0) count.none += 1
        }
      },
    )
    await fc.assert(property, { ...bounds })
    expect(count.exact).toBeGreaterThan(0)
  })

  it('by GitHub, in a clone of depth 1', async () => {
    const seen = { exact: 0, more: 0, all: 0 }
    const property = fc.asyncProperty(anyHistory, anyOccasion, async (history, { event, base, head }) => {
      const cwd = path.join(temporary.folder, `whole-${runs++}`)
      const clone = path.join(temporary.folder, `shallow-${runs++}`)
      for (const folder of [cwd, clone]) mkdirSync(folder)
      const names = makeHistory(cwd, history.commits)
      const [from, to] = pair(base, head, names.length)
      shallowClone(cwd, clone, names[to] ?? '')
      const github = await startGitHub({ repository: path.join(cwd, '.git'), owner: 'pangeo', name: 'images' })
      try {
        const source = await detected({
          cwd: clone,
          event,
          base: names[from] ?? '',
          head: names[to] ?? '',
          apiUrl: github.apiUrl,
        })
        seen[judge(source, { ...history, names }, to)] += 1
      } finally {
        await github.stop()
      }
    })
    await fc.assert(property, { ...bounds })
    expect(seen.exact).toBeGreaterThan(0)
  })
})
