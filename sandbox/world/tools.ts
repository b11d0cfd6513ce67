import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionError } from '../../src/errors.ts'
import { ensureCommand } from './debian.ts'
import { withLock } from './lock.ts'
import { cacheDir } from './paths.ts'
import { run } from './run.ts'
import { type Recipe, recipes, type ToolName } from './versions.ts'

const here = import.meta.dirname
/** The names of all tools. */
export const toolNames = Object.keys(recipes) as readonly ToolName[]

const checked = new Map<string, Promise<string>>()

/**
 * The path of a tool, built on first use and kept in the cache under its version. Its checksum is compared with the
 * one noted when it was built, once a process; a damaged one is built again.
 */
export function tool(name: ToolName): Promise<string> {
  const known = checked.get(name) ?? provide(name)
  checked.set(name, known)
  known.catch(() => checked.delete(name))
  return known
}

/** Whether there is a tool of that name. */
export function isTool(name: string): name is ToolName {
  return Object.hasOwn(recipes, name)
}

/** A short text that changes whenever the tool would be built otherwise: for the keys of what is made with it. */
export async function toolKey(name: ToolName): Promise<string> {
  const recipe: Recipe = recipes[name]
  const hash = createHash('sha256').update(JSON.stringify(recipe))
  if (recipe.kind === 'module') hash.update(await readFile(join(here, 'go/buildkit/go.sum')))
  if (recipe.kind === 'pip') hash.update(await readFile(join(here, `python/${name}.txt`)))
  return `${name}-${recipe.version}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 8)}`
}

async function provide(name: ToolName): Promise<string> {
  const folder = join(cacheDir(), 'tools', await toolKey(name))
  const path = join(folder, 'bin', name)
  return await withLock(folder, async () => {
    if (await isIntact(folder, path)) return path
    process.stderr.write(`sandbox: making ${name} ${recipes[name].version} …\n`)
    await mkdir(join(cacheDir(), 'tools'), { recursive: true })
    const fresh = await mkdtemp(`${folder}.`)
    try {
      await build(name, recipes[name], fresh)
      await writeFile(join(fresh, 'sha256'), await checksum(join(fresh, 'bin', name)))
      await rm(folder, { recursive: true, force: true })
      await rename(fresh, folder)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
    return path
  })
}

async function isIntact(folder: string, path: string): Promise<boolean> {
  const noted = await readFile(join(folder, 'sha256'), 'utf8').catch(() => null)
  return noted !== null && noted === (await checksum(path).catch(() => ''))
}

async function checksum(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

async function build(name: ToolName, recipe: Recipe, folder: string): Promise<void> {
  if (recipe.kind === 'pip') return await installPython(name, folder)
  const go = await findGo()
  const bin = join(folder, 'bin')
  // Static binaries, so that they run in any image; GOFLAGS of the machine would change what is built.
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOBIN: bin }
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', `-s -w ${recipe.flags}`.trim()]
  if (recipe.kind === 'go') await run(go, ['install', ...flags, `${recipe.package}@${recipe.version}`], { env })
  else
    await run(
      go,
      ['build', '-C', join(here, 'go/buildkit'), '-mod=readonly', ...flags, '-o', `${bin}/`, recipe.package],
      { env },
    )
}

async function findGo(): Promise<string> {
  const go = await ensureCommand('go')
  const version = await run(go, ['env', 'GOVERSION'])
  const [, minor] = /^go1\.(\d+)/.exec(version) ?? []
  if (Number(minor) >= 21) return go
  throw new ActionError('builder', `${go} is ${version.trim()}, too old to fetch the toolchain that the tools need`, [
    'Install Go 1.21 or newer and put it first on PATH.',
  ])
}

/** The wheels hold programs, no Python: a folder is enough, no virtual environment is needed. */
async function installPython(name: ToolName, folder: string): Promise<void> {
  const python = await ensureCommand('python3')
  const target = join(folder, 'packages')
  const requirements = join(here, `python/${name}.txt`)
  const pip = ['-m', 'pip', 'install', '-q', '--require-hashes', '--no-deps', '--only-binary', ':all:']
  await run(python, [...pip, '--target', target, '-r', requirements])
  await rename(join(target, 'bin'), join(folder, 'bin'))
}
