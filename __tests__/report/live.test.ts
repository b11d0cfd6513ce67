import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { startLive } from '../../src/report/live.ts'
import { clip, type LiveImage, liveLines } from '../../src/report/live-lines.ts'
import { plainNews, type Said } from '../../src/report/plain-lines.ts'
import { createProgress, type ProgressState } from '../../src/report/progress.ts'
import { createStep } from './sample.ts'

const room = { width: 80, height: 24, color: false }
const START = Date.UTC(2026, 10, 20, 10, 0, 0)

function live(name: string, overrides: Partial<LiveImage> = {}): LiveImage {
  return {
    name,
    phase: 'waiting',
    note: 'waiting for base-notebook',
    started: null,
    completed: null,
    progress: null,
    ...overrides,
  }
}

function running(name: string, step: string, overrides: Partial<ProgressState> = {}): LiveImage {
  const current = createStep(2, step, { total: 3, completed: null, started: START })
  const steps = [
    createStep(1, 'FROM x', { total: 3 }),
    current,
    createStep(3, 'RUN y', { total: 3, started: null, completed: null }),
  ]
  return live(name, {
    phase: 'running',
    started: START,
    progress: { steps, current, bytes: null, warnings: [], text: [], ...overrides },
  })
}

describe('liveLines', () => {
  it('is a line an image: bar, step, time', () => {
    const images = [
      live('base-notebook', { phase: 'built', note: 'start changed', started: START, completed: START + 48_000 }),
      running('pangeo-notebook', 'RUN micromamba create'),
      live('gpu', { phase: 'skipped', note: 'its parent failed' }),
      live('ml-notebook'),
    ]
    expect(liveLines(images, room, START + 102_000)).toEqual([
      'base-notebook    built in 48 s',
      'pangeo-notebook  █████░░░░░░░░░░░  2/3  RUN micromamba create               1:42',
      'gpu              skipped  its parent failed',
      'ml-notebook      waiting for base-notebook',
    ])
  })

  it('shows what a download has of its size', () => {
    const [line] = liveLines([running('a', 'FROM x', { bytes: { current: 412e6, total: 1.2e9 } })], room, START)
    expect(line).toContain('FROM x  412 MB / 1.2 GB')
  })

  it('is never wider nor higher than the terminal, whatever names and steps', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('漢字'.repeat(40), '\u001b[2J\n', '👩‍👩‍👧'.repeat(30)),
    )
    const image = fc.oneof(
      fc.tuple(text, text).map(([name, step]) => running(name, step)),
      fc.tuple(text, text).map(([name, note]) => live(name, { note })),
    )
    fc.assert(
      fc.property(
        fc.array(image, { maxLength: 40 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 3, max: 30 }),
        (images, width, height) => {
          const lines = liveLines(images, { width, height, color: false }, START + 1000)
          expect(lines.length).toBeLessThan(height)
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
          expect(lines.join('')).not.toMatch(/\p{Cc}/u)
        },
      ),
    )
  })

  it('of more images than lines shows those that run and counts the others', () => {
    const images = [
      ...Array.from({ length: 30 }, (_, index) => live(`w${index}`)),
      running('busy', 'RUN x'),
      live('ok', { phase: 'built' }),
    ]
    expect(liveLines(images, { ...room, height: 10 }, START)).toEqual([
      expect.stringMatching(/^busy {2}█/),
      'and 30 waiting, 1 built',
    ])
  })
})

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['漢字漢字', 5, '漢字…'],
  ['漢字漢字', 4, '漢…'],
  ['abc', 0, ''],
])('clip(%s, %i) is %s', (text, width, expected) => {
  expect(clip(text, width)).toBe(expected)
})

describe('plainNews', () => {
  function play(...moments: readonly (readonly [number, LiveImage[]])[]): string[] {
    let said: ReadonlyMap<string, Said> = new Map()
    return moments.flatMap(([seconds, images]) => {
      const news = plainNews(said, images, START, START + seconds * 1000)
      said = news.said
      return news.lines
    })
  }

  it('says start, end, and every 30 s that a long step runs', () => {
    const busy = { ...running('a', 'RUN make'), note: 'Dockerfile changed' }
    const built = { ...busy, phase: 'built' as const, completed: START + 95_000 }
    const skipped = live('b', { phase: 'skipped', note: 'its parent a failed' })
    expect(
      play(
        [0, [live('a'), live('b')]],
        [1, [busy]],
        [20, [busy]],
        [31, [busy]],
        [32, [busy]],
        [61, [busy]],
        [95, [built, skipped]],
        [200, [built, skipped]],
      ),
    ).toEqual([
      '[0:01] a: started (Dockerfile changed)',
      '[0:31] a: still at [2/3] RUN make, for 31 s now',
      '[1:01] a: still at [2/3] RUN make, for 1 m 01 s now',
      '[1:35] a: built in 1 m 35 s',
      '[1:35] b: skipped (its parent a failed)',
    ])
  })

  it('prints no command and one line an event', () => {
    const [line] = play([0, [live('a\n::error::x', { phase: 'running', note: '##[error]y' })]])
    expect(line).toBe('[0:00] a␊::error::x: started (##\u200b[error]y)')
  })
})

describe('startLive', () => {
  it('appends plain lines where nobody looks, and stops', async () => {
    const { stream, output } = sink({})
    let images = [running('a', 'RUN x')]
    const shown = await startLive({ stream, images: () => images, color: false, now: () => START })
    shown.print('between')
    images = [{ ...images[0]!, phase: 'failed', completed: START + 2000 }]
    shown.stop()
    expect(output()).toBe('[0:00] a: started (waiting for base-notebook)\nbetween\n[0:00] a: failed in 2.0 s\n')
  })

  it('redraws on a terminal and leaves the last picture', async () => {
    const { stream, output } = sink({ isTTY: true, columns: 60, rows: 10 })
    const progress = createProgress('a')
    let phase: LiveImage['phase'] = 'running'
    const shown = await startLive({
      stream,
      color: false,
      now: () => START,
      images: () => [live('a', { phase, started: START, completed: START, progress: progress.state() })],
    })
    shown.print('between')
    phase = 'built'
    shown.stop()
    expect(output()).toContain('between\n')
    expect(output()).toMatch(/a {2}built in 0\.0 s\n[^ ]*$/)
  })

  function sink(properties: object) {
    const chunks: string[] = []
    const stream = Object.assign(new PassThrough(), properties)
    stream.on('data', (chunk) => chunks.push(String(chunk)))
    return { stream, output: () => chunks.join('') }
  }
})
