/**
 * `make realworld DIR=…`: reads copies of public repositories, each in a folder `owner+name` or `name` of DIR, and compares what is
 * found with scripts/realworld-stacks.ts. Exit 1 on a difference; copies that are not there are passed over.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readStack, wanted } from '../src/stack/index.ts'
import type { Stack, Tree } from '../src/stack/types.ts'
import { readFolderTree } from '../src/tools/tree.ts'
import { type Expectation, expectations } from './realworld-stacks.ts'

const [folder = ''] = process.argv.slice(2)
if (!existsSync(folder)) {
  console.error('usage: node scripts/realworld.ts DIR: a folder with copies of repositories, named owner+name or name')
  process.exit(2)
}
let failed = 0
let seen = 0
for (const expectation of expectations) {
  const copy = folderOf(expectation.repository)
  const differences = copy === null ? [] : await check(copy, expectation).catch((error: Error) => [error.message])
  if (copy !== null) seen++
  failed += differences.length
  const verdict = copy === null ? 'not there' : differences.length === 0 ? 'as expected' : differences.join('; ')
  console.log(`${expectation.repository.padEnd(40)} ${counts(expectation).padEnd(40)} ${verdict}`)
}
console.log(
  `${seen} of ${expectations.length} repositories read, ${failed === 0 ? 'no difference' : `${failed} differences`}`,
)
process.exitCode = failed > 0 || seen === 0 ? 1 : 0

function folderOf(repository: string): string | null {
  const names = [repository.replace('/', '+'), repository.slice(repository.indexOf('/') + 1)]
  return names.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

async function check(copy: string, expectation: Expectation): Promise<string[]> {
  const tree = await readFolderTree({ cwd: copy, wanted })
  const stack = await read(tree)
  const found = measured(stack)
  const differences = (['images', 'edges', 'external'] as const)
    .filter((key) => found[key] !== expectation[key])
    .map((key) => `${found[key]} ${key}, not ${expectation[key]}`)
  return [...differences, ...checkImages(stack, expectation), ...(await checkSpec(tree, stack, expectation))]
}

/** Each image by name, where the table has them so: parents, bases, lock sources, and that parents come first. */
function checkImages(stack: Stack, { exact, bases, locks }: Expectation): string[] {
  const differences = stack.images.flatMap((image) => {
    const parents = image.parents.map((edge) => edge.name)
    const external = image.external.map((reference) => reference.replace(/@.*$/, '').replace(/:[^/]*$/, ''))
    const sources = image.lockSources.map((file) => basename(dirname(file)))
    return [
      ...compare(`${image.name} is on`, parents, exact?.[image.name], exact),
      ...compare(`${image.name} is on an image from outside,`, external, bases?.[image.name], bases),
      ...compare(`${image.name}'s lock is made from`, sources, locks?.[image.name], locks),
      ...parents.flatMap((parent) =>
        stack.order.indexOf(parent) < stack.order.indexOf(image.name) ? [] : [`${parent} comes after ${image.name}`],
      ),
    ]
  })
  const missing = Object.keys(exact ?? {}).filter((name) => !stack.order.includes(name))
  return [...differences, ...missing.map((name) => `${name} is missing`)]
}

function compare(what: string, found: readonly string[], expected: readonly string[] = [], table?: object): string[] {
  if (table === undefined || String(found) === String(expected)) return []
  return [`${what} ${found.length > 0 ? found : 'nothing'}, not ${expected.length > 0 ? expected : 'nothing'}`]
}

async function checkSpec(tree: Tree, stack: Stack, { spec }: Expectation): Promise<string[]> {
  if (!spec) return []
  const lines = spec.lines(stack.images.map((image) => image.name))
  const file = join(stack.path, 'spec.yml')
  const text = `images:\n${lines.map((line) => `  ${line}\n`).join('')}`
  const { edges } = measured(await read({ ...tree, contents: new Map([...tree.contents, [file, text]]) }))
  return edges === spec.edges ? [] : [`${edges} edges with ${lines.length} lines of spec.yml, not ${spec.edges}`]
}

function read(tree: Tree): Promise<Stack> {
  return readStack(tree, { path: '', spec: '', buildArgs: {}, registries: [] })
}

function measured({ images }: Stack) {
  return {
    images: images.length,
    edges: images.reduce((sum, image) => sum + image.parents.length, 0),
    external: new Set(images.flatMap((image) => image.external)).size,
  }
}

function counts({ images, edges, external }: Expectation): string {
  return `${images} images, ${edges} edges, ${external} external`
}
