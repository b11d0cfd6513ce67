import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stackShape, writeStack } from '../../bench/generated-stack.ts'
import { gitIn, makeGeneratedRepository } from '../../bench/git-repository.ts'
import { readStack } from '../../src/stack/index.ts'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'generated-stack-'))
})

afterAll(async () => {
  await rm(dir, { recursive: true, force: true })
})

describe('stackShape', () => {
  const shape = stackShape(1000)

  it('has every parent before its children, chains of ten and trees', () => {
    const seen = new Set<string>()
    const depths = new Map<string, number>()
    for (const { name, parent } of shape) {
      expect(parent === null || seen.has(parent)).toBe(true)
      seen.add(name)
      depths.set(name, parent === null ? 1 : depths.get(parent)! + 1)
    }
    expect(seen.size).toBe(1000)
    expect(shape.filter(({ parent }) => parent === null)).toHaveLength(5)
    expect(Math.max(...depths.values())).toBeGreaterThanOrEqual(10)
    const children = Map.groupBy(shape, ({ parent }) => parent)
    expect(Math.max(...[...children].map(([parent, list]) => (parent ? list.length : 0)))).toBeGreaterThanOrEqual(4)
  })
})

describe('writeStack', () => {
  it('writes as many files as asked, and a stack that is read as it is meant', async () => {
    const root = path.join(dir, 'written')
    const files = await writeStack(root, { images: 30, filesPerImage: 12 })
    const found = await readdir(root, { recursive: true, withFileTypes: true })
    expect(found.filter((entry) => entry.isFile())).toHaveLength(30 * 12)
    expect(new Set(files).size).toBe(30 * 12)
    const contents = new Map(
      await Promise.all(files.map(async (file) => [file, await readFile(path.join(root, file), 'utf8')] as const)),
    )
    const entries = files.map((file) => ({ path: file, mode: '100644' }))
    const tree = { entries, contents, refused: new Map() }
    const stack = await readStack(tree, { path: '', spec: '', buildArgs: {}, registries: [] })
    const parents = stack.images.map((image) => [image.name, image.parents.map((edge) => edge.name)])
    expect(Object.fromEntries(parents)).toEqual(
      Object.fromEntries(stackShape(30).map(({ name, parent }) => [name, parent === null ? [] : [parent]])),
    )
    expect(stack.images.find(({ name }) => name === 'image-0004')?.lockSources).toHaveLength(2)
  })
})

describe('makeGeneratedRepository', () => {
  it('makes two commits that differ in so many files, not the same one of every image', async () => {
    const root = path.join(dir, 'repository')
    await makeGeneratedRepository(root, { images: 20, filesPerImage: 10 }, 8)
    const changed = (await gitIn(root)('diff', '--name-only', 'HEAD~1', 'HEAD')).trim().split('\n')
    expect(changed).toHaveLength(8)
    expect(new Set(changed.map((file) => file.split('/').slice(2).join('/'))).size).toBeGreaterThan(3)
    expect(await gitIn(root)('status', '--porcelain')).toBe('')
  })
})
