import { activityHandlers } from './activity.ts'
import { cacheHandlers } from './caches.ts'
import { type Answer, type Call, type Handler, Refusal } from './call.ts'
import { commitHandlers } from './commits.ts'
import { contentHandlers } from './contents.ts'
import { findOperation } from './description.ts'
import { gitDataHandlers } from './git-data.ts'
import { pullListHandlers } from './pull-list.ts'
import { pullHandlers } from './pulls.ts'
import { releaseHandlers } from './releases.ts'
import { repositoryHandlers } from './repositories.ts'
import { tagHandlers } from './tags.ts'
import type { Scope } from './types.ts'
import { answerProblems, requestProblems } from './validation.ts'
import type { World } from './world.ts'

/** A REST request; `path` is below the API's root. */
export interface RestRequest {
  readonly world: World
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly accept: string
  readonly address: string
  /** Null without a token. */
  readonly login: string | null
  readonly mayWrite: (scope: Scope) => boolean
}

/** The answer, which operation it was, and what GitHub's description does not allow about request or answer. */
export interface RestAnswer {
  readonly answer: Answer
  readonly operation: string | null
  readonly problems: readonly string[]
}

const handlers: Readonly<Record<string, Handler>> = {
  ...activityHandlers,
  ...cacheHandlers,
  ...commitHandlers,
  ...contentHandlers,
  ...gitDataHandlers,
  ...pullHandlers,
  ...pullListHandlers,
  ...releaseHandlers,
  ...repositoryHandlers,
  ...tagHandlers,
}

/** Answers a call of the REST API from the repository; request and answer are held against GitHub's description. */
export async function answerRest(request: RestRequest): Promise<RestAnswer> {
  const { method, path, query, body } = request
  const found = findOperation(method, path)
  const handler = found && handlers[found.operation.id]
  if (!found || !handler) {
    const what = found ? `the double does not answer ${found.operation.id}` : 'GitHub has no such call'
    return { answer: errorAnswer(404, 'Not Found'), operation: found?.operation.id ?? null, problems: [what] }
  }
  const { operation, values } = found
  const wrong = requestProblems(operation, { values, query, body })
  if (wrong.length > 0) {
    return {
      answer: errorAnswer(422, `Invalid request.\n\n${wrong.join('\n')}`),
      operation: operation.id,
      problems: wrong,
    }
  }
  const answer = await refusable(() => handle(request, handler, values))
  const problems = answerProblems(operation, answer.status, answer.body, answer.type)
  return { answer, operation: operation.id, problems: problems.map((problem) => `the double's own answer: ${problem}`) }
}

/** GitHub's error body. */
export function errorAnswer(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } }
}

async function handle(request: RestRequest, handler: Handler, values: Record<string, string>): Promise<Answer> {
  const { world, login, query, accept, address } = request
  const repository = world.find(`${values.owner}/${values.repo}`)
  if (!repository) throw new Refusal(404, 'Not Found')
  if (handler.needs && login === null) throw new Refusal(401, 'Requires authentication')
  if (handler.needs && !handler.needs.some(request.mayWrite))
    throw new Refusal(403, 'Resource not accessible by integration')
  if (handler.needs?.includes('contents') && !world.mayWriteTo(repository, login ?? ''))
    throw new Refusal(403, 'Must have push access')
  const call: Call = {
    world,
    repository,
    values,
    query,
    body: (request.body ?? {}) as Record<string, unknown>,
    accept,
    address,
    login: login ?? '',
  }
  return handler.handle(call)
}

async function refusable(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.status, error.message)
    throw error
  }
}
