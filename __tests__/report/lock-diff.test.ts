import { describe, expect, it } from '@jest/globals'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { diffLocks } from '../../src/lock/diff.ts'
import type { ComparedLock, LockDiff } from '../../src/lock/diff-types.ts'
import { lockDiffMarkdown } from '../../src/report/lock-markdown.ts'
import { freshnessText, lockDiffText } from '../../src/report/lock-text.ts'
import { changeCounts, changeLine, groupPlatforms } from '../../src/report/lock-words.ts'
import { visibleLines } from '../../src/report/visible.ts'

const plain = { color: false }
const options = { interest: ['dask-gateway'], rows: 100 }

/** `name version [build]` a package. */
function lock(texts: readonly string[], platforms: readonly string[] = ['linux-64']): ComparedLock {
  const packages = platforms.flatMap((platform) =>
    texts.map((text) => {
      const [name = '', version = '', build = '0'] = text.split(' ')
      const url = `https://conda.anaconda.org/conda-forge/${platform}/${name}-${version}-${build}.conda`
      return { name, version, manager: 'conda' as const, platform, url }
    }),
  )
  return { platforms, channels: ['conda-forge'], packages }
}

function diff(before: readonly string[], after: readonly string[], platforms?: readonly string[]): LockDiff[] {
  return diffLocks({ image: 'pangeo-notebook', before: lock(before, platforms), after: lock(after, platforms) })
}

const before = ['dask-gateway 2024.1', 'gone 1', 'numpy 1.26', 'same 1', 'up 1.1', 'down 1.2', 'built 1 a']
const after = ['dask-gateway 2025.4', 'new 1', 'numpy 2.0', 'same 1', 'up 1.2', 'down 1.1', 'built 1 b']

describe('a diff', () => {
  it('is counted in one line', () => {
    const [found] = diff(before, after)
    expect(changeCounts(found!)).toBe('1 added, 1 removed, 3 up (1 major), 1 down, 1 rebuilt')
    expect(changeCounts(diff(before, before)[0]!)).toBe('nothing changed')
    expect(groupPlatforms(diff(['a 1.1'], ['a 1.2'])).map(changeLine)).toEqual(['pangeo-notebook linux-64: 1 up'])
  })

  it('shows packages of interest first, then major jumps, then what a reviewer asks about', () => {
    const text = lockDiffText(diff(before, after), options.interest, plain)
    const names = [...text.matchAll(/^ {2}\S (\S+)/gm)].map((match) => match[1])
    expect(names).toEqual(['dask-gateway', 'numpy', 'gone', 'down', 'new', 'up', 'built'])
    const rows = [...lockDiffMarkdown(diff(before, after), options).matchAll(/^\| \S+ \| (?:<strong>)?([\w-]+)/gm)]
    expect(rows.map((match) => match[1])).toEqual(['---', ...names])
  })

  it('says platforms that changed alike once', () => {
    const both = diff(['a 1.1'], ['a 1.2'], ['linux-64', 'linux-aarch64'])
    expect(lockDiffText(both, [], plain)).toBe('pangeo-notebook linux-64, linux-aarch64: 1 up\n  ↑ a  1.1 → 1.2\n')
    expect(lockDiffMarkdown(both, options).match(/<details>/g)).toHaveLength(1)
  })

  it('without a difference is nothing in Markdown, and a sentence in a terminal', () => {
    expect(lockDiffMarkdown(diff(['a 1'], ['a 1']), options)).toBe('')
    expect(lockDiffText(diff(['a 1'], ['a 1']), [], plain)).toBe('no package changed\n')
  })

  it('lists at most so many packages and counts the others', () => {
    const many = Array.from({ length: 500 }, (_, at) => `p${at} 1`)
    const text = lockDiffMarkdown(diff([], many), { ...options, rows: 50 })
    expect(text.match(/^\| ➕/gm)).toHaveLength(50)
    expect(text).toContain('450 more packages changed.')
  })

  it('is Markdown that GitHub shows as a table, with the counts and packages of interest outside of the fold', () => {
    const html = micromark(lockDiffMarkdown(diff(before, after), options), {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
    })
    expect(html.match(/<tr>/g)).toHaveLength(1 + 7)
    expect(/<summary>(.*)<\/summary>/.exec(html)?.[1]?.replaceAll('&#50;', '2')).toMatch(
      /linux-64: 1 added.* · dask-gateway 2024\.1 → 2025\.4$/,
    )
  })

  // A lock is text of a pull request: a name, a version and a channel can hold anything.
  it.each([
    '</details><script>',
    '@everyone',
    '![x](http://x.test/p.png)',
    'a|b',
    '`',
    '\u202e',
    '\u001b[31m',
    'x\n\n# y',
  ])('cannot be made to act by %j', (evil) => {
    const url = `https://${evil}/x/linux-64/x-1-0.conda`
    const entry = { name: evil, version: evil, manager: 'conda' as const, platform: evil, url }
    const hostile: ComparedLock = { platforms: [evil], channels: [evil], packages: [entry] }
    const diffs = diffLocks({ image: evil, before: { ...hostile, channels: [], packages: [] }, after: hostile })
    const markdown = lockDiffMarkdown(diffs, { ...options, interest: [evil.toLowerCase()] })
    const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
    const tags = [...html.matchAll(/<(\w+)/g)].map((match) => match[1])
    const allowed = ['details', 'summary', 'strong', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td']
    expect(tags.filter((tag) => !allowed.includes(tag ?? ''))).toEqual([])
    expect(html.replaceAll(/<[^>]*>/g, '')).not.toMatch(/@everyone/)
    expect(html.match(/<tr>/g)).toHaveLength(2)
    for (const text of [markdown, lockDiffText(diffs, [], plain)]) {
      const own = text.replaceAll('\u200b', '')
      expect(visibleLines(own).join('\n')).toBe(own)
    }
    expect(lockDiffText(diffs, [], plain).trimEnd().split('\n')).toHaveLength(3)
  })
})

describe('freshness', () => {
  const fresh = { image: 'a', platform: 'linux-64', fresh: true, reason: 'the content hash is that of the sources' }

  it('is told for all in the first line, then lock by lock', () => {
    const stale = { image: 'long-name', platform: 'osx-arm64', fresh: false, reason: 'the sources\nchanged' }
    expect(freshnessText([fresh, stale], plain)).toBe(
      [
        '1 of 2 locks stale',
        '  a          linux-64   fresh  the content hash is that of the sources',
        '  long-name  osx-arm64  stale  the sources␊changed',
        '',
      ].join('\n'),
    )
    expect(freshnessText([fresh], plain)).toMatch(/^1 lock fresh\n/)
    expect(freshnessText([], plain)).toBe('no locks\n')
  })
})
