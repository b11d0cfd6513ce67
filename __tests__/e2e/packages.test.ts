import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const conda = (name: string, version: string) => `touch /opt/conda/conda-meta/${name}-${version}-py312_0.json`
const lock = (version: string) =>
  `# platform: linux-64\n@EXPLICIT\nhttps://conda.anaconda.org/conda-forge/noarch/dask-${version}-pyhd8ed1ab_0.conda#${'a'.repeat(32)}\n`

let world: World
let stage: Stage
let first: Played
let second: Played
beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world, {
    'images/base/Dockerfile': `FROM busybox\nRUN mkdir -p /opt/conda/conda-meta && ${conda('zlib', '1.3')}\n`,
    'images/free/Dockerfile': `FROM base\nRUN ${conda('dask', '2026.1.0')}\n`,
    'images/locked/Dockerfile': `FROM base\nRUN ${conda('dask', '2026.1.0')}\n`,
    'images/locked/conda-linux-64.lock': lock('2026.1.0'),
  })
  first = await stage.push()
  second = await stage.push({
    files: {
      'images/free/Dockerfile': `FROM base\nRUN ${conda('dask', '2026.3.0')}\n`,
      'images/locked/Dockerfile': `FROM base\nRUN ${conda('dask', '2026.2.0')}\n`,
      'images/locked/conda-linux-64.lock': lock('2026.2.0'),
    },
  })
  expect([firstError(first), firstError(second)]).toEqual(['', ''])
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** stack.json of a commit, as it lies beside the images. */
async function stackFile(played: Played) {
  const [registry, ...rest] = stage.prefix.split('/')
  const name = `${rest.join('/')}/${rest.at(-1)}`
  const get = async (what: string) => {
    const accept = 'application/vnd.oci.image.manifest.v1+json'
    const response = await fetch(`http://${registry}/v2/${name}/${what}`, { headers: { accept } })
    return JSON.parse(await response.text())
  }
  const { layers } = await get(`manifests/${played.sha7}`)
  return await get(`blobs/${layers[0].digest}`)
}

const packagesOf = (file: { images: { image: string; packages: unknown }[] }) =>
  Object.fromEntries(file.images.map(({ image, packages }) => [image, packages]))

it('stack.json says what is in each image that was built', async () => {
  expect(packagesOf(await stackFile(first))).toEqual({
    base: { conda: { zlib: '1.3' } },
    free: { conda: { zlib: '1.3', dask: '2026.1.0' } },
    locked: { conda: { zlib: '1.3', dask: '2026.1.0' } },
  })
})

it('an image that is taken keeps the packages of its digest', async () => {
  expect(JSON.parse(second.outputs.built ?? '')).toEqual(['free', 'locked'])
  expect(packagesOf(await stackFile(second))).toEqual({
    base: { conda: { zlib: '1.3' } },
    free: { conda: { zlib: '1.3', dask: '2026.3.0' } },
    locked: { conda: { zlib: '1.3', dask: '2026.2.0' } },
  })
})

it('the output stays short', () => {
  expect(Object.values(packagesOf(JSON.parse(second.outputs.stack ?? '')))).toEqual([{}, {}, {}])
})

it('a release tells by them what changed in images without a lock, and by the lock in others', async () => {
  await stage.tag('v1.0.0', { commit: first.commit })
  const played = await stage.tag('v1.1.0')
  expect([firstError(played), played.outcome]).toEqual(['', 'success'])
  const notes = stage.github.releases().find(({ tag }) => tag === 'v1.1.0')?.body ?? ''
  expect(notes).toMatch(/<strong>free<\/strong> in the image: 1 up</)
  expect(notes).toMatch(/\| dask \| \S*026\.1\.0 \| \S*026\.3\.0 \|/)
  expect(notes).toMatch(/<strong>locked<\/strong> linux-64: 1 up</)
  expect(notes).not.toMatch(/<strong>base<\/strong>/)
})
