import type { Host, Out } from '../../src/host.ts'

/** A host that says nothing aloud: every call of its `out` is kept, as `[method, ...arguments]`. */
export interface RecordingHost extends Host {
  readonly said: readonly (readonly [string, ...unknown[]])[]
}

/** A local run in a folder that does not exist, unless overrides say otherwise. */
export function createHost({ out, ...overrides }: Partial<Host> = {}): RecordingHost {
  const said: [string, ...unknown[]][] = []
  const note =
    (method: string) =>
    (...values: unknown[]): void =>
      void said.push([method, ...values])
  const recording: Out = {
    info: note('info'),
    notice: note('notice'),
    warning: note('warning'),
    error: note('error'),
    debug: note('debug'),
    imageLog: note('imageLog'),
    mask: note('mask'),
    output: note('output'),
    result: async (forms) => note('result')(forms),
    state: note('state'),
    live: null,
    colour: false,
    ...out,
  }
  return {
    kind: 'cli',
    env: { PATH: process.env.PATH },
    cwd: '/nowhere/repository',
    temp: '/nowhere/temp',
    kept: '/nowhere/kept',
    event: { name: 'local', path: null, ref: '', sha: '', base: null, head: null },
    signal: new AbortController().signal,
    out: recording,
    said,
    ...overrides,
  }
}
