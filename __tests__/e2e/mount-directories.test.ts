import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { run } from '../../sandbox/world/run.ts'
import type { World } from '../../sandbox/world/types.ts'
import { mountDirectories } from '../../src/cache/mounts.ts'
import { imageOf, stackOf } from '../stack/stacks.ts'
import { startTestWorld } from './small-stack.ts'

let world: World
beforeAll(async () => {
  world = await startTestWorld()
}, 600_000)
afterAll(async () => {
  await world.stop()
})

/** Options of mounts, and the folder in which a step sees it. Which of them are one directory, BuildKit says. */
const mounts: readonly (readonly [options: string, folder: string])[] = [
  ['target=/a', '/a'],
  ['target=/a/', '/a'],
  ['dst=/b/../a', '/a'],
  ['id=/a,target=/other', '/other'],
  ['id=a,target=/a', '/a'],
  ['target=a', '/opt/app/a'],
  ['target=./a', '/opt/app/a'],
  ['target=a/', '/opt/app/a'],
  ['id=$NAME,target=/n', '/n'],
  ['id=named,destination=/n', '/n'],
  ['id="na\\med",target=/n', '/n'],
  ['id=n$UNSET,target=/n', '/n'],
  ['id=,target=/a', '/a'],
  ['id=named,target=/n,sharing=locked', '/n'],
  ['id=named,target=/n,sharing=private', '/n'],
  ['id=named,target=/n,uid=0', '/n'],
  ['id=named,target=/n,gid=0', '/n'],
  ['id=named,target=/n,mode=0755', '/n'],
  ['id=named,target=/n,mode=755,uid=0,gid=0', '/n'],
  ['id=named,target=/n,uid=1000', '/n'],
  ['id=named,target=/n,UID=$ID', '/n'],
  ['id=named,target=/n,mode=0700', '/n'],
  ['id=named,target=/n,from=scratch', '/n'],
  ['id=named,target=/n,from=busybox', '/n'],
  ['id=named,target=/n,from=busybox,source=/', '/n'],
  ['id=named,target=/n,from=busybox,uid=0', '/n'],
  ['id=named,target=/n,from=busybox,source=bin', '/n'],
  ['id=named,target=/n,from=busybox,src=/bin/', '/n'],
  ['id=named,target=/n,from=busybox,source=/bin,uid=5', '/n'],
  ['id=x y,target=/n', '/n'].map((text) => text.replace('x y', '"x y"')) as [string, string],
]

const head = 'FROM busybox\nARG NAME=named\nENV ID=1000 UNSET=\nWORKDIR /opt\nWORKDIR app\n'

// Broken by: an option that is not read, an id that is made of the wrong path. BuildKit itself is the oracle.
it('are told apart as BuildKit tells them apart', async () => {
  const steps = mounts.map(([options, folder], at) => {
    const commands = `[ -e ${folder}/.mark ] || echo ${at} > ${folder}/.mark; echo ${at} $(cat ${folder}/.mark) >> /met`
    return `RUN --mount=type=cache,${options} ${commands}\n`
  })
  const text = `${head}${steps.join('')}FROM scratch\nCOPY --from=0 /met /\n`
  const met = await metIn(text)
  const image = imageOf(await stackOf({ 'i/Dockerfile': text }), 'i')
  expect(image.cacheMounts.map(({ line }) => line)).toEqual(mounts.map((_, at) => at + 6))
  const directories = mountDirectories([image], () => ({}))
  const keys = image.cacheMounts.map((mount) => directories.find((directory) => sameOf(directory.mount, mount))?.key)
  // A mount is the first one of its directory, or meets the mark of that. A source is a folder in the same one.
  expect(keys.map((key) => keys.indexOf(key))).toEqual(met)
}, 240_000)

function sameOf<T extends { line: number; target: string }>(one: T, other: T): boolean {
  return JSON.stringify({ ...one, line: 0, target: '' }) === JSON.stringify({ ...other, line: 0, target: '' })
}

async function metIn(text: string): Promise<number[]> {
  const folder = path.join(world.dir, 'directories')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'Dockerfile'), text)
  const output = path.join(folder, 'output')
  await run('buildx', ['build', '--output', `type=local,dest=${output}`, folder], { env: world.env })
  const lines = (await run('cat', [path.join(output, 'met')])).trim().split('\n')
  return lines.map((line) => Number(line.split(' ')[1]))
}
