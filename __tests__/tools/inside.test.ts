import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from '@jest/globals'
import { isInside } from '../../src/tools/inside.ts'
import { createTemporary } from '../helpers/temporary.ts'

// What a submodule links to is in no listing of git's: it is seen only when the link is followed.
it('follows links on the way and at the end', async () => {
  await using temporary = await createTemporary()
  const root = path.join(temporary.folder, 'root')
  for (const folder of ['root/sub/..inner', 'outside/below', 'root-beside'])
    mkdirSync(path.join(temporary.folder, folder), { recursive: true })
  symlinkSync('../../outside', path.join(root, 'sub/out'))
  symlinkSync('sub', path.join(root, 'in'))
  symlinkSync(root, path.join(temporary.folder, 'checkout'))
  const ask = async (file: string, from = root) => await isInside(from, path.join(from, file))
  const inside = ['.', 'sub', 'sub/..inner', 'in', 'in/..inner', 'not/there']
  const outside = ['sub/out', 'in/out', 'sub/out/below', '..', '../root-beside', '/etc/../..']
  expect(await Promise.all(inside.map((file) => ask(file)))).toEqual(inside.map(() => true))
  expect(await Promise.all(outside.map((file) => ask(file)))).toEqual(outside.map(() => false))
  expect(await ask('sub', path.join(temporary.folder, 'checkout'))).toBe(true)
})
