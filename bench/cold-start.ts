import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { alternate } from './alternate.ts'
import { timed } from './timed.ts'
import type { Benchmark, Goal, Measurement } from './types.ts'

const dist = path.join(import.meta.dirname, '../dist')
const goal: Goal = { of: 'over', max: 80 }

/** How long Node takes to load what users run, over what it takes to start at all. */
export const coldStart: Benchmark = { name: 'cold-start', measure }

async function measure(say: (line: string) => void): Promise<readonly Measurement[]> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-cold-start-'))
  // The event file that is not there ends the run after all imports and inputs, before git or the network.
  const env = actionEnv(temp)
  const node = (args: readonly string[], status = 0) => timed({ file: process.execPath, args, cwd: temp, env, status })
  try {
    const samples = await alternate(
      {
        node: async () => (await node(['-e', '0'])).ms,
        index: async () => (await node([path.join(dist, 'index.js')], 1)).ms,
        help: async () => (await node([path.join(dist, 'cli.js'), '--help'])).ms,
      },
      { runs: 21, warmUps: 3 },
    )
    say(`  21 runs of each`)
    const peer = { name: '`node -e 0`', sample: samples.node }
    const common = { unit: 'ms', peer, goal } as const
    const command = 'node dist/index.js'
    const note = 'Ends where the event file cannot be read: all imports done, inputs read.'
    return [
      { ...common, name: 'cold-start', title: 'Cold start of the action', ours: samples.index, command, note },
      {
        ...common,
        name: 'cold-start-cli',
        title: 'Cold start of the command line',
        ours: samples.help,
        command: 'node dist/cli.js --help',
      },
    ]
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}

function actionEnv(temp: string): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(GITHUB|INPUT|RUNNER|NODE)_/.test(name))
  return {
    ...Object.fromEntries(inherited),
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: temp,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: path.join(temp, 'event.json'),
  }
}
