import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../src/errors.ts'
import { renderError, renderErrorDetails, renderPlanText, renderResultText, wantsColor } from '../../src/report/text.ts'
import type { Plan, PlannedImage } from '../../src/stack/types.ts'
import { createBuilt, createFailure, createResult, createStackResult } from './sample.ts'

const plain = { color: false }
const control = /[^\P{Cc}\n]|\p{Bidi_Control}|[\p{Zl}\p{Zp}]/u

function planned(
  name: string,
  action: PlannedImage['action'],
  reason: string,
  parents: readonly string[] = [],
): PlannedImage {
  return {
    name,
    dockerfile: `${name}/Dockerfile`,
    path: name,
    parents,
    external: [],
    action,
    reason,
    relock: false,
    lockSources: [],
    fingerprint: null,
    tags: [],
    digest: null,
  }
}

function planOf(...images: PlannedImage[]): Plan {
  return { images, order: images.map((image) => image.name) }
}

describe('renderPlanText', () => {
  it('is a tree with reasons', () => {
    const plan = planOf(
      planned('base-image', 'reuse', 'unchanged since 2639bd3'),
      planned('base-notebook', 'skip', 'nothing changed', ['base-image']),
      planned('dask', 'skip', 'nothing changed', ['base-notebook']),
      {
        ...planned('pangeo-notebook', 'build', 'environment.yml changed', ['base-image', 'base-notebook']),
        relock: true,
      },
      planned('ml-notebook', 'build', 'parent pangeo-notebook', ['pangeo-notebook']),
      planned('other', 'build', 'Dockerfile changed', ['not-of-this-stack']),
    )
    expect(renderPlanText(plan, plain)).toBe(
      [
        'buildx-action plan: 6 images, 3 to build',
        '',
        '  base-image             reuse  unchanged since 2639bd3',
        '  └─ base-notebook       skip   nothing changed',
        '     ├─ dask             skip   nothing changed',
        '     └─ pangeo-notebook  build  environment.yml changed, lock is solved again (also from base-image)',
        '        └─ ml-notebook   build  parent pangeo-notebook',
        '  other                  build  Dockerfile changed',
        '',
      ].join('\n'),
    )
  })

  it('lists every image once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 }), (graph) => {
        const images = graph.map((parents, index) =>
          planned(
            `i${index}`,
            'build',
            `r${index}`,
            [...new Set(parents)].filter((parent) => parent < index).map((parent) => `i${parent}`),
          ),
        )
        const lines = renderPlanText(planOf(...images), plain).split('\n')
        for (const image of images)
          expect(lines.filter((line) => new RegExp(`[ ─]${image.name} +build`).test(line))).toHaveLength(1)
      }),
    )
  })

  it('of nothing says so', () => {
    expect(renderPlanText(planOf(), plain)).toBe('buildx-action plan: 0 images, nothing to build\n')
  })
})

describe('renderResultText', () => {
  it('tells story, images, failure and checks', () => {
    expect(renderResultText(createStackResult(), plain)).toBe(
      [
        '✗ 1 failed, 2 built, 1 reused, 1 skipped · 4 m 12 s',
        '',
        '  base-image       reused                          412 MB           unchanged since 2639bd3',
        '  base-notebook    built    48 s      67 % cached  512 MB           start changed',
        '  pangeo-notebook  built    3 m 02 s  50 % cached  4.1 GB (+38 MB)  environment.yml changed (+2 packages)',
        '  ml-notebook      failed   41 s      50 % cached                   parent base-notebook is built',
        '  gpu-notebook     skipped                                          its parent ml-notebook failed',
        '',
        'ml-notebook failed in step 5/7: RUN micromamba create -p /srv/conda -f conda-linux-64.lock',
        '  the command ended with exit code 1',
        '  │ Looking for packages',
        '  │ critical libmamba Could not find pytorch 2.99',
        '  images/ml-notebook/Dockerfile:31',
        '',
        '1 Dockerfile check:',
        '  images/pangeo-notebook/Dockerfile:12  JSONArgsRecommended: JSON arguments recommended for CMD',
        '',
      ].join('\n'),
    )
  })

  it('shows control characters of others and sends none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const warnings = [{ rule: text, message: text, url: null, file: text, line: null }]
        const failure = createFailure({ message: text, dockerfile: text, tail: [text] })
        const result = createResult(
          [createBuilt(`a${text}`, 0, 1, { reason: text, outcome: 'failed', failure, warnings })],
          { error: `first\n${text.replaceAll('\n', '')}.` },
        )
        const output = renderResultText(result, plain)
        expect(output).not.toMatch(control)
        expect(output.split('\n')).toHaveLength(14)
      }),
    )
    expect(renderResultText(createResult([], { error: 'a\u001b[2Jb\rc\u202e' }), plain)).toBe('✗ a␛[2Jb␍c<U+202E>\n')
  })

  it('shows an error of several lines', () => {
    expect(renderResultText(createResult([], { error: 'no builder\nstart one\n' }), plain)).toBe(
      '✗ no builder\n\n  start one\n',
    )
  })

  it('has colours where they are asked for, and only then', () => {
    expect(renderResultText(createStackResult(), { color: true })).toContain('\u001b[31m')
    expect(renderResultText(createStackResult(), plain)).not.toContain('\u001b')
  })
})

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '' }, true],
])('wantsColor(isTTY %p, %p) is %p', (isTTY, env, expected) => {
  expect(wantsColor({ isTTY }, env)).toBe(expected)
})

describe('renderError', () => {
  it('is what and where first, then why and the remedy', () => {
    const error = new ActionError('spec', 'images/spec.yml:3: unknown key "tset"', ['did you mean: test?'], {
      cause: new Error('boom'),
    })
    expect(renderError(error, plain)).toBe(
      'error: images/spec.yml:3: unknown key "tset"\n       did you mean: test?\n       because: boom',
    )
  })

  it('is one line of anything else that was thrown', () => {
    expect(renderError('odd', plain)).toBe('error: odd')
    expect(renderError(new Error('a\u001bb'), plain)).toBe('error: a␛b')
  })

  it('has at most five lines and no control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (message, details) => {
        const text = renderError(new ActionError('build', message, details, { cause: new Error('x') }), plain)
        expect(text.split('\n').length).toBeLessThanOrEqual(5)
        expect(text).not.toMatch(control)
      }),
    )
  })

  it('says how much more there is; the details have all of it', () => {
    const error = new ActionError('build', 'x', ['a', 'b', 'c', 'd', 'e'])
    expect(renderError(error, plain)).toBe(
      'error: x\n       a\n       b\n       c\n       (2 more lines in the debug log)',
    )
    expect(renderErrorDetails(error)).toMatch(/^x\na\nb\nc\nd\ne\n {4}at /)
  })
})
