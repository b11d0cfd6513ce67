import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { contentHash } from '../../src/lock/content-hash.ts'
import { makeLockSpec } from '../../src/lock/lock-spec.ts'
import { readLockMetadata } from '../../src/lock/read-lock.ts'
import { recipes } from '../../src/lock/recipes.ts'
import { readVirtualPackages } from '../../src/lock/virtual-packages.ts'

/**
 * Lets the environments in the folders below `images` name the sandbox's channel instead of conda-forge, and gives their locks
 * the content hashes that then hold: they are fresh, and what is solved anew is built from the same place.
 */
export async function nameChannel(images: string, channelUrl: string): Promise<void> {
  const folders = (await readdir(images, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const having = async (file: string) => {
    const found = await Promise.all(
      folders.map(async ({ name }) => ((await readdir(join(images, name))).includes(file) ? [name] : [])),
    )
    return found.flat()
  }
  for (const name of await having('environment.yml'))
    await edit(join(images, name, 'environment.yml'), (text) => text.replace('- conda-forge', `- ${channelUrl}`))
  for (const name of await having('conda-lock.yml')) await rehash(images, name, channelUrl)
}

async function rehash(images: string, name: string, channelUrl: string): Promise<void> {
  const lock = join(images, name, 'conda-lock.yml')
  const { platforms, sources } = readLockMetadata(await readFile(lock, 'utf8'))
  const files = await Promise.all(
    sources.map(async (source) => {
      const file = posix.join(name, source)
      return { file, text: await readFile(join(images, file), 'utf8') }
    }),
  )
  const machine = 'virtual-packages.yml'
  const text = await readFile(join(images, name, machine), 'utf8').catch(() => null)
  const virtualPackages = text === null ? null : readVirtualPackages({ file: machine, text })
  const spec = makeLockSpec({ files, platforms, virtualPackages })
  const hashOf = (platform: string) => contentHash(spec, platform, recipes[0]!)
  await edit(lock, (before) =>
    platforms.reduce(
      (now, platform) =>
        now.replace(new RegExp(`^( +${platform}: )[0-9a-f]{64}$`, 'm'), (_, key: string) => key + hashOf(platform)),
      before.replace('- url: conda-forge', `- url: ${channelUrl}`),
    ),
  )
  for (const platform of platforms)
    await edit(join(images, name, `conda-${platform}.lock`), (before) =>
      before.replace(/^(# input_hash: ).*$/m, (_, key: string) => key + hashOf(platform)),
    )
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text !== null) await writeFile(file, change(text))
}
