import { describe, expect, it } from '@jest/globals'
import { changedImages } from '../../src/stack/index.ts'
import { testsOf } from '../../src/stack/tests.ts'
import type { Stack } from '../../src/stack/types.ts'
import { stackOf } from './stacks.ts'

const files = {
  'images/base/Dockerfile': 'FROM debian\nCOPY word /\n',
  'images/base/word': '',
  'images/base/tests/a.sh': '',
  'images/mid/Dockerfile': 'FROM base\n',
  'images/leaf/Dockerfile': 'FROM mid\nCOPY --from=other / /\n',
  'images/other/Dockerfile': 'FROM debian\n',
  'images/other/tests/b.sh': '',
  'checks/c.sh': '',
}
const read = async (images: object): Promise<Stack> =>
  await stackOf({ ...files, 'images/spec.yml': JSON.stringify({ images }) })
const groups = (stack: Stack, name: string) =>
  testsOf(stack, stack.images.find((image) => image.name === name)!).groups.map(({ image, commands, folder }) => [
    image,
    ...commands,
    ...(folder ? [folder] : []),
  ])

describe('testsOf', () => {
  it('takes the tests of what an image is FROM, the first base’s first, and not of what it copies from', async () => {
    const stack = await read({ mid: { test: 'm' }, leaf: { test: ['l', ['l', '2']] } })
    expect(groups(stack, 'leaf')).toEqual([
      ['base', 'images/base/tests'],
      ['mid', 'm'],
      ['leaf', 'l', ['l', '2']],
    ])
    expect(groups(stack, 'base')).toEqual([['base', 'images/base/tests']])
  })

  it.each<[string, object, unknown]>([
    ['inherit: false', { mid: { test: { commands: 'm', inherit: false } } }, [['mid', 'm']]],
    ['test: false', { base: { test: 'b' }, mid: { test: false } }, []],
    ['a folder elsewhere', { mid: { test: { folder: '../checks', inherit: false } } }, [['mid', 'checks']]],
    ['no folder', { base: { test: { folder: false } }, mid: { test: 'm' } }, [['mid', 'm']]],
  ])('%s', async (_title, images, expected) => {
    expect(groups(await read(images), 'leaf')).toEqual(expected)
  })

  it('takes the nearest time-out', async () => {
    const stack = await read({ base: { test: { timeout: '2h' } }, mid: { test: { timeout: '90s' } } })
    const of = (name: string) => testsOf(stack, stack.images.find((image) => image.name === name)!).timeout
    expect(['base', 'mid', 'leaf', 'other'].map(of)).toEqual([7200, 90, 90, 1200])
  })

  it.each<[string, unknown, RegExp]>([
    ['a folder that is not there', { folder: 'nowhere' }, /base.test: images\/nowhere is no folder of the repository/],
    ['a folder outside', { folder: '../../etc' }, /base.test.folder: .* is outside of the repository/],
    ['a time of other words', { timeout: 'long' }, /base.test.timeout: "long" is no time of a test/],
    ['a time that GitHub does not give', { timeout: '7h' }, /"7h" is no time of a test/],
    ['no time', { timeout: '0s' }, /"0s" is no time of a test/],
    ['another network', { network: 'host' }, /base.test.network/],
    ['a wrong key', { command: 'x' }, /base.test.command: unknown key/],
    ['a list in a list in a list', [[['a']]], /base.test/],
  ])('refuses %s', async (_title, test, message) => {
    await expect(read({ base: { test } })).rejects.toMatchObject({
      code: 'spec',
      message: expect.stringMatching(message),
    })
  })
})

describe('containers', () => {
  const of = (stack: Stack, name: string) =>
    testsOf(stack, stack.images.find((image) => image.name === name)!).containers.map(
      ({ line: _line, place: _place, ...test }) => test,
    )
  const plain = {
    ...{ command: [], env: {}, http: [], healthy: false, exitCode: 0, output: [], timeout: 120, allowFailure: false },
    ...{ name: 'docker run', image: 'base', network: 'none' },
  }

  it('are read with what holds without a word, and inherited, the first base’s first', async () => {
    const run = [{ http: { port: 8888 } }, { command: 'exit 3', 'exit-code': 3, env: { A: 1 }, timeout: '5s' }]
    const stack = await read({
      base: { test: { run, 'allow-failure': true } },
      mid: { test: { run: { command: ['a', 2], output: 'b', 'allow-failure': true }, network: 'default' } },
      leaf: { test: { inherit: false, run: { healthy: true } } },
    })
    expect(of(stack, 'mid')).toEqual([
      { ...plain, http: [{ port: 8888, path: '/', status: 200 }], exitCode: null, allowFailure: true },
      {
        ...{ ...plain, name: 'docker run exit 3', command: ['/bin/sh', '-c', 'exit 3'], exitCode: 3, env: { A: '1' } },
        ...{ timeout: 5, allowFailure: true },
      },
      {
        ...{ ...plain, image: 'mid', name: 'docker run ["a","2"]', command: ['a', '2'], output: ['b'] },
        ...{ network: 'default', allowFailure: true },
      },
    ])
    expect(of(stack, 'leaf')).toEqual([{ ...plain, image: 'leaf', healthy: true, exitCode: null }])
  })

  it.each<[string, unknown, RegExp]>([
    [
      'an exit code of a server',
      { http: { port: 1 }, 'exit-code': 0 },
      /run.exit-code: a container with http or healthy/,
    ],
    ['a port that is none', { http: { port: 65536 } }, /run.http.port/],
    ['no port', { http: { path: '/' } }, /run.http/],
    ['a path that is another address', { http: { port: 1, path: '@evil.example/' } }, /run.http.path/],
    ['a path with a line break', { http: { port: 1, path: '/a\r\nX: y' } }, /run.http.path/],
    ['a status that is none', { http: { port: 1, status: 700 } }, /run.http.status/],
    ['an exit code that is none', { 'exit-code': 256 }, /run.exit-code/],
    ['a variable that is another option', { env: { '--privileged': 'x' } }, /"--privileged" is no name/],
    ['a NUL', { command: ['a\0b'] }, /run.command: it holds a NUL/],
    ['a NUL in a variable', { env: { A: 'a\0b' } }, /run.env: it holds a NUL/],
    ['a mount', { volumes: ['/:/host'] }, /run.volumes: unknown key/],
  ])('refuse %s', async (_title, run, message) => {
    await expect(read({ base: { test: { run } } })).rejects.toMatchObject({
      code: 'spec',
      message: expect.stringMatching(message),
    })
  })
})

it('builds an image whose tests changed, and what inherits them', async () => {
  const stack = await read({})
  const change = { base: 'a', head: 'b', complete: true, reason: null, files: ['images/base/tests/a.sh'] }
  expect(Object.fromEntries(changedImages(stack, change))).toEqual({
    base: 'tests/a.sh changed',
    mid: 'parent base is built',
    leaf: 'parent mid is built',
  })
})
