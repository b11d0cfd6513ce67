import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json } from './flow.ts'
import { firstError, openSmallStage, smallImages, smallStack, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const lock = (version: string) =>
  `# platform: linux-64\n@EXPLICIT\nhttps://conda.anaconda.org/conda-forge/noarch/dask-${version}-pyhd8ed1ab_0.conda#${'a'.repeat(32)}\n`

let world: World
let stage: Stage
let first: Played
let second: Played

beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world, { ...smallStack, 'images/child/conda-linux-64.lock': lock('2026.1.0') })
  first = await stage.push()
  second = await stage.push({
    files: { 'images/child/conda-linux-64.lock': lock('2026.2.0'), 'images/child/word': 'two\n' },
  })
  expect([first, second].map((played) => [firstError(played), played.outcome])).toEqual([
    ['', 'success'],
    ['', 'success'],
  ])
})

afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

const digests = async (tag: string) =>
  Object.fromEntries(Object.entries(await stage.tags()).map(([image, tags]) => [image, tags[tag]]))
const uploads = (from: number) => {
  const name = stage.prefix.split('/')[1]
  const own = `/v2/${name}/${name}/`
  const posts = world
    .accessLog()
    .slice(from)
    .filter(({ method, path }) => method === 'POST' && path.includes('/blobs/'))
  return posts.filter(({ path }) => !path.startsWith(own))
}

describe('a pushed git tag', () => {
  it('releases the images of exactly its commit, whatever the branch is by now, and uploads no blob', async () => {
    const before = world.accessLog().length
    const played = await stage.tag('v1.0.0', { commit: first.commit, annotated: true })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(await digests('v1.0.0')).toEqual(await digests(first.sha7))
    expect(await digests('latest')).toEqual(await digests(first.sha7))
    expect(uploads(before)).toEqual([])
    expect(stage.github.releases()).toMatchObject([{ tag: 'v1.0.0', prerelease: false, makeLatest: 'true' }])
    expect(json(played.outputs.stack).images.map(({ image }: { image: string }) => image)).toEqual([...smallImages])
  })

  it('of a newer version takes latest, and its notes tell what changed since the one before', async () => {
    const played = await stage.tag('v1.1.0')
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(await digests('latest')).toEqual(await digests(second.sha7))
    const notes = stage.github.releases().find(({ tag }) => tag === 'v1.1.0')?.body ?? ''
    expect(notes).toContain('Packages since v1.0.0')
    expect(notes).toMatch(/dask \| \S*026\.1\.0 \| \S*026\.2\.0/)
    expect(notes).toMatch(/docker pull \S+\/base@sha256:[0-9a-f]{64}/)
    expect(notes).toMatch(/\d+(\.\d)? (kB|MB)/)
    expect(notes).toContain('compare/v1.0.0...v1.1.0')
    expect(played.summary).toMatch(/^## ✅ release of v1\.1\.0 at \w{7}/)
    expect(played.summary.match(/Pull by digest/g)).toHaveLength(1)
  })

  it.each([
    ['v1.0.1', 'an older line'],
    ['v2.0.0-rc.1', 'a pre-release'],
  ])('%s, %s, leaves latest where it is', async (tag) => {
    const before = await digests('latest')
    const played = await stage.tag(tag, { commit: first.commit })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(await digests('latest')).toEqual(before)
    expect(stage.github.releases().find((release) => release.tag === tag)?.prerelease).toBe(tag.includes('rc'))
  })

  it('can be repeated: no tag moves, the release is renewed', async () => {
    const before = await stage.tags()
    const count = stage.github.releases().length
    const played = await stage.tag('v1.1.0')
    expect(played.summary).toContain('all tags are there already')
    expect([await stage.tags(), stage.github.releases().length]).toEqual([before, count])
  })

  it('that was moved to another commit changes no release', async () => {
    const before = await stage.tags()
    const played = await stage.tag('v1.1.0', { commit: first.commit })
    expect(firstError(played)).toMatch(/:v1\.1\.0 is there already with another image: a release is never changed$/)
    expect(await stage.tags()).toEqual(before)
  })

  it.each([
    ['release/1', /^"release\/1" can be no tag of an image$/],
    ['2639bd3', /^"2639bd3" is a tag with a meaning of its own: it is never moved$/],
    ['main', /^the git tag main is called like a tag that moves/],
  ])('%s is refused before any write', async (tag, error) => {
    const before = [await stage.tags(), await stage.stackTags(), stage.github.releases().length]
    const played = await stage.tag(tag)
    expect([played.outcome, firstError(played)]).toEqual(['failure', expect.stringMatching(error)])
    expect([await stage.tags(), await stage.stackTags(), stage.github.releases().length]).toEqual(before)
  })

  it('of a commit that was never published is an error with its remedy; release: build builds it', async () => {
    const commit = await stage.commit({ files: { 'images/base/word': 'three\n' } })
    const before = await stage.tags()
    const played = await stage.tag('v3.0.0', { commit })
    expect(firstError(played)).toMatch(
      /^v3\.0\.0 cannot be released: base, child, grandchild, sibling of its commit \w{7} were never published$/,
    )
    expect(played.annotations.map(({ message }) => message).join('\n')).toContain('release: build')
    expect(await stage.tags()).toEqual(before)
    const built = await stage.tag('v3.0.0', { commit }, { inputs: { release: 'build' } })
    expect([firstError(built), built.outcome]).toEqual(['', 'success'])
    expect(await digests('v3.0.0')).toEqual(await digests(commit.slice(0, 7)))
    expect((await digests('main')).base).toBe((await digests(second.sha7)).base)
  })

  it('can be released by hand from the default branch', async () => {
    const played = await stage.dispatch({ inputs: { command: 'release', from: 'v1.0.0' }, depth: 0 })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(played.summary).toContain('all tags are there already')
  })
})

describe('stack.json', () => {
  it('lies beside the images under the commit’s tag, and says what they are', async () => {
    expect(Object.keys(await stage.stackTags())).toEqual(expect.arrayContaining(['journal', first.sha7, second.sha7]))
    const { images, commit } = json(second.outputs.stack)
    expect(commit).toBe(second.commit)
    const child = images.find(({ image }: { image: string }) => image === 'child')
    expect(child).toMatchObject({ digest: (await digests(second.sha7)).child, base: { name: 'base' } })
    expect(child.size).toBeGreaterThan(100_000)
    expect(child.tags).toEqual([second.sha7, 'main'])
  })
})
