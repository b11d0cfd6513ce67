import { describe, expect, it } from '@jest/globals'
import { type ContainerState, containerCase, judge, type Observed, overdue } from '../../src/check/containers.ts'
import type { ImageContainer } from '../../src/stack/tests.ts'

const test = (overrides: Partial<ImageContainer> = {}): ImageContainer => ({
  ...{ name: 'docker run', command: [], env: {}, http: [], healthy: false, exitCode: 0, output: [], timeout: 60 },
  ...{ allowFailure: false, line: 1, image: 'base', network: 'none', place: null },
  ...overrides,
})
const server = (overrides: Partial<ImageContainer> = {}) =>
  test({ exitCode: null, http: [{ port: 8888, path: '/api', status: 200 }], ...overrides })
const state = (overrides: Partial<ContainerState> = {}): ContainerState => ({
  ...{ running: true, exitCode: 0, killedForMemory: false, health: null, healthOutput: '' },
  ...overrides,
})
const seen = (overrides: Partial<ContainerState>, answers: Observed['answers'] = [], log: string | null = null) => ({
  ...{ state: state(overrides), answers, log },
})
const ended = { running: false }

describe('a container', () => {
  it.each<[string, ImageContainer, Observed, string | null]>([
    ['that still runs and is to end', test(), seen({}), null],
    ['that ended as it should', test(), seen(ended), ''],
    ['that ended otherwise', test(), seen({ ...ended, exitCode: 2 }), 'it ended with exit code 2, not 0'],
    ['that ended well and should not', test({ exitCode: 1 }), seen(ended), 'it ended with exit code 0, not 1'],
    [
      'without memory',
      test(),
      seen({ ...ended, exitCode: 137, killedForMemory: true }),
      'it ended with exit code 137, for want of memory, not 0',
    ],
    ['that wrote it', test({ output: ['a.b'] }), seen(ended, [], 'x a.b y'), ''],
    ['whose text is no pattern', test({ output: ['a.b'] }), seen(ended, [], 'x aab y'), 'it did not write "a.b"'],
    ['that answers', server(), seen({}, [200]), ''],
    ['that answers with a number like a text', server(), seen({}, ['200']), null],
    ['that answers too early to tell', server(), seen({}, ['ECONNREFUSED']), null],
    ['that answered and has ended', server(), seen(ended, [200]), 'it ended with exit code 0 and was to go on'],
    ['that answers and did not write it yet', server({ output: ['ready'] }), seen({}, [200], 'not'), null],
    ['that answers and is not healthy yet', server({ healthy: true }), seen({ health: 'starting' }, [200]), null],
    ['that is healthy and does not answer yet', server({ healthy: true }), seen({ health: 'healthy' }, [503]), null],
    ['that is healthy and answers', server({ healthy: true }), seen({ health: 'healthy' }, [200]), ''],
    [
      'that has no HEALTHCHECK',
      server({ healthy: true }),
      seen({}, [200]),
      'the image has no HEALTHCHECK, which healthy asks for',
    ],
    [
      'that is unhealthy',
      server({ healthy: true }),
      seen({ health: 'unhealthy', healthOutput: 'a\nno\n' }, [200]),
      'its HEALTHCHECK says that it is unhealthy: no',
    ],
  ])('%s', (_title, one, observed, reason) => {
    expect(judge(one, observed)).toBe(reason)
  })

  it('says what it lacked when its time is over', () => {
    const two = [...server().http, { port: 1, path: '/', status: 302 }]
    const slow = server({ http: two, healthy: true })
    expect(overdue(slow, seen({ health: 'starting' }, [404, 'ECONNREFUSED']))).toBe(
      'after 60 s: http 8888/api answers 404, not 200; http 1/ has no answer: ECONNREFUSED; its health is starting',
    )
    expect(overdue(server({ output: ['ready'] }), seen({}, [200], ''))).toBe('after 60 s: it did not write "ready"')
  })

  it('is a case of the report, whose log is cut', () => {
    const log = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n')
    const found = containerCase(test({ allowFailure: true }), { reason: 'no', log, seconds: 3 })
    expect(found).toMatchObject({ kind: 'container', outcome: 'failed', allowed: true, reason: 'no', seconds: 3 })
    expect([found.tail.length, found.tail.at(-1)]).toEqual([20, 'line 29'])
  })
})
