import type { Trigger } from '../../src/trigger/types.ts'
import { sha } from './events.ts'

/** A push to the default branch of `pangeo/images`. */
export function createTrigger(overrides: Partial<Trigger> = {}): Trigger {
  return {
    kind: 'push',
    event: 'push',
    trust: 'trusted',
    trustReason: 'a push event of the repository itself',
    repository: { id: 1, owner: 'pangeo', name: 'images' },
    defaultBranch: 'main',
    ref: 'refs/heads/main',
    branch: 'main',
    head: sha('c'),
    base: sha('a'),
    pullRequest: null,
    ...overrides,
  }
}
