import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import { openStage, type Stage } from '../../sandbox/play/stage.ts'
import { outcomes, pushed, warningsOf } from './mounts-scene.ts'

const lock = 'images/ml-notebook/conda-linux-64.lock'

/** Archives that the channel gave while something happened. */
async function archivesOf(stage: Stage, happening: () => Promise<unknown>): Promise<string[]> {
  const before = stage.world.channelLog().length
  await happening()
  const given = stage.world.channelLog().slice(before)
  return given
    .filter(({ status, method }) => status === 200 && method === 'GET')
    .map((request) => path.posix.basename(request.path))
    .filter((name) => /\.(conda|tar\.bz2)$/.test(name))
}

/** The lock with another version of one package that it has. */
async function changedLock(stage: Stage): Promise<{ text: string; archive: string }> {
  const text = await readFile(path.join(stage.dir, 'clone', lock), 'utf8')
  const repodata = (await (await fetch(`${stage.world.channel}/noarch/repodata.json`)).json()) as {
    'packages.conda': Record<string, { name: string; md5: string }>
  }
  for (const line of text.split('\n')) {
    const name = /\/noarch\/(.+)-[^-]+-[^-]+\.conda#/.exec(line)?.[1]
    const other = Object.entries(repodata['packages.conda']).find(
      ([file, record]) => record.name === name && !text.includes(`/${file}#`),
    )
    if (!other) continue
    const [archive, { md5 }] = other
    return { text: text.replace(line, `${line.replace(/[^/]+$/, archive)}#${md5}`), archive }
  }
  throw new Error('the channel has one version of each package of the lock')
}

// The reference stack with real archives from a channel, each run on a builder that knows nothing.
it('no archive is downloaded twice: not by two images of a run, not by the next run, and of a changed lock only what is new', async () => {
  await using service = await startCacheService()
  // Broken by: a world that another test may use meanwhile: what that downloads would count.
  await using stage = await openStage({ repository: 'small' })
  const inputs = { 'lock-mode': 'off' }
  const cold = await archivesOf(stage, async () => {
    const first = await pushed(stage, service, { 'images/base-image/dask_config.yml': '{}\n' }, { inputs })
    expect([outcomes(first), warningsOf(first)]).toEqual([['success', 'success'], []])
    expect(first.log).toMatch(/cache mounts: \d of 3 kept/)
  })
  expect(cold.length).toBeGreaterThan(20)
  // Broken by: images with directories of their own, or that install at once without waiting for one another.
  expect(cold.filter((name, at) => cold.indexOf(name) !== at)).toEqual([])

  const same = await archivesOf(stage, async () => {
    const second = await pushed(stage, service, { 'images/ml-notebook/start': '#!/bin/sh\nexec "$@"\n' }, { inputs })
    expect([outcomes(second), warningsOf(second)]).toEqual([['success', 'success'], []])
    expect(JSON.parse(second.outputs.built ?? '')).toContain('ml-notebook')
  })
  expect(same).toEqual([])

  const { text, archive } = await changedLock(stage)
  const one = await archivesOf(stage, async () => {
    const third = await pushed(stage, service, { [lock]: text }, { inputs })
    expect([outcomes(third), warningsOf(third)]).toEqual([['success', 'success'], []])
  })
  expect(one).toEqual([archive])
}, 600_000)
