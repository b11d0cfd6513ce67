import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startChannel } from '../sandbox/conda/index.ts'
import { loadChannelData } from '../sandbox/conda/repodata.ts'
import { createRequest, createSpec, environments, keepOf, readSpecs } from '../sandbox/conda/requests.ts'
import { grownChannel } from '../sandbox/conda/scale.ts'
import { serveFolder } from '../sandbox/conda/static.ts'
import type { CondaRecord, SolveRequest } from '../src/lock/types.ts'
import { createSolver } from '../src/tools/solve/solver.ts'
import { alternate } from './alternate.ts'
import { aged, edited, edits } from './locks-edits.ts'
import { measureFresh } from './locks-fresh.ts'
import { emptyStore, type LocksQuestion, type LocksRun, type LocksSide, solveLocks, storeSize } from './locks-sides.ts'
import { median } from './statistics.ts'
import type { Benchmark, Measurement } from './types.ts'

const peerName = 'py-rattler 0.28, one gateway for all'
const command = 'node bench/locks-ours.ts TASK.json'
const condaLock = process.env.CONDA_EXE
  ? 'conda-lock is not measured here'
  : 'conda-lock was not measured: CONDA_EXE names no conda'

type Say = (line: string) => void

/** How long pangeo's locks take from a channel of conda-forge's size, what is kept of it, and how little an edit changes. */
export const locks: Benchmark = {
  name: 'locks',
  measure: async (say) => [...(await inChannel(say)), await measureFresh(), await measureMinimal(say)],
}

async function inChannel(say: Say): Promise<Measurement[]> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-locks-'))
  try {
    say('  a channel of 526,000 packages: made the first time')
    await using channel = await serveFolder(await grownChannel())
    const requests = await Promise.all(Object.keys(environments).map(requestOf))
    const question = { temp, url: channel.url, store: 'main', requests }
    return [...(await measureAll(question, say)), await measureOne(question, say)]
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}

async function requestOf(image: string): Promise<SolveRequest> {
  return createRequest([], { specs: await readSpecs(image) })
}

/** The four locks, without and with what an earlier run kept, and the memory and disk that they take. */
async function measureAll(question: LocksQuestion, say: Say): Promise<Measurement[]> {
  const peaks: Record<LocksSide, number[]> = { ours: [], peer: [] }
  const last = {} as Record<LocksSide, LocksRun>
  const solve = async (side: LocksSide) => {
    const run = await solveLocks(side, question)
    peaks[side].push(run.peak)
    last[side] = run
    return run
  }
  const cold = async (side: LocksSide) => {
    await emptyStore(side, question)
    return (await solve(side)).ms / 1000
  }
  const warm = async (side: LocksSide) => (await solve(side)).ms / 1000
  const sides = (one: typeof cold) => ({ ours: () => one('ours'), peer: () => one('peer') })
  const first = await alternate(sides(cold), { runs: 3, warmUps: 0, say })
  const second = await alternate(sides(warm), { runs: 5, warmUps: 0, say })
  const note = `${sameAs(last.ours, last.peer)} ${condaLock}.`
  const sizes = { ours: [await storeSize('ours', question)], peer: [await storeSize('peer', question)] }
  const row = (name: string, title: string, sample: Record<LocksSide, readonly number[]>) => ({
    name,
    title,
    ours: sample.ours,
    peer: { name: peerName, sample: sample.peer },
    command,
  })
  return [
    { ...row('locks-cold', 'Four pangeo locks, empty store', first), unit: 's', goal: { of: 'ratio', max: 1 }, note },
    { ...row('locks-warm', 'The same, store of an earlier run', second), unit: 's', goal: { of: 'ratio', max: 1 } },
    {
      ...row('locks-memory', 'The same, peak memory of all processes', peaks),
      unit: 'MB',
      goal: { of: 'value', max: 800 },
    },
    { ...row('locks-store', 'What is kept of the channel', sizes), unit: 'MB', goal: { of: 'value', max: 60 } },
  ]
}

function sameAs(ours: LocksRun, peer: LocksRun): string {
  const counts = ours.answers.map((answer) => answer.length).join(', ')
  const different = ours.answers.map((answer, at) => answer.filter((one) => !peer.answers[at]?.includes(one)).length)
  const all = different.every((count) => count === 0)
  return `${counts} packages; ${all ? 'the same ones as the peer’s' : `${different.join(', ')} of them others than the peer’s`}.`
}

/** One name more in an environment that has a lock, against the solve alone of the same environment without one. */
async function measureOne({ requests, ...question }: LocksQuestion, say: Say): Promise<Measurement> {
  const [, pangeo] = requests
  if (!pangeo) throw new Error('there is no request for pangeo-notebook')
  const fresh = { ...question, requests: [pangeo] }
  const locked = (await solveLocks('ours', fresh)).answers[0] ?? []
  const specs = [...pangeo.specs, createSpec('polars')]
  const edit = { ...question, requests: [{ ...pangeo, specs, keep: keepOf(locked.map(recordOf)) }] }
  const { ours, peer } = await alternate(
    {
      ours: async () => (await solveLocks('ours', edit)).ms / 1000,
      peer: async () => (await solveLocks('ours', fresh)).ms / 1000,
    },
    { runs: 5, warmUps: 0, say },
  )
  return {
    name: 'locks-one-package',
    title: 'One package added to pangeo-notebook’s lock',
    unit: 's',
    ours,
    peer: { name: 'the bare solve of the environment', sample: peer },
    goal: { of: 'ratio', max: 1.5 },
    command,
  }
}

/** As much of a record as an old lock has. */
function recordOf(place: string): CondaRecord {
  const name = /([^/]+)-[^-]+-[^-]+$/.exec(place)?.[1] ?? ''
  const url = `https://conda.anaconda.org/conda-forge/${place}`
  const none = {
    version: '',
    build: '',
    buildNumber: 0,
    subdir: '',
    md5: null,
    sha256: null,
    size: null,
    timestamp: null,
  }
  return { ...none, name, url, depends: [], constrains: [] }
}

/** Twenty edits of one line, with the lock of some weeks ago as it would be kept, and solved anew. */
async function measureMinimal(say: Say): Promise<Measurement> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-edits-'))
  const data = await loadChannelData()
  const [before, now] = [await startChannel({ data: aged(data) }), await startChannel({ data })]
  try {
    const images = [...new Set(edits.map(({ image }) => image))]
    const environments = await Promise.all(images.map(requestOf))
    const solved = await solveAll(before.url, path.join(temp, 'before'), environments)
    const old = new Map(images.map((image, at) => [image, { request: environments[at]!, lock: solved[at]! }]))
    const changed = edits.map((edit) => {
      const { request, lock } = old.get(edit.image)!
      return { edit, lock, request: { ...request, specs: edited(request.specs, edit) } }
    })
    const keeping = changed.map(({ request, lock }) => ({ ...request, keep: keepOf(lock) }))
    // The solver reads the channel once for all of them.
    const answers = await solveAll(now.url, path.join(temp, 'now'), [...keeping, ...changed.map((one) => one.request)])
    const counts = changed.map(({ edit, lock }, at) => ({
      edit,
      ours: changesBeyond(edit.text, lock, answers[at]!),
      peer: changesBeyond(edit.text, lock, answers[edits.length + at]!),
    }))
    for (const { edit, ours, peer } of counts) say(`  ${edit.image} ${edit.kind} ${edit.text}: ${ours}, anew ${peer}`)
    const [ours, peer] = [counts.map((one) => one.ours), counts.map((one) => one.peer)]
    return {
      name: 'locks-minimal',
      title: 'Packages that change beyond the one that an edit names',
      unit: 'packages',
      ours,
      peer: { name: 'a fresh solve', sample: peer },
      goal: { of: 'value', max: 3 },
      command: 'make bench ONLY=locks',
      note: `${edits.length} edits of one line (bench/locks-edits.ts), most changes ${Math.max(...ours)}; fresh solves change ${median(peer)}.`,
    }
  } finally {
    await Promise.all([before.stop(), now.stop()])
    await rm(temp, { recursive: true, force: true })
  }
}

async function solveAll(url: string, folder: string, requests: readonly SolveRequest[]) {
  const mirrors = new Map([['conda-forge', url]])
  const { signal } = new AbortController()
  const answers = await createSolver({ folder, mirrors, env: {}, signal, warn: () => {} }).solve(requests)
  return answers.map((answer): readonly CondaRecord[] => {
    if (answer instanceof Error) throw answer
    return answer
  })
}

function changesBeyond(text: string, from: readonly CondaRecord[], to: readonly CondaRecord[]): number {
  const named = createSpec(text).name
  const old = new Map(from.map((record) => [record.name, record.url]))
  return to.filter(({ name, url }) => name !== named && old.has(name) && old.get(name) !== url).length
}
