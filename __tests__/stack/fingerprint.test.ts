import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { changedImages } from '../../src/stack/changes.ts'
import { externalReferences, type Fingerprint, fingerprintOf, type ParentPart } from '../../src/stack/fingerprint.ts'
import { type FileId, imageFiles } from '../../src/stack/fingerprint-files.ts'
import type { Image, Stack } from '../../src/stack/types.ts'
import { createImage, createStack } from '../helpers/stack.ts'
import { anyEdit, anyState, rendered, type State } from '../never-miss/stack-model.ts'
import { readTree } from './stacks.ts'

const digest = `sha256:${'a'.repeat(64)}`

interface World {
  readonly stack: Stack
  readonly files: readonly FileId[]
  readonly args?: Readonly<Record<string, string>>
  readonly bases?: (reference: string) => string | null
  readonly platforms?: readonly string[]
  readonly target?: string | null
}

/** Fingerprints of all images of a stack. */
function fingerprints({ stack, files, args = {}, bases = () => digest, ...rest }: World): Map<string, Fingerprint> {
  const read = imageFiles(stack, stack.images, files)
  const made = new Map<string, Fingerprint>()
  for (const name of stack.order) {
    const image = stack.images.find((one) => one.name === name) as Image
    const parents = image.parents.map((edge): ParentPart => {
      const parent = made.get(edge.name) as Fingerprint
      return { references: edge.references, value: parent.fingerprint, inputs: parent.inputs }
    })
    const inputs = {
      args: { ...image.args, ...args },
      target: rest.target ?? image.target,
      platforms: rest.platforms ?? ['linux/amd64'],
      contexts: image.contexts,
      bases: new Map(externalReferences(image, image.contexts).map((one) => [one, bases(one)])),
    }
    made.set(name, fingerprintOf(image, read.get(name)!, inputs, parents))
  }
  return made
}

const file = (path: string, id = '1', mode = '100644'): FileId => ({ path, mode, id })
const base = createImage('base')
const child = createImage('child', ['base'], { reads: { all: false, patterns: ['word'], ignore: null } })
const plain: World = {
  stack: createStack(base, child),
  files: ['base/Dockerfile', 'base/word', 'child/Dockerfile', 'child/word'].map((path) => file(`images/${path}`)),
}
const of = (world: Partial<World>, name = 'child') => fingerprints({ ...plain, ...world }).get(name)!
const withChild = (overrides: Partial<Image>) => ({ stack: createStack(base, { ...child, ...overrides }) })
const withFile = (path: string, id: string, mode?: string) => ({
  files: [...plain.files.filter((one) => one.path !== path), file(path, id, mode)],
})

describe('what a fingerprint is made of', () => {
  it('is 32 hexadecimal digits, and stays what it is: a change of the algorithm has to raise its number', () => {
    expect(of({}).fingerprint).toMatchInlineSnapshot(`"5fa011d190b77b6a02991bfd8a7441a0"`)
  })

  // Each line changes one thing that goes into `child`.
  it.each<[string, Partial<World>]>([
    ['a file that it reads', withFile('images/child/word', '2')],
    ['the mode of such a file', withFile('images/child/word', '1', '100755')],
    ['its Dockerfile', withFile('images/child/Dockerfile', '2')],
    ['an ignore file', withFile('images/child/.dockerignore', '1')],
    ['a file of its parent', withFile('images/base/word', '2')],
    ['the digest of its parent’s base', { bases: () => `sha256:${'b'.repeat(64)}` }],
    ['a build argument', { args: { A: '1' } }],
    ['an argument of spec.yml', withChild({ args: { A: '1' } })],
    ['the target', { target: 'runtime' }],
    ['the platforms', { platforms: ['linux/arm64'] }],
    ['one platform more', { platforms: ['linux/amd64', 'linux/arm64'] }],
    ['a named context', withChild({ contexts: { shared: '../shared' } })],
    ['a test', withChild({ declared: { ...child.declared, test: ['true'] } })],
    ['a source of its lock', { ...withChild({ lockSources: ['images/base/word'] }) }],
    ['a file for every image', { stack: { ...plain.stack, buildAll: ['images/base/word'] } }],
  ])('%s changes it', (_title, world) => {
    expect(of(world).fingerprint).not.toBe(of({}).fingerprint)
    expect(of(world).fingerprint).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each<[string, Partial<World>]>([
    ['a file that nobody reads', withFile('images/child/README.md', '2')],
    ['a file elsewhere', withFile('docs/x', '2')],
    ['the order of files', { files: [...plain.files].reverse() }],
    ['the order of platforms', {}],
    ['a file that spec.yml ignores', { stack: { ...plain.stack, ignore: ['images/child/word'] }, ...{} }],
  ])('%s does not', (title, world) => {
    if (title.startsWith('a file that spec')) {
      const ignoring = { ...plain.stack, ignore: ['images/child/word'] }
      expect(of({ stack: ignoring, ...withFile('images/child/word', '9') }).fingerprint).toBe(
        of({ stack: ignoring }).fingerprint,
      )
    } else if (title.includes('platforms')) {
      const both = ['linux/amd64', 'linux/arm64']
      expect(of({ platforms: both }).fingerprint).toBe(of({ platforms: [...both].reverse() }).fingerprint)
    } else expect(of(world).fingerprint).toBe(of({}).fingerprint)
  })

  // Fails if variants of one repository, which differ in labels alone, can be taken for each other, or a prefix builds all anew.
  it('is another one for another image of the same files, and the same under another prefix', () => {
    expect(of(withChild({ name: 'child' })).fingerprint).toBe(of({}).fingerprint)
    const variant = { ...child, name: 'child/cuda12' }
    const twin = fingerprints({ ...plain, stack: createStack(base, child, variant) })
    expect(twin.get('child/cuda12')?.fingerprint).not.toBe(twin.get('child')?.fingerprint)
    expect(twin.get('child/cuda12')?.inputs).not.toBe(twin.get('child')?.inputs)
    expect(of(withChild({ tagPrefix: '2026.4-' })).fingerprint).toBe(of({}).fingerprint)
  })

  it('is the same wherever the stack lies in the repository', () => {
    const moved = [base, child].map((image) => ({
      ...image,
      path: `deep/${image.path}`,
      context: `deep/${image.context}`,
      dockerfile: `deep/${image.dockerfile}`,
    }))
    const files = plain.files.map((one) => ({ ...one, path: `deep/${one.path}` }))
    const stack = { ...createStack(...moved), path: 'deep/images' }
    expect(fingerprints({ stack, files }).get('child')?.fingerprint).toBe(of({}).fingerprint)
  })

  it('the digests of bases are not in what the repository alone decides', () => {
    const other = of({ bases: () => `sha256:${'b'.repeat(64)}` })
    expect(other.inputs).toBe(of({}).inputs)
    expect(of(withFile('images/base/word', '2')).inputs).not.toBe(of({}).inputs)
  })
})

describe('where there is none', () => {
  const commit = '0123456789'.repeat(4)
  it.each<[string, Partial<World>, string | null]>([
    ['a base that nobody tells', { bases: () => null }, 'its parent pangeo/base:master has none'],
    [
      'a context that moves',
      withChild({ contexts: { x: 'https://h/o/r.git#main' } }),
      'the context https://h/o/r.git#main is not pinned to a commit',
    ],
    [
      'a target of a bake file',
      withChild({ contexts: { x: 'target:y' } }),
      'the context target:y is not pinned to a commit',
    ],
    ['an image as a context', withChild({ contexts: { x: 'docker-image://debian:12' } }), null],
    ['a context at a commit', withChild({ contexts: { x: `https://h/o/r.git#${commit}:sub` } }), null],
    [
      'a Dockerfile that is gone',
      { files: plain.files.filter(({ path }) => path !== 'images/child/Dockerfile') },
      'images/child/Dockerfile is not in the repository',
    ],
  ])('%s', (_title, world, why) => {
    expect(of(world).why).toBe(why)
    expect(of(world).fingerprint === null).toBe(why !== null)
  })
})

/** The files of a state as git would name them; contents stand for themselves. */
const filesOf = (state: State): FileId[] =>
  Object.entries(rendered(state)).map(([path, { mode, text }]) => ({ path, mode, id: text }))

async function stackOf(state: State): Promise<Stack> {
  const files = rendered(state)
  const regular = Object.entries(files).filter(([, { mode }]) => mode.startsWith('100'))
  const tree = {
    entries: Object.entries(files).map(([path, { mode }]) => ({ path, mode })),
    contents: new Map(regular.map(([path, { text }]) => [path, text])),
    refused: new Map(
      Object.entries(files).flatMap(([path, { mode }]) => (mode.startsWith('100') ? [] : [[path, mode]])),
    ),
  }
  return await readTree(tree as Parameters<typeof readTree>[0], { registries: ['registry.test/team'] })
}

describe('beside change detection', () => {
  const anyChange = fc.tuple(anyState, fc.array(anyEdit, { minLength: 1, maxLength: 3 })).map(([before, edits]) => ({
    before,
    after: edits.reduce((state, edit) => edit(state), before),
  }))
  const worldOf = async (state: State) => ({ stack: await stackOf(state), files: filesOf(state) })

  // Fails if an image could be taken for its fingerprint though a file that counts for it changed: in both of their stacks.
  it('a change by which an image counts as changed changes its fingerprint; no other one does', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(anyChange, async ({ before, after }) => {
        const [then, now] = await Promise.all([worldOf(before), worldOf(after)]).catch(() => [])
        if (!then || !now) return
        const [old, fresh] = [rendered(before), rendered(after)]
        const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
        const files = names.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]))
        if (files.some((name) => name.endsWith('spec.yml'))) return
        const changes = { base: 'a', head: 'b', complete: true, reason: null, files }
        // Another context with the same files in it is the same image.
        const contexts = ({ images }: Stack) => JSON.stringify(images.map(({ name, context }) => [name, context]))
        if (contexts(then.stack) !== contexts(now.stack)) return
        const changed = changedImages(now.stack, changes)
        const [was, is] = [fingerprints(then), fingerprints(now)]
        for (const { name, skip } of now.stack.images) {
          if (skip || !was.has(name)) continue
          seen += changed.has(name) ? 1 : 0
          const same = was.get(name)?.fingerprint === is.get(name)?.fingerprint
          if (changed.has(name)) expect({ name, same, files }).toEqual({ name, same: false, files })
        }
        // What no image of either stack reads changes none, as long as they read alike.
        const shape = ({ images }: Stack) =>
          JSON.stringify(images.map(({ name, context, reads, lockSources }) => [name, context, reads, lockSources]))
        const quiet = changed.size === 0 && changedImages(then.stack, changes).size === 0
        const skips = now.stack.images.some((image) => image.skip)
        if (!quiet || skips || shape(then.stack) !== shape(now.stack)) return
        for (const [name, { fingerprint }] of was) expect(is.get(name)?.fingerprint).toBe(fingerprint)
      }),
      { numRuns: 400 },
    )
    expect(seen).toBeGreaterThan(20)
  })
})
