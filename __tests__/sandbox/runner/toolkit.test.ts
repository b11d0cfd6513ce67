import path from 'node:path'
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { pullRequestEvent } from '../../../sandbox/github/events.ts'
import { runAction } from '../../../sandbox/runner/run-action.ts'
import { createScene, type Scene } from '../github/world.ts'

// A shared machine may be slow to start processes.
jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await createScene({ tokens: { 'gho-t0ken': { login: 'github-actions[bot]', write: ['pull-requests'] } } })
})
afterAll(() => scene.remove())

it("runs an action made with GitHub's toolkit against the GitHub double", async () => {
  const { github } = scene
  const { headSha, baseSha, mergeSha } = await github.pull(1)
  const urls = { api: github.apiUrl, server: github.serverUrl }
  const result = await runAction({
    actionDir: path.join(import.meta.dirname, 'toolkit-action'),
    workspace: scene.folder,
    eventName: 'pull_request',
    event: pullRequestEvent({
      repository: github.repository,
      head: { ref: 'topic/é', sha: headSha },
      base: { sha: baseSha },
      mergeSha,
      urls,
    }),
    token: 'gho-t0ken',
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    serverUrl: github.serverUrl,
  })
  expect(result).toMatchObject({
    outcome: 'success',
    outputs: { head: scene.topic, text: 'one\ntwo=<<\n%0A' },
    state: { started: JSON.stringify({ event: 'pull_request', sha: mergeSha }) },
    env: { MADE: 'a\nb' },
    path: ['/made/bin'],
    annotations: [{ level: 'warning', message: 'look: %0A, ***', file: 'a,b:c/Dockerfile', line: 3, title: 'Ti, tle' }],
    groups: [{ title: 'Ask', lines: [] }],
    orphans: [],
    post: { outcome: 'success', log: `${JSON.stringify({ event: 'pull_request', sha: mergeSha })} 3 true` },
  })
  expect(result.summary).toContain('<h1>Report</h1>')
  expect(result.masks).toContain('s3cret')
  expect(github.comments(1)).toMatchObject([{ body: 'done', login: 'github-actions[bot]' }])
})
