import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Payload } from '../../sandbox/github/events.ts'
import { startGitHub } from '../../sandbox/github/server.ts'
import type { GitHub } from '../../sandbox/github/types.ts'
import { type Decision, decide } from '../../src/steps/decide.ts'
import { detect, readEvent, type Source } from '../../src/steps/detect.ts'
import { createHost, type RecordingHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createTemporary } from '../helpers/temporary.ts'
import { createStore, type Store } from '../never-miss/fake-run.ts'
import { gitIn, makeHistory, shallowClone } from '../never-miss/history.ts'

/** The repository that the events are about, and a fork of it. */
export const repository = { owner: 'pangeo', name: 'images', id: 1, defaultBranch: 'main' }
export const fork = { owner: 'mallory', name: 'images', id: 2, defaultBranch: 'main', fork: true }

/** A commit of the scene: what it stands on, and the files that differ from its first parent's (null: removed). */
export interface SceneCommit {
  readonly on: readonly string[]
  readonly files: Readonly<Record<string, string | null>>
}

/** What a run is given. `at` names the commit that is checked out. */
export interface Occasion {
  readonly event: string
  readonly payload: Payload
  readonly at: string
  readonly ref?: string
  readonly depth?: 0 | 1
  readonly inputs?: Parameters<typeof createInputs>[0]
  /** Files of the work tree that no commit holds. */
  readonly dirty?: Readonly<Record<string, string>>
}

/** What came of it, up to the plan. */
export interface Planned {
  readonly source: Source
  readonly decision: Decision
  readonly host: RecordingHost
}

/** A repository behind a GitHub, and clones of it to run in. */
export interface Scene extends AsyncDisposable {
  readonly sha: Readonly<Record<string, string>>
  readonly store: Store
  readonly github: GitHub
  readonly git: (...args: readonly string[]) => string
  readonly plan: (occasion: Occasion) => Promise<Planned>
}

/** Opens a scene with these commits, in their order, by name. */
export async function openScene(commits: Readonly<Record<string, SceneCommit>>): Promise<Scene> {
  const temporary = await createTemporary()
  const origin = path.join(temporary.folder, 'origin')
  mkdirSync(origin)
  const names = Object.keys(commits)
  const trees: Record<string, string>[] = []
  for (const { on, files } of Object.values(commits)) {
    const before = trees[names.indexOf(on[0] ?? '')] ?? {}
    const entries = Object.entries({ ...before, ...files }).filter((entry) => entry[1] !== null)
    trees.push(Object.fromEntries(entries) as Record<string, string>)
  }
  const history = Object.values(commits).map(({ on }, at) => ({
    parents: on.map((name) => names.indexOf(name)),
    files: Object.fromEntries(Object.entries(trees[at] ?? {}).map(([file, text]) => [file, { mode: '100644', text }])),
  }))
  const made = makeHistory(origin, history)
  const sha = Object.fromEntries(names.map((name, at) => [name, made[at] ?? '']))
  const github = await startGitHub({ repository: path.join(origin, '.git'), owner: 'pangeo', name: 'images', id: 1 })
  const store = createStore()
  let runs = 0
  return {
    ...{ sha, store, github },
    git: (...args) => gitIn(origin, ...args),
    plan: async (occasion) => {
      runs += 1
      const folder = path.join(temporary.folder, String(runs))
      return await planned(occasion, { origin, folder, sha, store, github })
    },
    [Symbol.asyncDispose]: async () => {
      await github.stop()
      await temporary[Symbol.asyncDispose]()
    },
  }
}

interface Set extends Pick<Scene, 'sha' | 'store' | 'github'> {
  readonly origin: string
  readonly folder: string
}

async function planned(occasion: Occasion, { origin, folder, sha, store, github }: Set): Promise<Planned> {
  const { event, payload, at, ref = 'refs/heads/main', depth = 0, dirty = {} } = occasion
  const commit = sha[at] ?? ''
  const clone = path.join(folder, 'clone')
  mkdirSync(clone, { recursive: true })
  if (depth === 1) shallowClone(origin, clone, commit)
  else {
    gitIn(folder, 'clone', '--quiet', '--no-checkout', origin, 'clone')
    gitIn(clone, 'fetch', '--quiet', 'origin', 'refs/heads/*:refs/remotes/origin/*', commit)
    gitIn(clone, 'checkout', '--quiet', '--detach', commit)
  }
  for (const [file, text] of Object.entries(dirty)) writeFileSync(path.join(clone, file), text)
  const file = path.join(folder, 'event.json')
  writeFileSync(file, JSON.stringify(payload))
  const host = createHost({
    cwd: clone,
    env: { ...process.env, GITHUB_API_URL: github.apiUrl },
    event: { name: event, path: file, ref, sha: commit, base: null, head: null },
  })
  const inputs = createInputs({ registry: ['registry.test/team'], githubToken: 'ghs_0', ...occasion.inputs })
  const source = await detect({ trigger: await readEvent({ inputs, host }), inputs, host })
  return { source, decision: await decide({ source, inputs, host, registry: store }), host }
}
