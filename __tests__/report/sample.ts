import type { Failure, ImageResult, RunResult, Step } from '../../src/report/types.ts'
import type { Trigger } from '../../src/trigger/types.ts'

const START = Date.UTC(2026, 10, 20, 10, 0, 0)

/** A trigger of a push to main. */
export function createTrigger(overrides: Partial<Trigger> = {}): Trigger {
  return {
    kind: 'push',
    event: 'push',
    trust: 'trusted',
    trustReason: 'a push to a branch of this repository',
    repository: { id: 1, owner: 'pangeo-data', name: 'images' },
    defaultBranch: 'main',
    ref: 'refs/heads/main',
    branch: 'main',
    head: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    base: '2639bd3000000000000000000000000000000000',
    pullRequest: null,
    ...overrides,
  }
}

/** A pull request of a fork, as a trigger. */
export function createForkTrigger(overrides: Partial<Trigger> = {}): Trigger {
  const headSha = 'beef5eed00000000000000000000000000000000'
  const pullRequest = {
    number: 7,
    title: 'Add x',
    headRef: 'x',
    headSha,
    baseRef: 'main',
    baseSha: 'b'.repeat(40),
    fork: true,
  }
  return createTrigger({
    kind: 'pull_request',
    event: 'pull_request',
    trust: 'untrusted',
    trustReason: 'the pull request comes from a fork',
    pullRequest,
    ...overrides,
  })
}

/** A numbered step that took `seconds`. */
export function createStep(number: number, name: string, overrides: Partial<Step> = {}): Step {
  const started = START + number * 1000
  return { name, number, total: 7, started, completed: started + 500, cached: false, error: null, ...overrides }
}

/** An image that was not touched; overrides make of it what a test needs. */
export function createImage(name: string, overrides: Partial<ImageResult> = {}): ImageResult {
  return {
    name,
    action: 'skip',
    outcome: 'unchanged',
    reason: 'nothing changed',
    parents: [],
    started: null,
    completed: null,
    steps: [],
    warnings: [],
    failure: null,
    digest: null,
    size: null,
    previousSize: null,
    tags: [],
    ...overrides,
  }
}

/** An image that was built from `from` to `to` seconds after the run's start. */
export function createBuilt(name: string, from: number, to: number, overrides: Partial<ImageResult> = {}): ImageResult {
  return createImage(name, {
    action: 'build',
    outcome: 'built',
    reason: 'environment.yml changed',
    started: START + from * 1000,
    completed: START + to * 1000,
    digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
    size: 4_100_000_000,
    previousSize: 4_062_000_000,
    tags: [`registry.example/pangeo/${name}:a1b2c3d`],
    ...overrides,
  })
}

/** A failure in step 5 of 7. */
export function createFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    message: 'the command ended with exit code 1',
    step: createStep(5, 'RUN micromamba create -p /srv/conda -f conda-linux-64.lock', { error: 'exit code: 1' }),
    dockerfile: 'images/ml-notebook/Dockerfile',
    line: 31,
    tail: ['Looking for packages', 'critical libmamba Could not find pytorch 2.99'],
    ...overrides,
  }
}

/** A green run of these images, four minutes and twelve seconds long. */
export function createResult(images: readonly ImageResult[], overrides: Partial<RunResult> = {}): RunResult {
  return {
    trigger: createTrigger(),
    images,
    started: START,
    completed: START + 252_000,
    pushed: true,
    dryRun: false,
    builder: 'world',
    error: null,
    runUrl: 'https://github.com/pangeo-data/images/actions/runs/42',
    ...overrides,
  }
}

/** Five images: one taken, two built, one failed, its child skipped. */
export function createStackResult(overrides: Partial<RunResult> = {}): RunResult {
  const cached = { cached: true }
  const warning = {
    rule: 'JSONArgsRecommended',
    message: 'JSON arguments recommended for CMD',
    url: 'https://docs.docker.com/go/dockerfile/rule/json-args-recommended/',
  }
  return createResult(
    [
      createImage('base-image', {
        action: 'reuse',
        outcome: 'reused',
        reason: 'unchanged since 2639bd3',
        size: 412_000_000,
        digest: `sha256:${'ab'.repeat(32)}`,
        tags: ['registry.example/pangeo/base-image:a1b2c3d'],
      }),
      createBuilt('base-notebook', 0, 48, {
        parents: ['base-image'],
        reason: 'start changed',
        size: 512_400_000,
        previousSize: 512_400_000,
        steps: [
          createStep(1, 'FROM base-image'),
          createStep(2, 'COPY a b', cached),
          createStep(3, 'RUN x', cached),
          createStep(4, 'COPY start', {}),
        ],
      }),
      createBuilt('pangeo-notebook', 48, 230, {
        parents: ['base-notebook'],
        reason: 'environment.yml changed (+2 packages)',
        steps: [
          createStep(2, 'RUN micromamba create', { completed: START + 182_000 }),
          createStep(3, 'COPY x', cached),
        ],
        warnings: [{ ...warning, file: 'images/pangeo-notebook/Dockerfile', line: 12 }],
      }),
      createBuilt('ml-notebook', 48, 89, {
        parents: ['base-notebook'],
        outcome: 'failed',
        reason: 'parent base-notebook is built',
        digest: null,
        size: null,
        previousSize: null,
        tags: [],
        failure: createFailure(),
        steps: [
          createStep(2, 'COPY a b', cached),
          createStep(5, 'RUN micromamba create', { completed: START + 40_000 }),
        ],
      }),
      createImage('gpu-notebook', {
        action: 'build',
        outcome: 'skipped',
        reason: 'its parent ml-notebook failed',
        parents: ['ml-notebook'],
      }),
    ],
    overrides,
  )
}
