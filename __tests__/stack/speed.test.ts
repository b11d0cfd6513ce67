import { expect, it } from '@jest/globals'
import { changedImages } from '../../src/stack/index.ts'
import { changed, readTree, stackOf, treeOf } from './stacks.ts'

/** 1,000 images in three levels with nine other files each: 10,000 files. */
function large(): Record<string, string> {
  const files: Record<string, string> = {}
  for (let at = 0; at < 1000; at++) {
    const folder = `images/image-${at}`
    const base = at < 10 ? 'ubuntu:24.04' : `\${OWNER}/image-${at < 100 ? at % 10 : (at % 90) + 10}:\${TAG}`
    files[`${folder}/Dockerfile`] =
      `ARG OWNER=org\nARG TAG=main\nFROM ${base}\nARG TAG\nENV A=b\nCOPY environment.yml start *.txt lib-${at} /tmp/\nRUN --mount=type=cache,target=/c <<EOF\nset -e\necho ${at}\nEOF\nUSER a\n`
    for (const file of [
      'environment.yml',
      'start',
      'a.txt',
      'b.txt',
      'README.md',
      `lib-${at}/x`,
      `lib-${at}/y`,
      'tests/t',
      '.dockerignore',
    ])
      files[`${folder}/${file}`] = file === '.dockerignore' ? '*.md\ntests\n' : ''
  }
  return files
}

it('reads 1,000 images in 10,000 files and finds what changed in time', async () => {
  const files = large()
  const tree = treeOf(files)
  const started = performance.now()
  const stack = await readTree(tree)
  const result = changedImages(stack, changed(...Object.keys(files)))
  const milliseconds = performance.now() - started
  expect(stack.images).toHaveLength(1000)
  expect(result.size).toBe(1000)
  // A bound against quadratic work, wide enough for a slow and busy machine; bench/ measures.
  expect(milliseconds).toBeLessThan(3000)
})

it('is not slow where every context is the root', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [`i${at}/Dockerfile`, `FROM x/y\nCOPY i${at}/a i${at}/b/c /x/\n`]).concat(
      Array.from({ length: 500 }, (_, at) => [`i${at}/a`, '']),
      Array.from({ length: 500 }, (_, at) => [`i${at}/b/c`, '']),
    ),
  )
  const stack = await stackOf(files)
  expect(stack.images.every((image) => image.context === '.')).toBe(true)
  const started = performance.now()
  const list = Array.from({ length: 10_000 }, (_, at) => `other/${at % 100}/${at}/deep/file`)
  expect(changedImages(stack, changed(...list, 'i7/a')).size).toBe(1)
  expect(performance.now() - started).toBeLessThan(2000)
})

it.each([
  ['flags', `RUN ${'--a=b '.repeat(100_000)}`],
  ['nested substitutions', `COPY ${'${A:-'.repeat(50_000)} /x`],
  ['open quotes', `ARG ${'A="'.repeat(100_000)}`],
  ['heredocs', `RUN ${'<<A '.repeat(100_000)}`],
  ['continued lines', 'RUN a \\\n'.repeat(100_000)],
  ['stars', `COPY ${'*'.repeat(2000)}x /x`],
  ['stars and letters', `COPY ${'a*'.repeat(200)}b /x`],
  ['a few stars', 'COPY *a*a*b a*/b*/**/**/c /x'],
  ['folders', `COPY ${'**/'.repeat(200)}b /x`],
  ['sources', Array.from({ length: 50_000 }, (_, at) => `COPY f${at} /x`).join('\n')],
  ['stages', Array.from({ length: 40_000 }, (_, at) => `FROM x/y AS s${at}\nCOPY --from=s${at >> 1} a b`).join('\n')],
  ['variables', `${Array.from({ length: 20_000 }, (_, at) => `ENV A${at}=x`).join('\n')}\nCOPY $A1 /x`],
  ['brackets', `COPY ${'['.repeat(300_000)}`],
])('a Dockerfile of a megabyte of %s takes no more than a moment', async (_, text) => {
  const started = performance.now()
  const stack = await stackOf({ 'a/Dockerfile': `FROM x/y\n${text}\n`, 'a/b': '' })
  changedImages(stack, changed(`a/${'a'.repeat(200)}`, `a/${'a/'.repeat(300)}c`))
  expect(performance.now() - started).toBeLessThan(3000)
})
