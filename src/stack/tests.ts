import { posix } from 'node:path'
import type { FileIndex } from './discover.ts'
import type { SpecTests } from './spec-tests.ts'
import type { Command, ContainerTest, Image, Stack, Testing } from './types.ts'

/** The tests that one image brings along: its own commands and folder. They run in it and in what is built on it. */
export interface TestGroup {
  /** The image that they are of. */
  readonly image: string
  readonly commands: readonly Command[]
  /** Relative to the repository's root; null for none. */
  readonly folder: string | null
  readonly network: 'none' | 'default'
  readonly allowFailure: boolean
  readonly place: Testing['place']
}

/** A container's test with the image that it is of. */
export interface ImageContainer extends ContainerTest, Pick<TestGroup, 'image' | 'network' | 'place'> {}

/** All tests that run in an image. */
export interface ImageTests {
  /** Those of the images that it is built on first. */
  readonly groups: readonly TestGroup[]
  /** Seconds for all of them. */
  readonly timeout: number
  /** What is tested by containers, in the same order. */
  readonly containers: readonly ImageContainer[]
}

/** Seconds, where no spec.yml says another time. */
const defaultTimeout = 20 * 60

/** The tests of an image and of all images of the stack that it is FROM, the first base's first. */
export function testsOf(stack: Stack, image: Image): ImageTests {
  const byName = new Map(stack.images.map((one) => [one.name, one]))
  const line: Image[] = []
  for (let one: Image | undefined = image; one && !line.includes(one); ) {
    line.push(one)
    const base: string | undefined = one.parents.find((parent) => parent.base)?.name
    one = one.declared.testing?.inherit === false || base === undefined ? undefined : byName.get(base)
  }
  return {
    groups: line.flatMap(groupOf).reverse(),
    timeout: line.map(({ declared }) => declared.testing?.timeout).find(Boolean) ?? defaultTimeout,
    containers: line.toReversed().flatMap(containersOf),
  }
}

function containersOf({ name, declared: { testing } }: Image): ImageContainer[] {
  return (testing?.containers ?? []).map((test) => ({
    ...test,
    image: name,
    network: testing?.network ?? 'none',
    place: testing?.place ? { ...testing.place, line: test.line } : null,
  }))
}

function groupOf({ name, declared }: Image): TestGroup[] {
  const { test, testing } = declared
  const folder = testing?.folder ?? null
  if (test.length === 0 && folder === null) return []
  return [
    {
      image: name,
      commands: test,
      folder,
      network: testing?.network ?? 'none',
      allowFailure: testing?.allowFailure ?? false,
      place: testing?.place ?? null,
    },
  ]
}

/**
 * How the tests of an image run: by spec.yml, with the folder `tests` beside its Dockerfile unless another is named. That of
 * the repository's root is the repository's own. Undefined where there is nothing to run.
 */
export function testingOf(folder: string, said: SpecTests | null, { folders }: FileIndex): Testing | undefined {
  const beside = folder === '.' ? null : posix.join(folder, 'tests')
  const found = beside !== null && folders.has(beside) ? beside : null
  if (said) return { ...said.testing, folder: said.folder === undefined ? found : said.folder }
  if (found === null) return undefined
  return { folder: found, network: 'none', timeout: null, allowFailure: false, inherit: true, place: null }
}
