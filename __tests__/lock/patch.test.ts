import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { unifiedPatch } from '../../src/lock/patch.ts'
import { createRepository, gitEnvironment } from '../helpers/repository.ts'

const line = fc.constantFrom('a', 'b', 'c', '', '-x', '+x', '@@ -1 +1 @@', '\\ No newline', 'é', 'a\r')
const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''))
const name = fc
  .array(fc.constantFrom('a', 'B', ' ', 'é', '"', '\\', '\t', '$', "'", '~', '\u0001'), { minLength: 1, maxLength: 6 })
  .map((parts) => `x${parts.join('')}x`)

describe('unifiedPatch', () => {
  // Broken by: a wrong line number or count in a hunk's head, a lost line end, a name that git reads otherwise.
  it('is what git apply makes the new files of, whatever the texts and names', async () => {
    await using repository = await createRepository()
    const { folder } = repository
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.option(text), text), {
          selector: ([file]) => file,
          minLength: 1,
          maxLength: 4,
        }),
        (files) => {
          rmSync(path.join(folder, 'd'), { recursive: true, force: true })
          mkdirSync(path.join(folder, 'd'))
          const changes = files.map(([file, before, after]) => ({ path: `d/${file}`, before, text: after }))
          for (const { path: file, before } of changes)
            if (before !== null) writeFileSync(path.join(folder, file), before)
          const patch = unifiedPatch(changes)
          if (patch === '') return
          execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, env: gitEnvironment, input: patch })
          for (const { path: file, text: after } of changes)
            expect(readFileSync(path.join(folder, file), 'utf8')).toBe(after)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('shows a changed package as its lines alone, in the middle of a lock', () => {
    const entry = (at: number, version: string) => `- name: p${at}\n  version: ${version}\n  url: u${at}-${version}\n`
    const lock = (version: string) =>
      Array.from({ length: 5000 }, (_, at) => entry(at, at === 2500 ? version : '1')).join('')
    const patch = unifiedPatch([{ path: 'a/conda-lock.yml', before: lock('1'), text: lock('2') }])
    expect(patch.split('\n').filter((row) => /^[-+][^-+]/.test(row))).toEqual([
      '-  version: 1',
      '-  url: u2500-1',
      '+  version: 2',
      '+  url: u2500-2',
    ])
  })

  // Broken by: an algorithm whose cost grows with the square of the lines.
  it('takes two locks that have nothing in common', () => {
    const lock = (seed: string) => Array.from({ length: 40_000 }, (_, at) => `${seed}${at}\n`).join('')
    const patch = unifiedPatch([{ path: 'l', before: lock('a'), text: lock('b') }])
    expect(patch).toContain('@@ -1,40000 +1,40000 @@')
  })

  it('is empty where nothing changes', () => {
    expect(unifiedPatch([{ path: 'a', before: 'x\n', text: 'x\n' }])).toBe('')
  })
})
