import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { storedZip, stubWheel } from '../../src/tools/stub-wheel.ts'
import { readZipEntry } from '../../src/tools/zip.ts'

const source = (bytes: Buffer) => ({
  read: async (start: number, length: number) => bytes.subarray(start, start + length),
  size: bytes.length,
})
const read = async (bytes: Buffer, name: string, limit = 1_000_000) =>
  (await readZipEntry(source(bytes), (one) => one === name, limit))?.toString()

describe('a zip archive', () => {
  const packed = Buffer.from(
    zipSync({ 'a.txt': Buffer.from('A'.repeat(5000)), 'b/METADATA': [Buffer.from('Name: b'), { level: 0 }] }),
  )

  it('gives one file, packed or not, and null for what it has not', async () => {
    expect(await read(packed, 'a.txt')).toBe('A'.repeat(5000))
    expect(await read(packed, 'b/METADATA')).toBe('Name: b')
    expect(await read(packed, 'c')).toBeUndefined()
    expect(await read(stubWheel('a-b', '1.0').bytes, 'a_b-1.0.dist-info/METADATA')).toMatch('Name: a-b\nVersion: 1.0')
  })

  it('is read by its end and the wanted file alone', async () => {
    const large = storedZip([
      ['large', 'x'.repeat(500_000)],
      ['small', 'hello'],
    ])
    let bytes = 0
    const { size, read: plain } = source(large)
    const counted = {
      size,
      read: (start: number, length: number) => plain(start, length).finally(() => (bytes += length)),
    }
    expect((await readZipEntry(counted, (name) => name === 'small', 100))?.toString()).toBe('hello')
    expect(bytes).toBeLessThan(70_000)
  })

  it('with a file larger than wanted is refused before it is unpacked, also where its directory lies', async () => {
    await expect(read(packed, 'a.txt', 4999)).rejects.toThrow('larger than 4999 bytes')
    const bomb = Buffer.from(packed)
    const small = bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), bomb.lastIndexOf('b/METADATA') - 47)
    bomb.writeUInt32LE(10, small + 24)
    await expect(read(bomb, 'a.txt', 4999)).rejects.toThrow()
  })

  it.each([
    ['cut', packed.subarray(0, -30)],
    ['no archive at all', Buffer.from(deflateRawSync('x'.repeat(1000)))],
    ['empty', Buffer.alloc(0)],
  ])('that is %s is an error', async (_, bytes) => {
    await expect(read(Buffer.from(bytes), 'a.txt')).rejects.toThrow(/zip archive/)
  })

  it('with any byte changed gives a file, nothing or an error, and stays within the limit', async () => {
    const change = fc.tuple(fc.nat(packed.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(packed)
        for (const [at, value] of changes) bytes[at] = value
        const text = await read(bytes, 'a.txt', 6000).catch((error: Error) => error.message.slice(0, 100))
        return (text ?? '').length <= 6000
      }),
      { numRuns: 500 },
    )
  })
})
