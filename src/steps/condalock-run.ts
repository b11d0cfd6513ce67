import { readFile } from 'node:fs/promises'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type CommentFacts, renderComment } from '../report/comment.ts'
import { count } from '../report/format.ts'
import { relockSections } from '../report/lock-summary.ts'
import { wanted } from '../stack/index.ts'
import { tokenAccount } from '../tools/github-account.ts'
import type { Asker } from '../tools/github-client.ts'
import { readRemote } from '../tools/repository-files.ts'
import type { Trigger } from '../trigger/types.ts'
import { upsertComment } from './comment.ts'
import { type Delivery, deliverLocks } from './commit-deliver.ts'
import { canCommit } from './commit-permission.ts'
import type { Verdict } from './conclude.ts'
import { answerWith, type LockRequest, readLockRequest } from './condalock.ts'
import { type LockPlace, lockPlace } from './lock-place.ts'
import type { Relock } from './lock-types.ts'
import { relockPlace } from './relock-place.ts'
import { runUrl, stackName } from './stack-name.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/**
 * The whole run of a `/condalock` comment or dispatch: locks made from the pull request's head, as data that GitHub gives,
 * committed or handed over, and an answer. Null for an event that asks for no locks: the run goes on as any other.
 */
export async function answerLockRequest(question: Question): Promise<Verdict | null> {
  const { trigger, host } = question
  if (host.event.path === null || !question.inputs.githubToken) return null
  const payload: unknown = JSON.parse(await readFile(host.event.path, 'utf8'))
  const answer = await readLockRequest({ ...question, payload })
  if (answer.kind === 'none') return null
  if (answer.kind === 'asked') return await fulfil(question, answer.request)
  const { asked, reason, entitled } = answer
  if (trigger.repository)
    await answerWith({ ...question, repository: trigger.repository, comment: asked.comment, content: 'confused' })
  // To whom it is none of their business nothing is written: a comment would be theirs to provoke.
  if (!entitled) {
    host.out.notice(`/condalock is not for everybody: ${reason}`)
    return { ok: true, message: '', details: [] }
  }
  await say(question, asked.number, { locks: `/condalock: ${reason}`, red: true, offer: '', packages: [] })
  return { ok: false, message: `/condalock: ${reason}`, details: [] }
}

async function fulfil(question: Question, request: LockRequest): Promise<Verdict> {
  const { repository, comment, pull } = request
  const react = async (content: 'eyes' | 'rocket' | 'confused') =>
    await answerWith({ ...question, repository, comment, content })
  await react('eyes')
  try {
    const { relock, delivery } = await relockPull(question, request)
    const failures = relock.images.filter((image) => image.error !== null)
    const [failed] = failures
    const red = failed !== undefined || delivery.kind === 'held'
    const rest = failed ? `; ${count(failures.length, 'lock')} could not be made` : ''
    const sections = relockSections(relock, question.inputs.packagesOfInterest)
    await say(question, pull.number, {
      locks: delivery.sentence + rest,
      red,
      offer: delivery.offer,
      packages: sections,
    })
    await react(red ? 'confused' : 'rocket')
    const message = failed ? `${failed.image}: ${failed.error?.message}` : delivery.sentence
    return red ? { ok: false, message, details: failed?.error?.details ?? [] } : { ok: true, message: '', details: [] }
  } catch (error) {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    await say(question, pull.number, { locks: `no locks: ${messageOf(error)}`, red: true, offer: '', packages: [] })
    await react('confused')
    throw error
  }
}

async function relockPull(question: Question, request: LockRequest): Promise<{ relock: Relock; delivery: Delivery }> {
  const { command, pull, person } = request
  const permission = await canCommit(question)
  const inputs: Inputs = {
    ...question.inputs,
    images: command.images,
    lockMode: command.mode === 'update' ? 'auto' : command.mode,
    update: command.update,
  }
  const place = await pullPlace({ ...question, inputs }, request)
  const relock = await relockPlace(place, { ...question, inputs: { ...inputs, lockMode: inputs.lockMode as 'auto' } })
  const delivery = await deliverLocks({
    ...{ ...question, permission, relock, head: pull.headSha, people: [person] },
    template: inputs.commitMessage,
    asked: command.mode !== 'auto',
  })
  return { relock, delivery }
}

/** The stack at the pull request's head. Nothing of it touches the disk, and no file is fetched twice. */
async function pullPlace(question: Asker & Question, { repository, pull }: LockRequest): Promise<LockPlace> {
  const { host, inputs } = question
  const state = await readRemote({ host, inputs, repository, commit: pull.headSha, git: null }, wanted)
  return await lockPlace({ ...state, inputs })
}

/** In the summary and in the pull request's comment. */
async function say(
  question: Question,
  number: number,
  what: Pick<CommentFacts, 'locks' | 'red' | 'offer' | 'packages'>,
): Promise<void> {
  const { trigger, host } = question
  const facts: CommentFacts = { ...what, stack: stackName(question), result: null, runUrl: runUrl(host) }
  await host.out.result({
    json: { pullRequest: number, locks: what.locks },
    text: what.locks ?? '',
    markdown: () => renderComment(facts),
  })
  if (!trigger.repository) return
  const account = await tokenAccount(question)
  await upsertComment({ ...question, repository: trigger.repository, number, account, facts, needed: true })
}
