import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { git } from '../../sandbox/github/git.ts'
import { openStage, type Played, type Stage, startPlayWorld } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { fingerprintLabel } from '../../src/stack/fingerprint-label.ts'
import { actions, json } from './flow.ts'

jest.setTimeout(20 * 60_000)

const file = (image: string) => `images/${image}/environment.yml`
const lockOf = (image: string) => `images/${image}/conda-lock.yml`

let dir: string
let world: World
let stage: Stage
let first: Played
let relocked: Played
// The reference stack with small environments that name the world's channel: what is locked can be built.
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'bxa-'))
  world = await startPlayWorld({ dir: path.join(dir, 'world') })
  stage = await openStage({ world, repository: 'small', solvable: true })
  first = await stage.push({}, play())
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
  if (dir) await rm(dir, { recursive: true, force: true })
})

function play(inputs: Readonly<Record<string, string | boolean>> = {}) {
  return { inputs: { 'allowed-channels': world.channel ?? '', ...inputs } }
}

/** The environment of an image on a branch with one package more. */
async function adding(image: string, name: string, branch = 'main'): Promise<Record<string, string>> {
  const text = await show(branch, file(image))
  return { [file(image)]: `${text.trimEnd()}\n  - ${name}\n` }
}

const fingerprintOf = ({ outputs }: Played, name: string): string =>
  (json(outputs.plan).images as { name: string; fingerprint: string }[]).find((image) => image.name === name)
    ?.fingerprint ?? 'none'
const base = () => path.join(stage.dir, 'base.git')
const show = async (revision: string, name: string) => await git({ directory: base() }, 'show', `${revision}:${name}`)
const tip = async (branch: string) => (await git({ directory: base() }, 'rev-parse', branch)).trim()
const written = async ({ workspace }: Played, name: string) => await readFile(path.join(workspace, name), 'utf8')

describe('a pull request that changes an environment', () => {
  it('is built with the very locks that are committed to it, under the name of that commit', async () => {
    const files = await adding('pangeo-notebook', 'dill')
    const played = await stage.pullRequest({ branch: 'dill', files }, play({ push: true }))
    expect(played.outcome).toBe('success')
    expect(json(played.outputs.built)).toEqual(['ml-notebook', 'pangeo-notebook'])
    const commit = await tip('dill')
    const changed = await git({ directory: base() }, 'diff', '--name-only', 'dill~1', 'dill')
    expect(changed.trim().split('\n')).toEqual(
      ['ml-notebook', 'pangeo-notebook'].flatMap((image) =>
        ['conda-linux-64.lock', 'conda-lock.yml', 'packages.txt'].map((name) => `images/${image}/${name}`),
      ),
    )
    expect(await written(played, lockOf('pangeo-notebook'))).toBe(await show('dill', lockOf('pangeo-notebook')))
    const image = await stage.image('pangeo-notebook:pr-1')
    expect(image?.config.config.Labels?.['org.opencontainers.image.revision']).toBe(commit)
    expect(played.summary).toContain(`committed (${commit.slice(0, 7)})`)
    // What is built is named by the lock that it was built with, not by the stale one.
    const fingerprint = fingerprintOf(played, 'pangeo-notebook')
    expect(JSON.parse(image?.config.config.Labels?.[fingerprintLabel] ?? '{}')).toMatchObject({ fingerprint })
    expect(fingerprint).not.toBe(fingerprintOf(first, 'pangeo-notebook'))
    expect(fingerprintOf(played, 'base-image')).toBe(fingerprintOf(first, 'base-image'))
    relocked = played
    const diffs = json(played.outputs.locks) as { image: string; platform: string; added: { name: string }[] }[]
    expect(diffs.map(({ image, platform }) => `${image} ${platform}`)).toContain('pangeo-notebook linux-64')
    expect(diffs.every(({ added }) => added.some(({ name }) => name === 'dill'))).toBe(true)
  })

  it('finds all fresh when it runs again: nothing is solved, written or committed', async () => {
    const before = await tip('dill')
    const played = await stage.pullRequest({ branch: 'dill', files: { 'images/NOTES.md': 'why\n' } }, play())
    // Nothing is built: with the committed lock the image is the one that was built with it before the commit.
    expect(played).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    expect(fingerprintOf(played, 'pangeo-notebook')).toBe(fingerprintOf(relocked, 'pangeo-notebook'))
    expect(played.outputs.locks).toBeUndefined()
    expect(await git({ directory: base() }, 'rev-parse', 'dill~1').then((text) => text.trim())).toBe(before)
  })

  it('builds what has a lock where another image’s environment cannot be solved, and names the line', async () => {
    const files = { ...(await adding('pangeo-notebook', 'docopt')), ...(await adding('ml-notebook', 'tensorflw')) }
    const played = await stage.pullRequest({ branch: 'half', files }, play())
    expect(played.outcome).toBe('failure')
    expect(json(played.outputs.built)).toEqual(['pangeo-notebook'])
    const line = files[file('ml-notebook')]?.trimEnd().split('\n').length
    expect(played.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: file('ml-notebook'), line }),
    )
    expect(await show('half', lockOf('pangeo-notebook'))).toContain('name: docopt')
    expect(await show('half', lockOf('ml-notebook'))).toBe(await show('main', lockOf('ml-notebook')))
  })

  it('whose base has other environments by now says so, commits the head’s lock and builds with the merge’s', async () => {
    const files = await adding('pangeo-notebook', 'fasteners')
    await stage.pullRequest({ branch: 'behind', files }, play({ 'dry-run': true }))
    await stage.commit({ branch: 'main', files: await adding('base-notebook', 'dill') })
    const played = await stage.pullRequest(
      { branch: 'behind', files: { 'images/NOTES.md': 'more\n' } },
      play({ push: true }),
    )
    expect(played.log).toMatch(/update your branch: .*images\/base-notebook\/environment\.yml/)
    const committed = await show('behind', lockOf('pangeo-notebook'))
    const built = await written(played, lockOf('pangeo-notebook'))
    expect([committed.includes('name: fasteners'), committed.includes('name: dill')]).toEqual([true, false])
    expect([built.includes('name: fasteners'), built.includes('name: dill')]).toEqual([true, true])
    // No commit holds what this image was made from.
    const image = await stage.image(`pangeo-notebook:pr-${played.number}`)
    expect(image?.config.config.Labels?.['org.opencontainers.image.revision']).toBe(`${played.commit}-dirty`)
  })

  it('gets its locks and no build by the command lock', async () => {
    const files = await adding('ml-notebook', 'docopt')
    const played = await stage.pullRequest({ branch: 'only', files }, play({ command: 'lock', images: 'ml-notebook' }))
    expect(played).toMatchObject({ outcome: 'success', summary: expect.stringContaining('1 lock made') })
    expect(played.log).not.toContain('Linked')
    expect(await show('only', lockOf('ml-notebook'))).toContain('name: docopt')
    expect(stage.github.comments(played.number ?? 0).at(-1)?.body).toContain('locks of 1 image committed')
  })

  it('is red with lock-mode check before anything is built, and left alone with off', async () => {
    const files = await adding('pangeo-notebook', 'docopt')
    const checked = await stage.pullRequest({ branch: 'checked', files }, play({ 'lock-mode': 'check' }))
    expect(checked).toMatchObject({ outcome: 'failure', log: expect.stringContaining('locks stale: ') })
    expect(checked.log).not.toContain('Linked')
    const head = await tip('checked')
    const off = await stage.again(checked.occasion, play({ 'lock-mode': 'off' }))
    expect(off.outcome).toBe('success')
    expect(await tip('checked')).toBe(head)
  })
})

describe('a push', () => {
  it('with a stale lock builds what the commit holds, and warns', async () => {
    const before = await tip('main')
    const played = await stage.push({ files: await adding('ml-notebook', 'docopt') }, play())
    expect(played.outcome).toBe('success')
    expect(actions(played.outputs.plan)['ml-notebook']).toBe('build')
    expect(played.log).toContain(
      'images/ml-notebook/conda-lock.yml is stale (linux-64): what the commit holds is built',
    )
    expect(await git({ directory: base() }, 'rev-parse', 'main~1').then((text) => text.trim())).toBe(before)
  })
})
