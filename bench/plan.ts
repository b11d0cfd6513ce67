import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { alternate } from './alternate.ts'
import { makeGeneratedRepository } from './git-repository.ts'
import { median, rounded } from './statistics.ts'
import { timed } from './timed.ts'
import type { Benchmark, Measurement } from './types.ts'

const cli = path.join(import.meta.dirname, '../dist/cli.js')
const planArgs = ['plan', '--base', 'HEAD~1', '--format', 'json', '--quiet']
const command = `node dist/cli.js ${planArgs.join(' ')}`
const images = 1000
const changed = 40

type Say = (line: string) => void

/** How long a plan of a thousand images takes, with ten thousand and with a hundred thousand files. */
export const plan: Benchmark = {
  name: 'plan',
  measure: async (say) => [
    ...(await inRepository(10, say, measureSmall)),
    ...(await inRepository(100, say, measureLarge)),
  ],
}

async function inRepository(
  filesPerImage: number,
  say: Say,
  measure: (dir: string) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-plan-'))
  try {
    say(`  making ${images} images with ${images * filesPerImage} files`)
    await makeGeneratedRepository(dir, { images, filesPerImage }, changed)
    return await measure(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function measureSmall(dir: string): Promise<Measurement[]> {
  const { node, imports, git, ours } = await alternate(
    {
      node: () => wall(process.execPath, ['-e', '0'], dir),
      imports: () => wall(process.execPath, [cli, '--help'], dir),
      git: () => wall('git', ['status', '--porcelain', '--untracked-files=all'], dir),
      ours: () => wall(process.execPath, [cli, ...planArgs], dir),
    },
    { runs: 11, warmUps: 2 },
  )
  const parts = `Of it, Node and imports ${rounded(median(imports))} ms; \`git status\` alone ${rounded(median(git))} ms.`
  return [
    {
      name: 'plan-1000',
      title: 'Plan of 1,000 images, 10,000 files',
      unit: 'ms',
      ours,
      peer: { name: '`node -e 0`', sample: node },
      goal: { of: 'over', max: 200 },
      command,
      note: `${changed} files changed. ${parts}`,
    },
  ]
}

async function measureLarge(dir: string): Promise<Measurement[]> {
  const { git, ours } = await alternate(
    {
      git: () => wall('git', ['status', '--porcelain', '--untracked-files=all'], dir),
      ours: () => wall(process.execPath, [cli, ...planArgs], dir),
    },
    { runs: 5, warmUps: 1 },
  )
  const peaks = [await peakMemory(dir), await peakMemory(dir), await peakMemory(dir)]
  return [
    {
      name: 'plan-1000-100k',
      title: 'Plan of 1,000 images, 100,000 files',
      unit: 'ms',
      ours,
      peer: { name: '`git status`', sample: git },
      goal: { of: 'value', max: 1000 },
      command,
    },
    {
      name: 'plan-1000-100k-memory',
      title: 'The same, peak memory',
      unit: 'MB',
      ours: peaks,
      peer: null,
      goal: { of: 'value', max: 300 },
      command,
      note: 'Resident memory of Node; git’s own processes not counted.',
    },
  ]
}

async function wall(file: string, args: readonly string[], cwd: string): Promise<number> {
  return (await timed({ file, args, cwd })).ms
}

/** Peak resident memory of a plan, MB. */
async function peakMemory(cwd: string): Promise<number> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-peak-'))
  const peak = path.join(temp, 'peak')
  const hook = path.join(import.meta.dirname, 'peak-memory.ts')
  try {
    const args = ['--import', hook, cli, ...planArgs]
    await timed({ file: process.execPath, args, cwd, env: { ...process.env, BENCH_PEAK_FILE: peak } })
    return (Number(await readFile(peak, 'utf8')) * 1024) / 1e6
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}
