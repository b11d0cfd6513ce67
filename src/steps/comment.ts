import { messageOf } from '../errors.ts'
import { type CommentFacts, commentMarker, renderComment } from '../report/comment.ts'
import type { Account } from '../tools/github-account.ts'
import { type Asker, statusOf } from '../tools/github-client.ts'
import { type Comment, createComment, findComment, mayNotComment, updateComment } from '../tools/github-comment.ts'
import type { RepositoryName } from '../tools/github-tree.ts'

/** What became of the comment: its page, or why there is none. */
export type Commented =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly url: string }
  | { readonly kind: 'none'; readonly reason: string }

/**
 * Keeps the one comment of a stack on a pull request up to date: ours is found by marker and author and edited in place. With
 * `needed` false none is begun (nothing changed, so nobody needs one), but one that is there does not stay wrong.
 * Where the token may not comment the summary has to do: a sentence, never a red run.
 */
export async function upsertComment(
  question: Asker & {
    readonly repository: RepositoryName
    readonly number: number
    readonly account: Account | null
    readonly facts: CommentFacts
    readonly needed: boolean
  },
): Promise<Commented> {
  const { account, facts, host, needed } = question
  if (account === null) return { kind: 'none', reason: 'GitHub does not tell whose token this is' }
  const place = { ...question, marker: commentMarker(facts.stack), login: account.login }
  const body = renderComment(facts)
  try {
    const found = await findComment(place)
    if (found) return await revise(question, found, body)
    if (!needed) return { kind: 'none', reason: 'nothing changed' }
    return await begin(place, body)
  } catch (error) {
    const refused = mayNotComment(error)
    const reason = refused
      ? 'the token may not comment on pull requests (`permissions: pull-requests: write`)'
      : `GitHub takes no comment: ${messageOf(error)}`
    host.out[refused ? 'info' : 'warning'](`no comment: ${reason}; the summary has it`)
    return { kind: 'none', reason }
  }
}

async function revise(question: Asker & { repository: RepositoryName }, found: Comment, body: string) {
  // GitHub may give line ends back in another form.
  if (found.body.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd())
    return { kind: 'unchanged', url: found.url } as const
  const { url } = await updateComment({ ...question, id: found.id, body })
  return { kind: 'updated', url } as const
}

type Place = Parameters<typeof findComment>[0]

/** A new comment. Where the answer is lost it is looked for before it is written again. */
async function begin(place: Place, body: string): Promise<Commented> {
  try {
    const { url } = await createComment({ ...place, body })
    return { kind: 'created', url }
  } catch (error) {
    if ((statusOf(error) ?? 0) < 500) throw error
    const found = await findComment(place)
    const { url } = found ?? (await createComment({ ...place, body }))
    return { kind: 'created', url }
  }
}
