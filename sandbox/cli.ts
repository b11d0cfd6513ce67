import { parseArgs } from 'node:util'
import { ActionError, messageOf } from '../src/errors.ts'
import { findWorld, startWorld, type World } from './world/index.ts'

const usage = 'usage: node sandbox/cli.ts up|down|status|env [--name NAME | --dir DIR] [--keep]'

interface Flags {
  name?: string
  dir?: string
  keep?: boolean
}

const commands: Record<string, (flags: Flags) => Promise<number>> = {
  up: async (flags) => print(describe(await startWorld({ ...flags, background: true }))),
  status: async (flags) => {
    const world = await findWorld(flags)
    return world ? print(describe(world)) : print('no world runs', 1)
  },
  env: async (flags) => {
    const world = await findWorld(flags)
    return world ? print(exports(world)) : print('echo "no world runs" >&2; false', 1)
  },
  down: async (flags) => {
    await (await findWorld(flags))?.stop()
    return 0
  },
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const details = error instanceof ActionError ? error.details : []
  process.stderr.write([messageOf(error), ...details, ''].join('\n'))
  process.exitCode = 1
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: 'string' }, dir: { type: 'string' }, keep: { type: 'boolean' } },
  })
  const command = commands[positionals[0] ?? '']
  if (positionals.length === 1 && command) return await command(values)
  process.stderr.write(`${usage}\n`)
  return 2
}

function describe(world: World): string {
  const lines = [`registry  ${world.registries.join(' ')}`, `builder   ${world.builder}`, `buildkit  ${world.buildkit}`]
  return [...lines, `folder    ${world.dir}`, 'environment: eval "$(node sandbox/cli.ts env)"'].join('\n')
}

/** The variables that differ from this process's own, as shell commands. */
function exports(world: World): string {
  const all = { ...world.env, SANDBOX_REGISTRY: world.registry, BUILDX_BUILDER: world.builder }
  const changed = Object.entries(all).filter(([name, value]) => process.env[name] !== value)
  return changed.map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`).join('\n')
}

function print(text: string, code = 0): number {
  process.stdout.write(`${text}\n`)
  return code
}
