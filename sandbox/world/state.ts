import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionError } from '../../src/errors.ts'
import { removeNetwork } from './network.ts'
import { listProcesses, readProcess, stopProcess } from './processes.ts'
import { run } from './run.ts'

/** What is noted of a running world, so that another process finds it. */
export interface WorldState {
  readonly registries: readonly { readonly address: string; readonly log: string; readonly offset: number }[]
  readonly builder: string
  readonly buildkit: string
  readonly channel: string | null
  readonly env: Readonly<Record<string, string>>
}

/** The state of the world in a folder; null where none runs. */
export async function readState(dir: string): Promise<WorldState | null> {
  if (!readProcess(dir, 'buildkitd')) return null
  const text = await readFile(join(dir, 'world.json'), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as WorldState)
}

/** Note a running world. */
export async function writeState(dir: string, state: WorldState): Promise<void> {
  await writeFile(join(dir, 'world.json'), `${JSON.stringify(state, null, 2)}\n`)
}

/** Make the folder of a new world; what a world that died left there is cleared first. Refuses a folder of others. */
export async function makeFolder(dir: string): Promise<void> {
  const entries = await readdir(dir).catch((): string[] => [])
  if (entries.length > 0 && !entries.includes(marker)) {
    throw new ActionError('input', `${dir} is not empty and holds no world`, [
      'Name an empty folder or one that does not exist.',
    ])
  }
  if (entries.length > 0) await clearFolder(dir, false)
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, marker), 'A folder of the sandbox: it is removed when its world stops.\n')
}

/** Whether a folder is one that `makeFolder` made. */
export async function isWorldFolder(dir: string): Promise<boolean> {
  return (await readdir(dir).catch((): string[] => [])).includes(marker)
}

/**
 * End every process that has a pid file in the folder, engines first, undo their mounts and networks, and remove the folder
 * (or, with `keep`, leave its files).
 */
export async function clearFolder(dir: string, keep: boolean): Promise<void> {
  for (const engine of await enginesIn(dir)) await clearFolder(engine, keep)
  for (const name of listProcesses(dir).toSorted(byEnd)) await stopProcess(dir, name)
  await removeNetwork(dir)
  for (const point of (await mountsBelow(dir)).toReversed()) await run('umount', ['--lazy', point])
  await rm(join(dir, 'world.json'), { force: true })
  if (!keep) await rm(dir, { recursive: true, force: true })
}

const marker = '.buildx-action-world'

async function enginesIn(dir: string): Promise<string[]> {
  const names = (await readdir(dir)).filter((name) => name.startsWith('engine-'))
  return names.map((name) => join(dir, name))
}

/** Registries last: BuildKit may be pushing. */
function byEnd(a: string, b: string): number {
  return Number(a.startsWith('registry')) - Number(b.startsWith('registry'))
}

/** Mount points inside of a folder, in the order in which they were made. Octal escapes stand for blanks. */
async function mountsBelow(dir: string): Promise<string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n')
  const points = lines.map((line) => (line.split(' ')[4] ?? '').replace(/\\040/g, ' '))
  return points.filter((point) => point.startsWith(`${dir}/`))
}
