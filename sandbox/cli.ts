import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ActionError, messageOf } from '../src/errors.ts'
import { micromambaImage } from './conda/micromamba.ts'
import {
  bootDockerContainerImage,
  findWorld,
  isTool,
  startEngine,
  startWorld,
  stopWorld,
  tool,
  toolNames,
  type World,
} from './world/index.ts'

const usage = `usage: node sandbox/cli.ts up|down|status|env [--name NAME | --dir DIR]
       node sandbox/cli.ts tool ${toolNames.join('|')}
       node sandbox/cli.ts prepare
  up      start the world, or find it running; --bare leaves the conda channel and micromamba's image out
  down    end it and remove its folder; --keep leaves logs and state
  env     print its environment: eval "$(node sandbox/cli.ts env)"
  tool    make a tool if need be and print its path
  prepare make all that end-to-end tests find ready: tools, base images, an engine`

interface Flags {
  name?: string
  dir?: string
  keep?: boolean
  bare?: boolean
}

const commands: Record<string, (flags: Flags, argument?: string) => Promise<number>> = {
  up: async ({ bare, ...flags }) => {
    const parts = bare ? {} : { channel: true, images: [await micromambaImage()] }
    return print(describe(await startWorld({ ...flags, ...parts, background: true })))
  },
  down: async (flags) => {
    await stopWorld(flags)
    return 0
  },
  status: async (flags) => {
    const world = await findWorld(flags)
    return world ? print(describe(world)) : print('no world runs', 1)
  },
  env: async (flags) => {
    const world = await findWorld(flags)
    return world ? print(exports(world)) : print('echo "no world runs" >&2; false', 1)
  },
  prepare: async () => {
    await prepare()
    return 0
  },
  tool: async (_, name = '') => (isTool(name) ? print(await tool(name)) : fail()),
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const details = error instanceof ActionError ? error.details : []
  process.stderr.write([messageOf(error), ...details, ''].join('\n'))
  process.exitCode = 1
}

async function main(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { name: text, dir: text, keep: flag, bare: flag }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [name = '', ...rest] = positionals
  const command = commands[name]
  if (!command || rest.length !== (name === 'tool' ? 1 : 0)) return fail()
  return await command(values, ...rest)
}

/** Tools side by side: much of their time is that of downloads. Then what is made with them, by a world that is ended. */
async function prepare(): Promise<void> {
  const names = ['buildx', 'registry', 'buildkitd', 'buildctl', 'dockerfile-frontend', 'act'] as const
  await Promise.all(names.map((name) => tool(name)))
  const dir = await mkdtemp(path.join(tmpdir(), 'bxa-prepare-'))
  try {
    const world = await startWorld({ dir: path.join(dir, 'world'), channel: true, images: [await micromambaImage()] })
    const engine = await startEngine(world, { containerd: false })
    await bootDockerContainerImage(engine, world)
    await engine.stop()
    await world.stop()
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function describe(world: World): string {
  const parts = Object.entries(world.processes()).map(([name, pid]) => `${name} (${pid})`)
  const lines = [
    `registry   ${world.registries.join(' ')}`,
    `builder    ${world.builder}`,
    `buildkit   ${world.buildkit}`,
    `channel    ${world.channel ?? 'none'}`,
    `processes  ${parts.join(' ')}`,
    `folder     ${world.dir}`,
  ]
  return lines.join('\n')
}

/** The variables that differ from this process's own, as shell commands. */
function exports(world: World): string {
  const own = { SANDBOX_REGISTRY: world.registry, ...(world.channel ? { SANDBOX_CHANNEL: world.channel } : {}) }
  const changed = Object.entries({ ...world.env, ...own }).filter(([name, value]) => process.env[name] !== value)
  return changed.map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`).join('\n')
}

function print(text: string, code = 0): number {
  process.stdout.write(`${text}\n`)
  return code
}

function fail(): number {
  process.stderr.write(`${usage}\n`)
  return 2
}
