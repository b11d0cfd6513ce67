import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { refuseForeignChannels } from '../../src/lock/allowed-channels.ts'
import { lockOutput, renderedOutput } from '../../src/lock/lock-output.ts'
import { makeLockSpec } from '../../src/lock/lock-spec.ts'
import { readLock } from '../../src/lock/read-lock.ts'

const images = new URL('../../images/', import.meta.url)
const folders = ['base-notebook', 'pangeo-notebook', 'ml-notebook']
const read = (path: string) => readFileSync(new URL(path.replace(/^images\//, ''), images), 'utf8')

describe('what is written for a lock', () => {
  it.each(folders)('of %s is what stands beside it, byte for byte', (folder) => {
    const path = `images/${folder}/conda-lock.yml`
    const names = readdirSync(new URL(folder, images))
    const files = lockOutput(readLock(read(path)), { path, names })
    expect(files.map((file) => file.path)).toEqual(
      ['conda-lock.yml', 'conda-linux-64.lock', 'packages.txt'].map((name) => `images/${folder}/${name}`),
    )
    for (const file of files) expect(file.text === read(file.path)).toBe(true)
  })

  const lock = readLock(read('images/base-notebook/conda-lock.yml'))
  const paths = (names: readonly string[]) =>
    renderedOutput(lock, { path: 'a/conda-lock.yml', names }).map((file) => file.path)

  it('is linux-64’s explicit lock where there is none yet', () => {
    expect(paths([])).toEqual(['a/conda-linux-64.lock', 'a/packages.txt'])
  })

  it('is every explicit lock that is there, and not one of a platform that the lock lacks', () => {
    expect(paths(['conda-osx-arm64.lock', 'conda-linux-64.lock', 'conda-win-64.lock'])).toEqual([
      'a/conda-linux-64.lock',
      'a/conda-osx-arm64.lock',
      'a/packages.txt',
    ])
  })
})

describe('allowed-channels', () => {
  const spec = (channels: readonly string[], ...dependencies: readonly string[]) =>
    makeLockSpec({
      files: [
        {
          file: 'a/environment.yml',
          text: `channels: [${channels.join(', ')}]\ndependencies:\n${dependencies.map((one) => `  - ${one}\n`).join('')}`,
        },
      ],
      platforms: ['linux-64'],
      virtualPackages: null,
    })

  it('takes a channel by its name and by its URL, and nodefaults', () => {
    const made = spec(['https://conda.anaconda.org/conda-forge/', 'nodefaults'], 'conda-forge::numpy')
    expect(() => refuseForeignChannels(made, ['conda-forge'])).not.toThrow()
    expect(() =>
      refuseForeignChannels(spec(['conda-forge'], 'x'), ['https://conda.anaconda.org/conda-forge']),
    ).not.toThrow()
  })

  it.each([
    [['conda-forge', 'evil'], 'x', 'a/environment.yml: the channel evil is not one of allowed-channels'],
    [['https://evil.test/conda-forge'], 'x', 'the channel https://evil.test/conda-forge is not one of'],
    [['conda-forge'], 'evil::x', 'a/environment.yml:3: the channel evil is not one of allowed-channels'],
  ])('refuses %j with %s', (channels, dependency, message) => {
    expect(() => refuseForeignChannels(spec(channels, dependency), ['conda-forge'])).toThrow(message)
  })
})
