import { describe, expect, it } from '@jest/globals'
import { type Blocks, updateBlocks } from '../../src/publish/blocks.ts'
import { firstSeen } from '../../src/publish/first-seen.ts'
import { recordedFrom } from '../../src/publish/from-stack-file.ts'
import { basePairs, type Recorded, type RecordedImage } from '../../src/publish/recorded.ts'
import { resolvedDockerfile } from '../../src/publish/resolved-dockerfile.ts'
import { basesTable, imagesTable, packagesTables } from '../../src/report/history-tables.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`

function image(name: string, letter: string, tag: string | null, base: RecordedImage['base'] = null): RecordedImage {
  const repository = `quay.io/pangeo/${name}`
  return { name, repository, digest: digest(letter), tag, platforms: ['linux/amd64'], size: 4_100_000_000, base }
}
const on = (name: string, letter: string) => ({ name: `quay.io/pangeo/${name}:main`, digest: digest(letter) })

describe('which image is the base of which', () => {
  const first: Recorded = {
    ...{ commit: '1'.repeat(40), created: Date.UTC(2026, 10, 1) },
    images: [
      image('base-image', 'a', '1111111', { name: 'docker.io/library/ubuntu:24.04', digest: digest('f') }),
      image('notebook', 'b', '1111111', on('base-image', 'a')),
    ],
  }
  const second: Recorded = {
    ...{ commit: '2'.repeat(40), created: Date.UTC(2026, 10, 2) },
    images: [image('base-image', 'a', '2222222'), image('notebook', 'c', '2222222', on('base-image', 'a'))],
  }

  // Fails if an image that was only retagged is told as a build, or a child's parent by a tag that came later.
  it('is told once for each build, by the tags that they were published under', () => {
    expect(basePairs([second, first]).map((pair) => [pair.image, pair.base, pair.commit[0]])).toEqual([
      ['quay.io/pangeo/notebook:2222222', 'quay.io/pangeo/base-image:1111111', '2'],
      ['quay.io/pangeo/notebook:1111111', 'quay.io/pangeo/base-image:1111111', '1'],
      ['quay.io/pangeo/base-image:1111111', `docker.io/library/ubuntu:24.04@${digest('f')}`, '1'],
    ])
  })

  // Fails if a parent is told by the word that its child's Dockerfile has for it.
  it('knows a parent by its digest, whatever a Dockerfile calls it', () => {
    const images = [image('base-image', 'a', 'x'), image('notebook', 'b', 'x', { name: 'base', digest: digest('a') })]
    expect(basePairs([{ ...first, images }])).toMatchObject([{ base: 'quay.io/pangeo/base-image:x' }])
  })

  it('names by digest what has no tag, and leaves the unknown as it is', () => {
    const images = [image('a', 'a', null, { name: '127.0.0.1:5000/x', digest: null })]
    expect(basePairs([{ ...first, images }])).toMatchObject([
      { image: `quay.io/pangeo/a@${digest('a')}`, base: '127.0.0.1:5000/x' },
    ])
  })

  it('is a table whose names can do nothing', () => {
    const evil = basePairs([{ ...first, images: [image('a|b', 'a', 'x', { name: '</td>@all', digest: null })] }])
    const [, , row = ''] = basesTable(evil).split('\n')
    expect(row).not.toMatch(/<\/td>|@all/)
    expect(row.split('|')).toHaveLength(6)
    expect(basesTable([])).toBe('None was published yet.')
  })

  it('stands with sizes in the table of images', () => {
    expect(imagesTable(first)).toContain('| notebook | `quay.io/pangeo/notebook:1111111` | 4.1 GB |')
    expect(imagesTable({ ...first, images: [] })).toBe('None was published yet.')
  })
})

describe('what a stack.json says', () => {
  const repository = 'quay.io/pangeo/notebook'
  const expected = [{ name: 'notebook', repository, tag: '2639bd3' }]
  const file = (more: Record<string, unknown> = {}) => ({
    ...{ version: 1 as const, stack: 'images', commit: '2'.repeat(40), created: '2026-11-21T12:00:00Z' },
    images: [
      {
        ...{ image: 'notebook', repositories: [repository], digest: digest('a'), platforms: ['linux/amd64'] },
        base: { name: 'quay.io/pangeo/base-image:main', digest: digest('b') },
        ...{ fingerprint: null, tags: ['2639bd3', 'main'], size: 7, packages: [] },
        ...more,
      },
    ],
  })

  it('is taken for the images that are asked for', () => {
    expect(recordedFrom(file(), expected)).toEqual({
      ...{ commit: '2'.repeat(40), created: Date.UTC(2026, 10, 21, 12) },
      images: [
        {
          ...{ name: 'notebook', repository, digest: digest('a'), tag: '2639bd3', platforms: ['linux/amd64'], size: 7 },
          base: { name: 'quay.io/pangeo/base-image:main', digest: digest('b') },
        },
      ],
    })
    expect(recordedFrom(file(), []).images).toEqual([])
  })

  // Fails if a file that somebody else wrote can name an image from elsewhere, or what is no digest.
  it.each([
    ['an image of another repository', { repositories: ['evil.example/notebook'] }],
    ['no list of repositories', { repositories: 'quay.io/pangeo/notebook' }],
    ['no digest', { digest: 'main' }],
    ['a digest with more behind it', { digest: `${digest('a')}\nFROM evil` }],
  ])('counts for nothing with %s', (_, more) => {
    expect(recordedFrom(file(more) as ReturnType<typeof file>, expected).images).toEqual([])
  })

  it('may say less', () => {
    const less = file({ tags: null, size: 'x', platforms: null, base: { name: 7 } }) as ReturnType<typeof file>
    expect(recordedFrom({ ...less, created: '?' }, expected)).toMatchObject({
      created: null,
      images: [{ tag: null, size: null, platforms: [], base: null }],
    })
  })
})

describe('since which tag an image has a version', () => {
  const state = (label: string, versions: Record<string, Record<string, string>>) => ({
    label,
    images: new Map(Object.entries(versions).map(([name, locked]) => [name, new Map(Object.entries(locked))])),
  })
  const states = [
    state('2026.01', { base: { dask: '2025.9.1' }, ml: { dask: '2025.9.1', jax: '0.4' } }),
    state('2026.02', { base: { dask: '2025.10.0' }, ml: { dask: '2025.9.1' } }),
    state('2026.03', { base: { dask: '2025.9.1' }, ml: { dask: '2025.10.0' } }),
  ]

  // Fails if versions are ordered as text (2025.9 after 2025.10), or a later tag wins.
  it('is the oldest tag, versions newest first', () => {
    expect(firstSeen(states, ['dask', 'jax', 'none'])).toEqual([
      { package: 'dask', version: '2025.10.0', since: { base: '2026.02', ml: '2026.03' } },
      { package: 'dask', version: '2025.9.1', since: { base: '2026.01', ml: '2026.01' } },
      { package: 'jax', version: '0.4', since: { ml: '2026.01' } },
    ])
  })

  it('is a table a package, with the images that have it', () => {
    const text = packagesTables(firstSeen(states, ['dask', 'jax']), ['base', 'ml'])
    expect(text).toContain('| dask | base | ml |\n| --- | --- | --- |\n| 2025.10.0 | 2026.02 | 2026.03 |')
    expect(text).toContain('| jax | ml |')
    expect(packagesTables([], [])).toMatch(/^No lock/)
  })
})

describe('blocks of a page', () => {
  const blocks: Blocks = { images: 'IMAGES\n', bases: 'BASES', packages: 'PACKAGES', history: 'HISTORY' }
  const page = ['# Title', '<!-- buildx-action:images -->', 'old', '<!-- /buildx-action:images -->', 'end', ''].join(
    '\n',
  )

  it('are rewritten, and nothing else', () => {
    const fresh = updateBlocks(page, blocks, 'README.md')
    expect(fresh).toBe(page.replace('old', '\nIMAGES\n'))
    // Fails if a second run finds something to commit.
    expect(updateBlocks(fresh, blocks, 'README.md')).toBe(fresh)
  })

  it.each([
    ['has none', 'text <!-- buildx-action:images --> in a line\n'],
    ['shows them as code', '```html\n<!-- buildx-action:images -->\n```\n~~~\n<!-- /buildx-action:images -->\n~~~\n'],
    ['is empty', ''],
    ['lacks a newline at its end', 'x'],
  ])('a page that %s stays as it is', (_, text) => {
    expect(updateBlocks(text, blocks, 'README.md')).toBe(text)
  })

  it('keeps the line ends that the page has', () => {
    const fresh = updateBlocks(page.replaceAll('\n', '\r\n'), blocks, 'README.md')
    expect(fresh.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(updateBlocks(fresh, blocks, 'README.md')).toBe(fresh)
  })

  it.each([
    ['<!-- buildx-action:images -->\n', 'README.md:1: images has no end'],
    ['\n<!-- /buildx-action:images -->\n', 'README.md:2: images ends here and never began'],
    ['<!-- buildx-action:imges -->\n', 'README.md:1: there is no block "imges"'],
    ['<!-- buildx-action:images -->\n<!-- buildx-action:bases -->\n', 'README.md:2: bases begins within images'],
    ['<!-- buildx-action:images -->\n<!-- /buildx-action:bases -->\n', 'README.md:2: bases ends here and never began'],
  ])('%j is refused before anything is written', (text, message) => {
    expect(() => updateBlocks(text, blocks, 'README.md')).toThrow(message)
  })
})

describe('a Dockerfile with its FROM resolved', () => {
  const base = `quay.io/pangeo/base-image@${digest('a')}`
  const resolve = (text: string, more: Partial<Parameters<typeof resolvedDockerfile>[0]> = {}) =>
    resolvedDockerfile({ text, args: {}, target: null, base, ...more })

  it.each<[string, string, string]>([
    ['one stage', 'FROM base-image\nRUN x\n', `# FROM base-image\nFROM ${base}\nRUN x\n`],
    ['an argument', 'ARG T=1\nFROM b:$T AS out\n', `ARG T=1\n# FROM b:$T AS out\nFROM ${base} AS out\n`],
    [
      'a platform',
      'FROM --platform=linux/amd64 b\n',
      `# FROM --platform=linux/amd64 b\nFROM --platform=linux/amd64 ${base}\n`,
    ],
    ['a line that goes on', 'FROM b \\\n  AS out\nRUN x', `# FROM b \\\n#   AS out\nFROM ${base} AS out\nRUN x`],
    ['the last of several', 'FROM go AS tool\nFROM b\n', `FROM go AS tool\n# FROM b\nFROM ${base}\n`],
    ['a stage on a stage', 'FROM b AS one\nFROM one\n', `# FROM b AS one\nFROM ${base} AS one\nFROM one\n`],
    ['CRLF', 'FROM b\r\nRUN x\r\n', `# FROM b\r\nFROM ${base}\r\nRUN x\r\n`],
    ['nothing below', 'FROM scratch\nCOPY . /\n', 'FROM scratch\nCOPY . /\n'],
    ['no FROM', 'RUN x\n', 'RUN x\n'],
  ])('%s', (_, text, expected) => {
    expect(resolve(text)).toBe(expected)
  })

  it('is of the target that is built', () => {
    const text = 'FROM a AS one\nFROM b AS two\n'
    expect(resolve(text, { target: 'one' })).toBe(`# FROM a AS one\nFROM ${base} AS one\nFROM b AS two\n`)
  })

  it('is as it was written where the base is not known', () => {
    expect(resolve('FROM b\n', { base: null })).toBe('FROM b\n')
  })
})
