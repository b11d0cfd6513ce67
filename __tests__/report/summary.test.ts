import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { renderSummary } from '../../src/report/summary.ts'
import type { ImageResult } from '../../src/report/types.ts'
import {
  createBuilt,
  createFailure,
  createForkTrigger,
  createImage,
  createResult,
  createStackResult,
  createStep,
  createTrigger,
} from './sample.ts'

function firstLine(markdown: string): string {
  return markdown.slice(0, markdown.indexOf('\n'))
}

describe('the first line', () => {
  it.each([
    ['a failing run', createStackResult(), '## ❌ 1 failed, 2 built, 1 reused, 1 skipped · 4 m 12 s'],
    ['a green run', createResult([createBuilt('a', 0, 5)]), '## ✅ 1 built · 4 m 12 s'],
    [
      'nothing pushed',
      createResult([createBuilt('a', 0, 5)], { pushed: false }),
      '## ✅ 1 built · 4 m 12 s · nothing pushed',
    ],
    [
      'nothing to do',
      createResult([createImage('a'), createImage('b')]),
      '## ✅ nothing to build, 2 images unchanged · 4 m 12 s',
    ],
    ['no images', createResult([]), '## ✅ no images found · 4 m 12 s'],
    [
      'a dry run',
      createResult([createImage('a', { action: 'build' }), createImage('b')], { dryRun: true }),
      '## 📝 1 to build, 1 unchanged · dry run: nothing was built',
    ],
    ['an error before any image', createResult([], { error: 'no builder' }), '## ❌ no builder'],
    ['an error of several lines', createResult([], { error: 'no builder\nstart one' }), '## ❌ no builder'],
    [
      'an error after images',
      createResult([createBuilt('a', 0, 5)], { error: 'push refused' }),
      '## ❌ 1 built · 4 m 12 s · push refused',
    ],
  ])('of %s', (_, result, expected) => {
    expect(firstLine(renderSummary(result))).toBe(expected)
  })

  it('of an untrusted run says what it may not do and what a maintainer can do', () => {
    const markdown = renderSummary(
      createResult([createBuilt('a', 0, 5)], { trigger: createForkTrigger(), pushed: false }),
    )
    expect(firstLine(markdown)).toBe(
      '## ✅ 1 built · 4 m 12 s · untrusted run: no login, no secrets, no push; a maintainer can push beef5ee to a branch of this repository',
    )
  })
})

describe('the table', () => {
  it('leaves out columns that are empty and folds those that are the same', () => {
    const rows = [createImage('a', { reason: 'x' }), createImage('b', { reason: 'x' })]
    expect(renderSummary(createResult(rows))).toContain(
      '|  | image |\n| --- | --- |\n| ➖ | a |\n| ➖ | b |\n\nAll images: decision: unchanged · why: x\n',
    )
  })

  it('shows time, cached share, size with its change, and digest', () => {
    expect(renderSummary(createStackResult())).toContain(
      '| ✅ | pangeo-notebook | built | environment.yml changed (+2 packages) | 3 m 02 s | 50 % | 4.1 GB (+38 MB) | <code>sha256:0123456789ab…</code> |',
    )
  })

  it('lists of a big stack what moved and counts the rest', () => {
    const images = [...Array.from({ length: 300 }, (_, index) => createImage(`i${index}`)), createBuilt('moved', 0, 5)]
    const markdown = renderSummary(createResult(images))
    expect(markdown).toContain('| ✅ | moved |')
    expect(markdown).not.toContain('| i7 |')
    expect(markdown).toContain('300 more images did not change.')
  })
})

describe('sections', () => {
  it('a failed image: step, message, last lines, place, log', () => {
    expect(renderSummary(createStackResult())).toContain(
      [
        '### ❌ ml-notebook failed in step 5/7: <code>RUN micromamba create -p /srv/conda -f conda-linux-64.lock</code>',
        '',
        'the command ended with exit code 1',
        '',
        '```',
        'Looking for packages',
        'critical libmamba Could not find pytorch 2.99',
        '```',
        '',
        '[images/ml-notebook/Dockerfile line 31](https://github.com/pangeo-data/images/blob/a1b2c3d4e5f60718293a4b5c6d7e8f9012345678/images/ml-notebook/Dockerfile#L31) · [full log](https://github.com/pangeo-data/images/actions/runs/42)',
      ].join('\n'),
    )
  })

  it('an error of several lines stands in full below', () => {
    expect(renderSummary(createResult([], { error: 'no builder\nstart `one`' }))).toBe(
      '## ❌ no builder\n\n```\nstart `one`\n```\n',
    )
  })

  it('outside of GitHub no links', () => {
    const markdown = renderSummary(createStackResult({ runUrl: null }))
    expect(markdown).toContain('\nimages/ml-notebook/Dockerfile line 31\n')
    expect(markdown).not.toContain('](https://github.com')
  })

  it('the graph marks outcomes and the critical path; the timeline counts from the start', () => {
    const markdown = renderSummary(createStackResult())
    expect(markdown).toContain('  n0["♻️ base-image"]:::reused\n')
    expect(markdown).toContain('  n1 ==> n2\n  n1 --> n3\n')
    expect(markdown).toContain('  ✅ pangeo-notebook :crit, 00:00:48, 182s\n  ❌ ml-notebook :active, 00:00:48, 41s\n')
  })

  it('pull commands name digests, only after a push and only of references', () => {
    expect(renderSummary(createStackResult())).toContain(
      `docker pull registry.example/pangeo/base-notebook@sha256:${'0123456789abcdef'.repeat(4)}\n`,
    )
    expect(renderSummary(createStackResult({ pushed: false }))).not.toContain('docker pull')
    const odd = createBuilt('a', 0, 1, { tags: ['x y;rm -rf/z:1'] })
    expect(renderSummary(createResult([odd]))).not.toContain('docker pull')
    const port = createBuilt('a', 0, 1, { tags: ['localhost:5000/a:1'] })
    expect(renderSummary(createResult([port]))).toContain('docker pull localhost:5000/a@sha256:')
  })

  it('the plan is JSON', () => {
    expect(renderSummary(createResult([]), { plan: { order: ['a'] } })).toContain(
      '```json\n{\n  "order": [\n    "a"\n  ]\n}\n```',
    )
  })

  it('the same check of two variants is shown once', () => {
    const warnings = [{ rule: 'R', message: 'm', url: null, file: 'Dockerfile', line: 1 }]
    expect(
      renderSummary(createResult([createBuilt('a', 0, 1, { warnings }), createBuilt('b', 0, 1, { warnings })])),
    ).toContain('Dockerfile checks: 1')
  })
})

describe('the limit', () => {
  const tail = Array.from({ length: 20 }, () => 'y'.repeat(400))
  const images = Array.from({ length: 200 }, (_, index) =>
    createBuilt(`image-${index}`, 0, 5, { outcome: 'failed', failure: createFailure({ tail }) }),
  )
  const result = createResult(images)

  it('cuts whole sections from the least important up and names them', () => {
    const plan = { text: 'z'.repeat(1000) }
    const whole = renderSummary(createStackResult(), { plan })
    const cut = renderSummary(createStackResult(), { plan, limit: Buffer.byteLength(whole) - 1 })
    expect(cut).toContain('_Left out, because GitHub shows no more: the plan. The log has all of it._')
    expect(cut).toContain('```mermaid')
  })

  it.each([1024 * 1024, 100_000, 20_000, 3000, 200, 10])('of %i bytes is kept', (limit) => {
    const markdown = renderSummary(result, { limit })
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(limit)
    if (limit >= 200) expect(firstLine(markdown)).toBe('## ❌ 200 failed · 4 m 12 s')
  })

  it('counts bytes, not characters', () => {
    const wide = createResult(images.map((image) => ({ ...image, reason: '漢'.repeat(200) })))
    expect(Buffer.byteLength(renderSummary(wide, { limit: 50_000 }))).toBeLessThanOrEqual(50_000)
  })
})

describe('untrusted text', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '`',
          '```',
          '|',
          '\n',
          '<img src=x>',
          '</details>',
          '@a/b',
          '\\',
          '![a](b)',
          '-->',
          '"]',
          ';',
          '::',
          '\u202e',
          'x',
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join('')),
  )

  it('makes no element that the report did not make itself', () => {
    const expected = elements(renderSummary(hostile('x')))
    fc.assert(
      fc.property(nasty, (text) => {
        expect(elements(renderSummary(hostile(text)))).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  function hostile(text: string) {
    const odd: Partial<ImageResult> = {
      reason: `r${text}`,
      outcome: 'failed',
      tags: [`t${text}`],
      digest: `d${text}`,
      steps: [createStep(1, `n${text}`, { completed: Date.UTC(2026, 11, 1), stage: `s${text}`, platform: `p${text}` })],
      warnings: [
        { rule: `r${text}`, message: `m${text}`, url: `https://docs.docker.com/x) ${text}`, file: `f${text}`, line: 1 },
      ],
      failure: createFailure({
        message: `m${text}`,
        dockerfile: `f${text}`,
        tail: [`t${text}`],
        step: createStep(1, `n${text}`, { stage: `s${text}` }),
      }),
    }
    const images = [
      createBuilt(`i${text}`, 0, 1, odd),
      createBuilt(`j${text}`, 1, 2, { ...odd, reason: 'y', parents: [`i${text}`] }),
    ]
    const trigger = createTrigger({ trust: 'untrusted', trustReason: `because ${text}` })
    return createResult(images, { trigger, error: `e${text}\nmore ${text}`, pushed: false })
  }

  /** Tags in order, with what they refer to; the text of a fenced block and of hrefs may differ. */
  function elements(markdown: string): string[] {
    const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
    const blob = /href="https:\/\/github\.com\/pangeo-data\/images\/blob\/[^"]*"/
    return [...html.matchAll(/<\/?[a-z][^>]*>/g)].map((tag) => tag[0].replace(blob, 'href'))
  }
})
