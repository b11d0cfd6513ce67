import { describe, expect, it } from '@jest/globals'
import { decode, encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { fieldsAt, skip, textsAt } from '../../src/lock/msgpack-walk.ts'
import { readRepodata } from '../../src/lock/repodata.ts'
import {
  dependsOf,
  readShard,
  recordOf,
  type Shard,
  splitFilename,
  timestampOf,
  writeShard,
} from '../../src/lock/shard.ts'
import { createEntry } from '../helpers/shards.ts'

const shardBytes = (entries: readonly [string, unknown][], more: Record<string, unknown> = {}) =>
  encode({ packages: {}, 'packages.conda': Object.fromEntries(entries), removed: [], ...more })
const files = (shard: Shard) => shard.versions.flatMap((version) => version.entries.map((entry) => entry.filename))

describe('skip', () => {
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ maxLength: 300 }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 300 }),
      fc.array(tie('value'), { maxLength: 20 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 20 }),
    ),
  })).value

  it('ends where the value ends, whatever it is', () => {
    fc.assert(
      fc.property(value, (one) => {
        const bytes = encode(one)
        expect(skip(bytes, 0)).toBe(bytes.length)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses bytes that are cut off, wherever', () => {
    const bytes = encode({ a: [1, 'two', { three: new Uint8Array(300) }], b: 'x'.repeat(70_000) })
    for (let end = 0; end < bytes.length; end += 97) expect(() => skip(bytes.subarray(0, end), 0)).toThrow(RangeError)
  })

  it('refuses what is nested without an end', () => {
    expect(() => skip(new Uint8Array(100_000).fill(0x91), 0)).toThrow('nested too deep')
  })

  it('does not go on for ever on a count that is a lie', () => {
    expect(() => fieldsAt(Uint8Array.from([0xdf, 0xff, 0xff, 0xff, 0xff]), 0)).toThrow(RangeError)
    expect(() => textsAt(Uint8Array.from([0xdd, 0xff, 0xff, 0xff, 0xff]), 0)).toThrow(RangeError)
  })
})

describe('readShard', () => {
  it('gives the packages of its name by version, newest first', () => {
    const parts = ['1.9', '1.10', '1.10.0a1'].map((version) => createEntry({ name: 'a-b', version }))
    expect(files(readShard('a-b', shardBytes(parts)))).toEqual(
      ['1.10', '1.10.0a1', '1.9'].map((version) => `a-b-${version}-0.conda`),
    )
  })

  // A shard that says `evil` is `python` could take its place.
  it('leaves out other names, removed ones, paths, and old formats of what is there as .conda', () => {
    const [good, record] = createEntry({ name: 'a', version: '1' })
    const entries: [string, unknown][] = [
      [good, record],
      ['b-1-0.conda', record],
      ['../a-2-0.conda', record],
      ['a-3-0.zip', record],
      ['a-4-0.conda', record],
    ]
    const old = { packages: { 'a-1-0.tar.bz2': record, 'a-0-0.tar.bz2': record }, removed: ['a-4-0.conda'] }
    expect(files(readShard('a', shardBytes(entries, old)))).toEqual([good, 'a-0-0.tar.bz2'])
  })

  it.each([new Uint8Array(), encode([]), encode('x'), encode({ packages: 1 }).subarray(0, 3)])(
    'refuses %p',
    (bytes) => {
      expect(() => readShard('a', bytes)).toThrow(RangeError)
    },
  )

  it('reads no value of the record but what it is asked for', () => {
    const parts = [createEntry({ name: 'a', version: '1', depends: ['b >=1', 'c'], timestamp: 1_700_000_000 })]
    const [entry] = readShard('a', shardBytes(parts)).versions[0]!.entries
    expect(dependsOf(entry!)).toEqual(['b >=1', 'c'])
    expect(timestampOf(entry!)).toBe(1_700_000_000_000)
  })

  it('takes a record with a key that would become its prototype for none', () => {
    const record = JSON.parse('{"name":"a","version":"1","build":"0","subdir":"noarch","__proto__":{"depends":[]}}')
    const bytes = shardBytes([['a-1-0.conda', record]])
    expect(recordOf(readShard('a', bytes).versions[0]!.entries[0]!, 'https://c/noarch')).toBeNull()
  })

  it('takes a record that is another package than its file name says for none', () => {
    const [, record] = createEntry({ name: 'a', version: '2' })
    const [entry] = readShard('a', shardBytes([['a-1-0.conda', record]])).versions[0]!.entries
    expect(recordOf(entry!, 'https://c/noarch')).toBeNull()
  })
})

describe('writeShard', () => {
  it('writes what it read, and marks those that come last', () => {
    const parts = [
      createEntry({ name: 'a', version: '1' }),
      createEntry({ name: 'a', version: '2' }),
      createEntry({ name: 'a', version: '3', track_features: 'x' }),
    ]
    const { versions } = readShard('a', shardBytes(parts))
    const entries = versions.flatMap((version) => version.entries)
    const written = decode(writeShard(entries, (entry) => entry.version !== '1')) as Record<string, unknown>
    expect(written).toEqual({
      packages: {},
      removed: [],
      'packages.conda': {
        'a-1-0.conda': parts[0]![1],
        'a-2-0.conda': { ...parts[1]![1], track_features: 'last' },
        'a-3-0.conda': { ...parts[2]![1], track_features: 'last' },
      },
    })
  })
})

describe('splitFilename', () => {
  it.each([
    ['a-b-1.0-py_0.conda', { name: 'a-b', version: '1.0', build: 'py_0' }],
    ['a-1-0.tar.bz2', { name: 'a', version: '1', build: '0' }],
    ['a-1.conda', null],
    ['-1-0.conda', null],
    ['a--0.conda', null],
    ['a-1-.conda', null],
    ['a-1-0.zip', null],
    ['x/a-1-0.conda', null],
  ])('%s', (filename, expected) => expect(splitFilename(filename)).toEqual(expected))
})

describe('readRepodata', () => {
  const record = fc.record({
    depends: fc.array(fc.string()),
    'a"\\]}': fc.array(fc.oneof(fc.string(), fc.double(), fc.constant({ '}': ['{'] }))),
    size: fc.integer(),
  })

  it('finds what JSON.parse finds, whatever is in the records', () => {
    fc.assert(
      fc.property(fc.array(record), fc.constantFrom(0, 1), (records, indent) => {
        const packages = Object.fromEntries(records.map((one, at) => [`n-${at}-0.conda`, one]))
        const json = {
          other: records,
          info: { base_url: 'x' },
          packages: {},
          'packages.conda': packages,
          removed: ['n-0-0.conda'],
        }
        const repodata = readRepodata(Buffer.from(JSON.stringify(json, null, indent)))
        const found = repodata.shard('n').versions.flatMap((version) => version.entries)
        expect(found.map((entry) => decode(entry.shard))).toEqual(
          records
            .slice(1)
            .reverse()
            .map((one) => JSON.parse(JSON.stringify(one))),
        )
        expect(repodata.base).toBe('x')
      }),
    )
  })

  it.each(['', '[]', '{"packages": {', '{"packages": {"a-1-0.conda": {"x": "', '{"a" 1}', '{"a": 1 "b"}', 'null'])(
    'refuses %s',
    (text) => expect(() => readRepodata(Buffer.from(text))).toThrow(SyntaxError),
  )
})
