import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { commitFiles, createBareRepository } from '../../../sandbox/github/seed.ts'
import { startGitHub } from '../../../sandbox/github/server.ts'
import type { GitHub, GitHubOptions } from '../../../sandbox/github/types.ts'

/** A double on a repository with a main and a topic branch, a fork, and a pull request from each. */
export interface Scene {
  readonly github: GitHub
  readonly folder: string
  readonly base: string
  readonly fork: string
  readonly main: string
  readonly topic: string
  readonly forkHead: string
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>
  readonly graphql: (query: string, variables?: unknown, token?: string) => Promise<Reply>
  readonly remove: () => Promise<void>
}

/** An answer as a client sees it. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** Makes the repositories and starts the double. */
export async function createScene(options: Partial<GitHubOptions> = {}): Promise<Scene> {
  const folder = await mkdtemp(path.join(tmpdir(), 'github-'))
  const [base, fork] = [path.join(folder, 'base.git'), path.join(folder, 'fork.git')]
  const first = {
    'a/Dockerfile': 'FROM scratch\n',
    'run.sh': '#!/bin/sh\n',
    'lines.txt': '1\n2\n3\n4\n5\n',
    link: { link: 'a' },
  }
  for (const directory of [base, fork]) {
    await createBareRepository(directory)
    await commitFiles(directory, { branch: 'main', files: first, message: 'First' })
  }
  const topic = await commitFiles(base, {
    branch: 'topic/é',
    from: 'main',
    files: { 'b/x y é.txt': 'b\n', 'lines.txt': null, 'moved.txt': '1\n2\n3\n4\n5\n' },
  })
  const main = await commitFiles(base, { branch: 'main', files: { 'a/Dockerfile': 'FROM scratch\nUSER 1\n' } })
  const forkHead = await commitFiles(fork, { branch: 'patch', from: 'main', files: { 'c.txt': 'c\n' } })
  const github = await startGitHub({
    repository: base,
    owner: 'o',
    name: 'r',
    permissions: { ann: 'maintain' },
    forks: [{ directory: fork, owner: 'mallory', name: 'r', id: 77, defaultBranch: 'main' }],
    pulls: [
      { number: 1, head: { branch: 'topic/é' }, labels: ['big'], title: 'Ein `Titel`' },
      { number: 2, head: { branch: 'patch', repository: 'mallory/r' }, user: 'mallory' },
      { number: 3, head: { branch: 'gone', repository: null, sha: topic } },
    ],
    ...options,
  })
  const send = async (url: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(url, init)
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('application/json')
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
  }
  return {
    github,
    folder,
    base,
    fork,
    main,
    topic,
    forkHead,
    call: (method, route, body, headers) =>
      send(github.apiUrl + route, {
        method,
        headers: { authorization: 'token t', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    graphql: (query, variables, token = 't') =>
      send(github.graphqlUrl, {
        method: 'POST',
        headers: { authorization: `bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      }),
    remove: async () => {
      await github.stop()
      await rm(folder, { recursive: true })
    },
  }
}
