import type { EventContext } from '../../src/trigger/read-trigger.ts'

/** Ids of the repositories in generated payloads. */
export const ownId = 1
export const forkId = 2

const account = { id: 10, login: 'ann' }
const own = { id: ownId, full_name: 'pangeo/images', default_branch: 'main' }

/** A commit's name made of one digit. */
export function sha(digit: string): string {
  return digit.repeat(40)
}

/** `GITHUB_EVENT_NAME`, `GITHUB_REF` and `GITHUB_SHA` of a run. */
export function createContext(name: string, overrides: Partial<EventContext> = {}): EventContext {
  return { name, ref: 'refs/heads/main', sha: sha('c'), ...overrides }
}

/** A payload of the repository `pangeo/images`, id 1, sent by a person. */
export function createPayload(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { repository: own, sender: account, ...fields }
}

/** The payload of a pull request whose head is in `head` (null = a deleted repository). */
export function pullRequestPayload(head: unknown, fields: Readonly<Record<string, unknown>> = {}) {
  return createPayload({
    number: 7,
    pull_request: {
      number: 7,
      title: 'Add x',
      user: account,
      head: { ref: 'x', sha: sha('b'), repo: head },
      base: { ref: 'main', sha: sha('a'), repo: own },
      ...fields,
    },
  })
}
