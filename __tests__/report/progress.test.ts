import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cachedShare } from '../../src/report/format.ts'
import { createProgress, type ProgressState } from '../../src/report/progress.ts'
import { recorded, replay } from './fixtures.ts'

function numbered(state: ProgressState): string[] {
  return state.steps
    .filter((step) => step.number !== null)
    .map((step) => `${step.number}/${step.total} ${step.name.slice(0, 12)}`)
}

describe('steps', () => {
  it('of a build that is cached are cached, but for FROM, which runs nothing', () => {
    const { steps, current } = replay('all-cached', 'base').state()
    expect(steps.filter((step) => step.cached).map((step) => step.number)).toEqual([2, 3, 4])
    expect(cachedShare(steps)).toBe(1)
    expect(current).toBeNull()
  })

  it('of a build that is partly cached', () => {
    const state = replay('partly-cached', 'base').state()
    expect(cachedShare(state.steps)).toBeCloseTo(2 / 3)
    const ran = state.steps.find((step) => step.number === 4)!
    expect(ran.completed! - ran.started!).toBe(69)
  })

  it.each(['linked', 'linked-cached'])(
    'of a linked parent are not the child’s, though buildx names them so (%s)',
    (stream) => {
      expect(numbered(replay(stream, 'child').state()).toSorted()).toEqual([
        '1/2 RUN echo too',
        '1/4 COPY start /',
        '2/4 COPY --from=',
        '3/4 RUN echo chi',
      ])
    },
  )

  it('of several platforms carry platform and stage', () => {
    const steps = replay('platforms', 'platforms')
      .state()
      .steps.filter((step) => step.number !== null)
    expect(steps.map(({ platform, stage, number }) => [platform, stage, number])).toEqual([
      ['linux/amd64', 'cross', 1],
      ['linux/amd64', 'cross', 2],
      ['linux/amd64', 'stage-1', 1],
    ])
  })

  it('of several platforms and several targets carry the platform, not the target', () => {
    const steps = replay('linked-platforms', 'onplatforms').state().steps
    expect(steps.filter((step) => step.number !== null)).toMatchObject([
      { platform: 'linux/arm64', stage: null, number: 1, total: 2, name: 'COPY more /more' },
    ])
  })

  it('begin with the target’s name only where there are several: a stage may have the same', () => {
    const progress = createProgress('base')
    progress.feed(
      '{"vertexes":[{"digest":"a","name":"[internal] load build definition from Dockerfile"},{"digest":"b","name":"[base 2/4] RUN x"}]}',
    )
    expect(progress.state().steps[0]).toMatchObject({ name: 'RUN x', stage: 'base', number: 2, total: 4 })
  })

  it.each([
    ['[auth] library/busybox:pull token', 'auth library/busybox:pull token'],
    ['[internal] load .dockerignore', 'load .dockerignore'],
    ['[linux/amd64 internal] load metadata for x', 'load metadata for x'],
    ['exporting to image', 'exporting to image'],
    ['[odd', '[odd'],
  ])('without a number: %s', (name, expected) => {
    const progress = createProgress('base')
    progress.feed(JSON.stringify({ vertexes: [{ digest: 'a', name }] }))
    expect(progress.state().steps[0]).toMatchObject({ name: expected, number: null, total: null })
  })

  it('say which one runs and how far it is', () => {
    const progress = createProgress('base')
    const started = '"started":"2026-11-21T05:00:00.123456789Z"'
    progress.feed(
      `{"vertexes":[{"digest":"a","name":"[1/2] FROM x",${started}},{"digest":"b","name":"[internal] load build context",${started}}]}`,
    )
    progress.feed(
      '{"statuses":[{"id":"l1","vertex":"a","current":5,"total":20},{"id":"l2","vertex":"a","current":10,"total":30},{"id":"extract","vertex":"a","current":0}]}',
    )
    progress.feed('{"statuses":[{"id":"l1","vertex":"a","current":15,"total":20}]}')
    const state = progress.state()
    expect(state.current).toMatchObject({ name: 'FROM x', started: Date.UTC(2026, 10, 21, 5, 0, 0, 123) })
    expect(state.bytes).toEqual({ current: 25, total: 50 })
  })
})

describe('a vertex that is sent again', () => {
  const second = (seconds: number): string => new Date(Date.UTC(2026, 10, 21, 5, 0, seconds)).toISOString()
  const run = (from: number, to: number | null, more = {}): object => {
    return {
      digest: 'a',
      name: '[1/2] FROM x',
      started: second(from),
      ...(to === null ? {} : { completed: second(to) }),
      ...more,
    }
  }
  const idle = { digest: 'a', name: '[1/2] FROM x' }

  it.each([
    ['counts its longest run, not the wait between', [run(0, null), run(0, 1), run(10, null), run(10, 14)], 10, 14],
    ['counts its longest run, also when it was the first', [run(0, 5), run(10, null), run(10, 11)], 0, 5],
    ['runs from its last start', [run(0, 5), run(10, null)], 10, null],
    ['keeps its times when it is listed again', [run(0, 5), idle], 0, 5],
  ])('%s', (_, vertexes, started, completed) => {
    const [step] = fed(vertexes)
    expect(step).toMatchObject({ started: at(started), completed: at(completed) })
  })

  it('stays cached and stays failed', () => {
    expect(fed([run(0, 0, { cached: true }), run(0, 0)])[0]?.cached).toBe(true)
    expect(fed([run(0, 0, { error: 'x' }), idle])[0]?.error).toBe('x')
  })

  function fed(vertexes: readonly object[]) {
    const progress = createProgress('x')
    for (const vertex of vertexes) progress.feed(JSON.stringify({ vertexes: [vertex] }))
    return progress.state().steps
  }

  function at(seconds: number | null): number | null {
    return seconds === null ? null : Date.UTC(2026, 10, 21, 5, 0, seconds)
  }
})

describe('log', () => {
  it('joins chunks to lines, also within a character, and shows the last state of a progress bar', () => {
    const progress = createProgress('base')
    const bytes = Buffer.from('gr\u00fc\u00df\nbar 10 %\rbar 100 %\n\u001b[31mred\u001b[0m\nopen')
    progress.feed('{"vertexes":[{"digest":"a","name":"[1/1] RUN x"}]}')
    for (const byte of bytes)
      progress.feed(
        JSON.stringify({ logs: [{ vertex: 'a', stream: 1, data: Buffer.from([byte]).toString('base64') }] }),
      )
    expect(progress.log()[0]?.log).toEqual({ lines: ['grüß', 'bar 100 %', 'red', 'open'], dropped: 0 })
  })

  it('keeps the end of an endless output and counts what it dropped', () => {
    const progress = createProgress('base')
    progress.feed('{"vertexes":[{"digest":"a","name":"[1/1] RUN x"}]}')
    for (let line = 0; line < 10_000; line++) {
      progress.feed(
        JSON.stringify({ logs: [{ vertex: 'a', stream: 1, data: Buffer.from(`line ${line}\n`).toString('base64') }] }),
      )
    }
    const log = progress.log()[0]!.log
    expect(log.lines).toHaveLength(2000)
    expect(log.lines.at(-1)).toBe('line 9999')
    expect(log.dropped).toBe(8000)
  })

  it('of a real build stands beside its step', () => {
    const step = replay('linked', 'child')
      .log()
      .find((step) => step.number === 3)
    expect(step?.log.lines).toEqual(['child', '::error::not a command', 'progress 100%'])
  })
})

describe('warnings', () => {
  it('have rule, text and line', () => {
    const { warnings } = replay('check-warnings', 'warn').state()
    expect(warnings).toHaveLength(8)
    expect(warnings).toContainEqual({
      rule: 'SecretsUsedInArgOrEnv',
      message: 'Do not use ARG or ENV instructions for sensitive data (ENV "API_TOKEN")',
      url: 'https://docs.docker.com/go/dockerfile/rule/secrets-used-in-arg-or-env/',
      file: 'images/warn/Dockerfile',
      line: 2,
    })
  })

  it('of a linked parent are not the child’s', () => {
    expect(replay('linked-warnings', 'onwarn').state().warnings).toMatchObject([
      { rule: 'ConsistentInstructionCasing', line: 2, file: 'images/onwarn/Dockerfile' },
    ])
  })
})

describe('failure', () => {
  it('names the step, the line and the last 20 lines', () => {
    const failure = replay('failing-run', 'fail').failure()
    expect(failure).toMatchObject({
      message: 'the command ended with exit code 1',
      step: { number: 3, total: 4, name: 'RUN <<EOF (set -e...)' },
      dockerfile: 'images/fail/Dockerfile',
      line: 6,
    })
    expect(failure.tail).toHaveLength(20)
    expect(failure.tail.at(-2)).toBe('line 40')
  })

  it.each([
    ['syntax-error', 'dockerfile parse error on line 3: unknown instruction: COPYY (did you mean COPY?)', 3, null],
    [
      'missing-base',
      expect.stringContaining('busybox:does-not-exist: not found'),
      1,
      'load metadata for docker.io/library/busybox:does-not-exist',
    ],
    ['missing-file', '"/absent": not found', 2, 'COPY absent /x'],
    ['missing-dockerfile', 'failed to read dockerfile: open Absent: no such file or directory', null, null],
    ['push-refused', expect.stringMatching(/^failed to push .*connection refused$/), null, 'exporting to image'],
    ['cancelled', 'Canceled: context canceled', null, 'RUN echo "third step"; sleep 5 >&2'],
  ])('%s', (stream, message, line, step) => {
    const failure = replay(stream, 'x').failure()
    expect(failure).toMatchObject({ message, line })
    expect(failure.step?.name ?? null).toBe(step)
  })

  it('of a linked parent says so and names no line of the child', () => {
    expect(replay('failing-parent', 'par').failure()).toMatchObject({
      message: 'in its parent fail: the command ended with exit code 1',
      line: null,
    })
  })

  it('of a syntax error has its line without an excerpt too', () => {
    const progress = createProgress('x')
    progress.feed('ERROR: failed to build: failed to solve: dockerfile parse error on line 12: unknown instruction: X')
    expect(progress.failure()).toMatchObject({
      line: 12,
      message: 'dockerfile parse error on line 12: unknown instruction: X',
    })
  })

  it.each([
    [137, 'the command ended with exit code 137 (killed; often the machine had no memory left)'],
    [127, 'the command ended with exit code 127 (a command was not found)'],
    [2, 'the command ended with exit code 2'],
  ])('of a command with exit code %i says what it means', (code, message) => {
    const progress = createProgress('x')
    progress.feed(`ERROR: failed to solve: process "/bin/sh -c x" did not complete successfully: exit code: ${code}`)
    expect(progress.failure().message).toBe(message)
  })

  it('of a silent end says so; a cache that could not be read is no reason', () => {
    const progress = createProgress('x')
    progress.feed('{"vertexes":[{"digest":"a","name":"importing cache manifest from x","error":"not found"}]}')
    expect(progress.failure()).toMatchObject({ message: 'buildx ended without a reason', step: null, tail: [] })
  })
})

describe('feed', () => {
  it('takes any line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json(), odd())), (lines) => {
        const progress = createProgress('x')
        for (const line of lines) progress.feed(line)
        progress.state()
        progress.log()
        progress.failure()
      }),
    )
  })

  it('takes a stream that is cut anywhere', () => {
    const text = recorded('failing-parent').join('\n')
    fc.assert(
      fc.property(fc.nat(text.length), (end) => {
        const progress = createProgress('par')
        for (const line of text.slice(0, end).split('\n')) progress.feed(line)
        expect(progress.failure().dockerfile).toBe('Dockerfile')
        expect(progress.state().text.length).toBeLessThan(30)
      }),
      { numRuns: 30 },
    )
  })
})

/** Progress lines whose fields have any type. */
function odd(): fc.Arbitrary<string> {
  const value = fc.jsonValue()
  const item = fc.record({
    digest: value,
    vertex: value,
    name: value,
    data: value,
    short: value,
    range: value,
    sourceInfo: value,
    started: value,
  })
  return fc
    .record({ vertexes: fc.array(item), logs: fc.array(item), warnings: fc.array(item), statuses: value })
    .map((fields) => JSON.stringify(fields))
}

describe('downloaded', () => {
  // As BuildKit 0.31 tells of a pull: a layer is sent again as it grows, and again under another target's name.
  it('counts each layer once, as far as it came, and nothing that is no layer', () => {
    const progress = createProgress('base')
    const layer = `sha256:${'8'.repeat(64)}`
    const lines = [
      { id: layer, vertex: 'sha256:a', current: 4_194_304, total: 31_193_271 },
      { id: layer, vertex: 'sha256:a', current: 31_193_271, total: 31_193_271 },
      { id: layer, vertex: 'sha256:b', current: 31_193_271, total: 31_193_271 },
      { id: `sha256:${'d'.repeat(64)}`, vertex: 'sha256:a', current: 1000, total: 5000 },
      { id: `extracting ${layer}`, vertex: 'sha256:a', name: 'extracting', current: 0 },
      { id: 'transferring context:', vertex: 'sha256:c', name: 'transferring', current: 135 },
    ]
    expect(progress.downloaded()).toBe(0)
    for (const status of lines) progress.feed(JSON.stringify({ statuses: [status] }))
    expect(progress.downloaded()).toBe(31_194_271)
  })
})

describe('of several targets in one process', () => {
  const vertexes = [
    { digest: 'sha256:0', name: '[base internal] load build definition from Dockerfile' },
    { digest: 'sha256:1', name: '[child internal] load build definition from Dockerfile' },
    {
      digest: 'sha256:a',
      name: '[base 2/2] RUN x',
      error: 'process "/bin/sh -c x" did not complete successfully: exit code: 7',
    },
    {
      digest: 'sha256:b',
      name: '[child 2/2] RUN y',
      error: 'process "/bin/sh -c y" did not complete successfully: exit code: 137: context canceled',
    },
  ]
  const replayed = (target: string, text = '') => {
    const descendants = new Set(target === 'base' ? ['child'] : [])
    const progress = createProgress(target, { descendants })
    progress.feed(JSON.stringify({ vertexes }))
    progress.feed(JSON.stringify({ vertexes: [{ digest: 'sha256:a', name: '[child 2/2] RUN x' }] }))
    if (text) progress.feed(text)
    return progress
  }

  // Broken by: an image that bake ended because of another one counts as the cause.
  it('only the one failed whose own step did, or that buildx names', () => {
    expect([replayed('base').failed(), replayed('child').failed()]).toEqual(['step', null])
    expect(
      replayed('base')
        .state()
        .steps.map(({ name }) => name),
    ).toContain('RUN x')
    expect(replayed('child', 'ERROR: target child: failed to push: denied').failed()).toBe('name')
  })
})

describe('a build that is looked at again', () => {
  // Broken by: counting the rounds of one image as steps of it; a first build would be half cached.
  it('has each numbered step once, as it was when it ran', () => {
    const progress = createProgress('base')
    const at = (seconds: number) => `2026-11-21T10:00:${String(seconds).padStart(2, '0')}Z`
    const name = '[stage-1 2/3] RUN install'
    const ran = { digest: 'sha256:a', name, started: at(1), completed: at(9) }
    const found = { digest: 'sha256:b', name, started: at(11), completed: at(11), cached: true }
    const other = { digest: 'sha256:c', name: '[stage-1 3/3] COPY start /', started: at(12), completed: at(13) }
    for (const vertex of [ran, found, other]) progress.feed(JSON.stringify({ vertexes: [vertex] }))
    expect(progress.state().steps.map(({ number, cached }) => [number, cached])).toEqual([
      [2, false],
      [3, false],
    ])
    expect(progress.log()).toHaveLength(2)
  })
})
