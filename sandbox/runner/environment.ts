import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExpressionContext } from './action-file.ts'
import type { RunOptions } from './types.ts'

/** What every step of a run is given, and what expressions may name. */
export interface RunEnvironment {
  readonly variables: Readonly<Record<string, string>>
  readonly context: ExpressionContext
  /** The value of RUNNER_TRACKING_ID: whatever process carries it belongs to this run. */
  readonly trackingId: string
  readonly temp: string
}

/**
 * GITHUB_* and RUNNER_* as on a hosted Linux runner, with the event written to its file. Nothing of this process's own
 * environment is handed on but PATH, HOME and LANG: a test must not see the credentials of the machine it runs on.
 */
export async function createRunEnvironment(options: RunOptions, runnerDir: string): Promise<RunEnvironment> {
  const temp = path.join(runnerDir, '_temp')
  const toolCache = path.join(runnerDir, '_tool')
  const eventPath = path.join(temp, '_github_workflow', 'event.json')
  await mkdir(path.dirname(eventPath), { recursive: true })
  await mkdir(toolCache, { recursive: true })
  await writeFile(eventPath, JSON.stringify(options.event, null, 2))
  const trackingId = `github_${randomUUID()}`
  const github = gitHubVariables(options, eventPath)
  return {
    variables: {
      ...inherited(),
      CI: 'true',
      ...options.env,
      ...github,
      ...runnerVariables({ temp, toolCache, workspace: options.workspace, trackingId }),
      ...(options.debug ? { RUNNER_DEBUG: '1' } : {}),
    },
    context: {
      ...expressions('github', 'GITHUB_', github),
      ...runnerContext(temp, toolCache),
      'github.token': options.token ?? '',
    },
    trackingId,
    temp,
  }
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function gitHubVariables(options: RunOptions, eventPath: string): Record<string, string> {
  const repository = options.repository ?? text(options.event, 'repository', 'full_name')
  const ref = options.ref ?? defaultRef(options)
  const pull = options.eventName.startsWith('pull_request')
  const actor = options.actor ?? text(options.event, 'sender', 'login')
  const workflow = `${repository}/.github/workflows/build.yml@${ref}`
  const sha = options.sha ?? defaultSha(options)
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTION_REF: '',
    GITHUB_ACTOR: actor,
    GITHUB_ACTOR_ID: text(options.event, 'sender', 'id'),
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_API_URL: options.apiUrl ?? 'https://api.github.com',
    GITHUB_GRAPHQL_URL: options.graphqlUrl ?? 'https://api.github.com/graphql',
    GITHUB_SERVER_URL: options.serverUrl ?? 'https://github.com',
    GITHUB_BASE_REF: pull ? text(options.event, 'pull_request', 'base', 'ref') : '',
    GITHUB_HEAD_REF: pull ? text(options.event, 'pull_request', 'head', 'ref') : '',
    GITHUB_EVENT_NAME: options.eventName,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: 'build',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: text(options.event, 'repository', 'id'),
    GITHUB_REPOSITORY_OWNER: repository.split('/')[0] ?? '',
    GITHUB_REPOSITORY_OWNER_ID: text(options.event, 'repository', 'owner', 'id'),
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: options.runAttempt ?? '1',
    GITHUB_RUN_ID: options.runId ?? '7000000001',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SHA: sha,
    GITHUB_WORKFLOW: 'Build',
    GITHUB_WORKFLOW_REF: workflow,
    GITHUB_WORKFLOW_SHA: sha,
    GITHUB_WORKSPACE: options.workspace,
  }
}

/** The ref that GitHub gives a run of this event (docs.github.com, "Events that trigger workflows"). */
function defaultRef({ event, eventName }: RunOptions): string {
  if (eventName === 'push') return text(event, 'ref')
  if (eventName === 'release') return `refs/tags/${text(event, 'release', 'tag_name')}`
  if (eventName === 'merge_group') return text(event, 'merge_group', 'head_ref')
  if (eventName === 'pull_request') return `refs/pull/${text(event, 'number')}/merge`
  return `refs/heads/${text(event, 'repository', 'default_branch')}`
}

function defaultSha({ event, eventName }: RunOptions): string {
  if (eventName === 'push') return text(event, 'after')
  if (eventName === 'merge_group') return text(event, 'merge_group', 'head_sha')
  return text(event, 'pull_request', 'merge_commit_sha')
}

function runnerVariables(run: { temp: string; toolCache: string; workspace: string; trackingId: string }) {
  return {
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: run.temp,
    RUNNER_TOOL_CACHE: run.toolCache,
    RUNNER_TRACKING_ID: run.trackingId,
    RUNNER_WORKSPACE: path.dirname(run.workspace),
  }
}

function runnerContext(temp: string, toolCache: string): Record<string, string> {
  return { 'runner.temp': temp, 'runner.tool_cache': toolCache, 'runner.os': 'Linux' }
}

function expressions(context: string, prefix: string, variables: Readonly<Record<string, string>>) {
  const names = Object.entries(variables).map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value])
  return Object.fromEntries(names.map(([name, value]) => [`${context}.${name}`, value]))
}

function text(value: unknown, ...keys: readonly string[]): string {
  let found = value
  for (const key of keys) found = (found as Record<string, unknown> | null | undefined)?.[key]
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}
