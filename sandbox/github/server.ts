import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiRoot, Double, graphqlPath } from './double.ts'
import type { GitHub, GitHubOptions } from './types.ts'
import { World } from './world.ts'

/**
 * Starts a GitHub of its own on a free port of this machine: REST, GraphQL and git over HTTP, all answered from one bare
 * repository (and its forks). Its addresses are laid out as on GitHub Enterprise Server.
 */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const urls = { api: serverUrl + apiRoot, graphql: serverUrl + graphqlPath, server: serverUrl }
  const world = new World(options, urls)
  const double = new Double(options, world)
  server.on('request', (request, response) => void double.serve(request, response))
  const { directory: _, ...repository } = world.base
  return {
    apiUrl: urls.api,
    graphqlUrl: urls.graphql,
    serverUrl,
    repository,
    requests: () => [...double.requests],
    problems: () => [...double.problems],
    takeProblems: () => double.problems.splice(0),
    fail: (rule) => double.failures.add(rule),
    setPull: (pull) => void world.pulls.set(pull.number, pull),
    pull: (number) => world.pullCommits(world.pulls.get(number)!),
    comments: (issue) => world.comments.filter((comment) => comment.issue === issue),
    statuses: (sha) => world.statuses.filter((status) => status.sha === sha),
    comment: (issue, login, body) => world.addComment(issue, login, body).id,
    reactions: (comment) => world.reactions.filter((reaction) => reaction.comment === comment),
    pulls: () => [...world.pulls.values()],
    releases: () => [...world.releases],
    setPushTime: (sha, time) => void world.pushTimes.set(sha, time),
    stop: () => stop(server, double),
  }
}

async function stop(server: Server, double: Double): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  const problems = double.problems.splice(0)
  if (problems.length > 0) {
    throw new AggregateError(
      problems.map((problem) => new Error(problem)),
      `the GitHub double saw: ${problems.join('; ')}`,
    )
  }
}
