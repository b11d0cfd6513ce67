import fc from 'fast-check'
import { buildOrder, type GraphNode } from '../../src/stack/graph.ts'
import type { Image, ParentEdge, Stack } from '../../src/stack/types.ts'

/** An image of the folder `images/<name>`, built FROM the parents named. */
export function createImage(name: string, parents: readonly string[] = [], overrides: Partial<Image> = {}): Image {
  return {
    name,
    repository: name.split('/').at(-1) ?? name,
    tagPrefix: '',
    registries: [],
    path: `images/${name}`,
    dockerfile: `images/${name}/Dockerfile`,
    origin: 'a folder with a Dockerfile',
    context: `images/${name}`,
    target: null,
    args: {},
    platforms: [],
    parents: parents.map((parent) => createEdge(parent)),
    external: parents.length > 0 ? [] : ['debian:12'],
    base: parents[0] ?? 'debian:12',
    stages: [],
    lockSources: [],
    reads: { all: true, patterns: [], ignore: null },
    cacheMounts: [],
    contexts: {},
    skip: false,
    declared: { test: [], manifests: [], rebuild: null, lockPlatforms: [] },
    ...overrides,
  }
}

/** A `FROM` of a parent by its published name. */
export function createEdge(name: string, overrides: Partial<ParentEdge> = {}): ParentEdge {
  return {
    name,
    references: [`pangeo/${name}:master`],
    via: 'FROM',
    line: 1,
    how: 'one publisher',
    base: true,
    ...overrides,
  }
}

/** A stack in `images/`, in build order. */
export function createStack(...images: Image[]): Stack {
  return { path: 'images', images, order: buildOrder(images), notes: [], ignore: [], buildAll: [], spec: null }
}

/** Stacks of up to 12 images without a cycle, in an order of no meaning. */
export function anyStack(): fc.Arbitrary<Stack> {
  const image = fc.record({ parents: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }), skip: fc.nat({ max: 9 }) })
  return fc
    .array(image, { minLength: 1, maxLength: 12 })
    .map((rows) =>
      rows.map(({ parents, skip }, at) => {
        const above = [...new Set(parents)].filter((parent) => parent < at).map((parent) => `n${parent}`)
        return createImage(`n${at}`, above, { skip: skip === 0 })
      }),
    )
    .chain((images) => fc.shuffledSubarray(images, { minLength: images.length }))
    .map((images) => createStack(...images))
}

/** The names of all images that are built on any of `names`, over any number of steps; `names` themselves left out. */
export function descendants(images: readonly GraphNode[], names: Iterable<string>): Set<string> {
  const above = new Set(names)
  const found = new Set<string>()
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { name, parents } of images)
      if (parents.some((parent) => above.has(parent.name) || found.has(parent.name))) found.add(name)
  }
  return found
}
