import { describe, expect, it } from '@jest/globals'
import type { Fingerprint } from '../../src/stack/fingerprint.ts'
import { changedParts, readStamp, stampText } from '../../src/stack/fingerprint-label.ts'

const made = (parts: Partial<Fingerprint['parts']> = {}, fingerprint: string | null = 'a'.repeat(32)): Fingerprint => ({
  fingerprint,
  why: fingerprint === null ? 'the digest of x is not known' : null,
  inputs: 'b'.repeat(32),
  parts: {
    dockerfile: '100644 1',
    tests: '',
    files: { word: '1' },
    lockSources: {},
    args: { A: '1' },
    target: '',
    platforms: 'linux/amd64',
    contexts: {},
    bases: { 'debian:12': 'sha256:1' },
    parents: {},
    ...parts,
  },
})

describe('the label', () => {
  it('is read as it was written, also where there is no fingerprint', () => {
    for (const some of [made(), made({}, null)])
      expect(readStamp(stampText(some))).toEqual({
        fingerprint: some.fingerprint,
        inputs: some.inputs,
        parts: some.parts,
      })
  })

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['another version', '{"version":2}'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('%s is none of ours', (_title, text) => {
    expect(readStamp(text)).toBeNull()
  })

  // Fails if what a registry says could pass for a fingerprint, or reach a reader in a shape that nobody expects.
  it('what is not as we write it is left out', () => {
    const text = JSON.stringify({
      version: 1,
      fingerprint: 'A'.repeat(32),
      inputs: 7,
      files: { a: 1 },
      args: [],
      tests: {},
    })
    expect(readStamp(text)).toEqual({ fingerprint: null, inputs: null, parts: {} })
  })

  // Fails if a large context makes a label that registries refuse.
  it.each([10, 200, 5000])('is at most 8 KB with %p files, and tells which folder changed', (count) => {
    const files = (changed: string) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `folder${at % 9}/sub${at % 40}/file-${at}.txt`,
          at === 3 ? changed : '1',
        ]),
      )
    const before = stampText(made({ files: files('1') }))
    expect(Buffer.byteLength(before)).toBeLessThanOrEqual(8 * 1024)
    const changes = changedParts(readStamp(before)!, made({ files: files('2') }))
    expect(changes).toHaveLength(1)
    expect('folder3/sub3/file-3.txt').toContain(changes[0]!.name.replace(/\/$/, ''))
  })
})

it('tells added, removed and changed parts', () => {
  const before = readStamp(stampText(made({ files: { gone: '1', word: '1' }, args: {} })))!
  const now = made({ files: { word: '2' }, bases: { 'debian:12': 'sha256:2' }, target: 'x' })
  expect(changedParts(before, now)).toEqual([
    { part: 'files', name: 'gone', how: 'removed' },
    { part: 'files', name: 'word', how: 'changed' },
    { part: 'args', name: 'A', how: 'added' },
    { part: 'target', name: '', how: 'changed' },
    { part: 'bases', name: 'debian:12', how: 'changed' },
  ])
  expect(changedParts(readStamp(stampText(now))!, now)).toEqual([])
})
