import { messageOf } from '../errors.ts'
import type { Person } from '../lock/commit-message.ts'
import { mayWrite } from '../tools/github-account.ts'
import type { Asker } from '../tools/github-client.ts'
import { type PullFacts, pullFacts, pushTime, react } from '../tools/github-pull.ts'
import type { RepositoryName } from '../tools/github-tree.ts'
import { type LockCommand, readLockArguments, readLockCommand } from '../trigger/lock-command.ts'
import { field, numberAt, textAt } from '../trigger/payload.ts'
import type { Trigger } from '../trigger/types.ts'

/** New locks that somebody with write access asked for, bound to one commit. */
export interface LockRequest {
  readonly command: LockCommand
  readonly repository: RepositoryName
  readonly pull: PullFacts
  readonly person: Person
  /** The comment, null where a workflow_dispatch asks. */
  readonly comment: number | null
}

/** `none`: the event asks for no locks. `refused`: it does, and must not or cannot have them; nothing was solved. */
export type LockRequestAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: string; readonly asked: Asked; readonly entitled: boolean }
  | { readonly kind: 'asked'; readonly request: LockRequest }

/** What an event says by itself: who wrote what, when, about which pull request. */
interface Asked {
  readonly person: Person
  readonly comment: number | null
  readonly number: number
  readonly text: string
  /** When the comment was written, by GitHub's clock; null where a dispatch names what it means itself. */
  readonly written: Date | null
}

/**
 * Whether the event asks for locks: a comment that begins with `/condalock`, or a workflow_dispatch with the inputs
 * `condalock` and a pull request. The writer needs write access, asked of the API by login and id; the locks are made for the head
 * that they could see, or the one that they name.
 */
export async function readLockRequest(
  question: Asker & { readonly trigger: Trigger; readonly payload: unknown },
): Promise<LockRequestAnswer> {
  const { trigger } = question
  const { repository } = trigger
  const asked = trigger.kind === 'issue_comment' ? commentOf(question.payload) : dispatchOf(question)
  if (!asked || !repository) return { kind: 'none' }
  const refused = (reason: string, entitled = true) => ({ kind: 'refused', reason, asked, entitled }) as const
  if (!(await mayWrite({ ...question, repository, person: asked.person })))
    return refused(`${asked.person.login} has no write access to this repository`, false)
  const command = commandOf(asked)
  if (typeof command === 'string') return refused(command)
  const pull = await pullFacts({ ...question, repository, number: asked.number })
  const hindrance = await staleness({ ...question, asked, command, pull })
  if (hindrance !== null) return refused(hindrance)
  return { kind: 'asked', request: { command, repository, pull, person: asked.person, comment: asked.comment } }
}

/** A comment of a person on a pull request, as it was first written: nobody sees what an edit makes of it. */
function commentOf(payload: unknown): Asked | null {
  const text = textAt(payload, 'comment', 'body') ?? ''
  const [login, id] = [textAt(payload, 'comment', 'user', 'login'), numberAt(payload, 'comment', 'user', 'id')]
  const [number, comment] = [numberAt(payload, 'issue', 'number'), numberAt(payload, 'comment', 'id')]
  if (textAt(payload, 'action') !== 'created' || textAt(payload, 'comment', 'user', 'type') === 'Bot') return null
  if (!/^\/condalock(\s|$)/.test(text) || !field(payload, 'issue', 'pull_request')) return null
  if (login === null || id === null || number === null || comment === null) return null
  const written = new Date(textAt(payload, 'comment', 'created_at') ?? Number.NaN)
  return { person: { login, id }, comment, number, text, written }
}

function dispatchOf({ trigger, payload }: { trigger: Trigger; payload: unknown }): Asked | null {
  const words = trigger.kind === 'workflow_dispatch' ? textAt(payload, 'inputs', 'condalock') : null
  const [login, id] = [textAt(payload, 'sender', 'login'), numberAt(payload, 'sender', 'id')]
  if (words === null || !trigger.pullRequest || login === null || id === null) return null
  const { number } = trigger.pullRequest
  return { person: { login, id }, comment: null, number, text: words, written: null }
}

/** The command, or what is wrong with it. */
function commandOf({ comment, text }: Asked): LockCommand | string {
  try {
    return comment === null ? readLockArguments(text) : (readLockCommand(text) as LockCommand)
  } catch (error) {
    return messageOf(error)
  }
}

/** Why the head must not be taken: it is another one than the writer meant, or may be. */
async function staleness(
  question: Asker & { trigger: Trigger; asked: Asked; command: LockCommand; pull: PullFacts },
): Promise<string | null> {
  const { asked, command, pull, trigger } = question
  const head = pull.headSha.slice(0, 7)
  if (!pull.open) return `pull request ${pull.number} is closed`
  if (trigger.pullRequest?.headSha !== pull.headSha) return `${head} was pushed just now: comment again`
  if (command.commit !== null)
    return pull.headSha.startsWith(command.commit) ? null : `the head is ${head} now, not ${command.commit}`
  if (asked.written === null || !pull.head) return null
  const pushed = await pushTime({ ...question, target: pull.head, sha: pull.headSha })
  const name = `comment \`/condalock ${head}\``
  // Of a stranger's branch that GitHub tells nothing about, nobody knows what the writer saw.
  if (pushed === null) return pull.fork ? `when ${head} was pushed is not known: look at it, and ${name}` : null
  const seen = pushed.getTime() <= asked.written.getTime()
  return seen ? null : `${head} was pushed after the comment: look at it, and ${name}`
}

/** Answers a comment at a glance: 👀 it is being done, 🚀 done, 😕 not done. Never worth a red run. */
export async function answerWith(
  question: Asker & {
    readonly repository: RepositoryName
    readonly comment: number | null
    readonly content: 'eyes' | 'rocket' | 'confused'
  },
): Promise<void> {
  const { comment, host } = question
  if (comment === null) return
  await react({ ...question, comment }).catch((error) => host.out.debug(`reaction: ${messageOf(error)}`))
}
