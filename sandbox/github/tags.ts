import { type Answer, type Call, type Handler, ok, Refusal } from './call.ts'
import { git, tryGit, webFlow } from './git.ts'
import { nodeId, refShape } from './shapes.ts'

/** Tag objects and lists of refs: `POST …/git/tags`, `GET …/git/tags/{sha}`, `GET …/git/matching-refs/{ref}`. */
export const tagHandlers: Readonly<Record<string, Handler>> = {
  'git/create-tag': { needs: ['contents'], handle: createTag },
  'git/get-tag': { handle: getTag },
  'git/list-matching-refs': { handle: matchingRefs },
}

async function createTag(call: Call): Promise<Answer> {
  const { directory } = call.repository
  const { object, type, tag, message } = call.body
  if ((await tryGit({ directory }, 'cat-file', '-e', String(object))) === null)
    throw new Refusal(422, 'Could not verify object')
  const tagger = `${webFlow.GIT_COMMITTER_NAME} <${webFlow.GIT_COMMITTER_EMAIL}> ${Math.floor(Date.now() / 1000)} +0000`
  const input = `object ${object}\ntype ${type}\ntag ${tag}\ntagger ${tagger}\n\n${message}`
  const sha = (await git({ directory, input }, 'hash-object', '-t', 'tag', '-w', '--stdin')).trim()
  return { status: 201, body: await tagObject(call, sha) }
}

async function getTag(call: Call): Promise<Answer> {
  const body = await tagObject(call, call.values.tag_sha!)
  if (!body) throw new Refusal(404, 'Not Found')
  return ok(body)
}

async function tagObject(call: Call, sha: string): Promise<object | null> {
  const { directory, owner, name } = call.repository
  const text = await tryGit({ directory }, 'cat-file', 'tag', sha)
  if (text === null) return null
  const [head = '', ...rest] = text.split('\n\n')
  const field = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(head)?.[1] ?? ''
  const [, person = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+)/.exec(field('tagger')) ?? []
  const objects = `${call.world.urls.api}/repos/${owner}/${name}/git`
  return {
    ...{ sha, node_id: nodeId('Tag', sha), url: `${objects}/tags/${sha}`, tag: field('tag') },
    message: rest.join('\n\n'),
    tagger: { name: person, email, date: new Date(Number(seconds) * 1000).toISOString() },
    object: { sha: field('object'), type: field('type'), url: `${objects}/commits/${field('object')}` },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  }
}

async function matchingRefs({ repository, world, values }: Call): Promise<Answer> {
  const { directory } = repository
  const format = '--format=%(objectname) %(objecttype) %(refname)'
  const lines = (await git({ directory }, 'for-each-ref', format)).split('\n').filter(Boolean)
  const refs = lines.map((line) => line.split(' ') as [string, string, string])
  const found = refs.filter(([, , ref]) => ref.startsWith(`refs/${values.ref}`))
  return ok(found.map(([sha, type, ref]) => refShape(repository, ref, { sha, type }, world.urls)))
}
