import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readDigestFiles } from '../../src/tools/digest-files.ts'
import { createTemporary } from '../helpers/temporary.ts'

describe('the files that actions/download-artifact leaves', () => {
  it('are read from the folder and the folders in it, in order', async () => {
    await using temporary = await createTemporary()
    const { folder } = temporary
    await mkdir(path.join(folder, 'digests-arm64'))
    await writeFile(path.join(folder, 'digests-arm64', 'b.json'), 'B')
    await writeFile(path.join(folder, 'z.json'), 'Z')
    await writeFile(path.join(folder, 'README.md'), 'no')
    expect((await readDigestFiles(folder)).map(({ text }) => text)).toEqual(['B', 'Z'])
  })

  // Nothing is uploaded where nothing is built, and then there is no folder to download to.
  it('are none where there is no folder', async () => {
    expect(await readDigestFiles('/nonexistent/digests')).toEqual([])
  })

  it.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      'a link to a file',
      (folder) => symlink('/etc/hostname', path.join(folder, 'x.json')),
      /x\.json is not read: it is no regular/,
    ],
    [
      'what is too large',
      (folder) => writeFile(path.join(folder, 'x.json'), Buffer.alloc(1024 * 1024 + 1)),
      /bytes, more than/,
    ],
  ])('refuses %s', async (_, make, message) => {
    await using temporary = await createTemporary()
    await make(temporary.folder)
    await expect(readDigestFiles(temporary.folder)).rejects.toThrow(message)
  })

  it('does not follow a link to a folder', async () => {
    await using temporary = await createTemporary()
    await using other = await createTemporary()
    await writeFile(path.join(other.folder, 'x.json'), '{}')
    await symlink(other.folder, path.join(temporary.folder, 'linked'))
    expect(await readDigestFiles(temporary.folder)).toEqual([])
    await symlink(other.folder, path.join(temporary.folder, 'itself'))
    await expect(readDigestFiles(path.join(temporary.folder, 'itself'))).rejects.toThrow('it is no folder')
  })
})
