import {
  buildSchema,
  defaultFieldResolver,
  execute,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql'
import { type CommitInput, createCommitOnBranch, gitHubError, type MadeCommit } from './commit-on-branch.ts'
import { git, tryGit } from './git.ts'
import { nodeId } from './shapes.ts'
import type { Scope, ServedRepository } from './types.ts'
import { type RefUpdates, updateRefs } from './update-refs.ts'
import { userId, type World } from './world.ts'

/** A GraphQL request on behalf of somebody. */
export interface GraphQLCall {
  readonly world: World
  readonly login: string
  readonly mayWrite: (scope: Scope) => boolean
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** GraphQL's answer, the root fields that were asked for, and what the schema or the double does not know. */
export interface GraphQLAnswer {
  readonly body: { readonly data?: unknown; readonly errors?: readonly object[] }
  readonly fields: readonly string[]
  readonly problems: readonly string[]
}

let loading: Promise<GraphQLSchema> | undefined

/**
 * Parses, validates and executes a query against GitHub's public schema, so that a wrong field, argument or type fails as
 * it would there. A field that the double has no answer for is a problem.
 */
export async function answerGraphQL(call: GraphQLCall): Promise<GraphQLAnswer> {
  loading ??= loadSchema()
  const schema = await loading
  let document: ReturnType<typeof parse>
  try {
    document = parse(call.query)
  } catch (error) {
    return refused([error as GraphQLError], [])
  }
  const fields = document.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? definition.selectionSet.selections.map((selection) => (selection.kind === 'Field' ? selection.name.value : '…'))
      : [],
  )
  const invalid = validate(schema, document)
  if (invalid.length > 0) return refused(invalid, fields)
  const problems: string[] = []
  const result = await execute({
    schema,
    document,
    rootValue: createRoot(call),
    variableValues: call.variables,
    fieldResolver: (source, args, context, info) => {
      const known = typeof source === 'object' && source !== null && Object.hasOwn(source, info.fieldName)
      if (known) return defaultFieldResolver(source, args, context, info)
      throw new GraphQLError(`the double has no ${info.parentType.name}.${info.fieldName}`, {
        extensions: { type: 'UNKNOWN' },
      })
    },
  })
  for (const { message, extensions } of result.errors ?? []) {
    // Refusals of GitHub's carry a type; whatever else went wrong is the query's fault or the double's.
    if (!extensions?.type || extensions.type === 'UNKNOWN') problems.push(`GraphQL: ${message}`)
  }
  const errors = result.errors?.map(format)
  return {
    body: { ...(result.data === undefined ? {} : { data: result.data }), ...(errors ? { errors } : {}) },
    fields,
    problems,
  }
}

async function loadSchema(): Promise<GraphQLSchema> {
  const { schema } = await import('@octokit/graphql-schema')
  const built = buildSchema(schema.idl, { assumeValid: true, assumeValidSDL: true })
  restrict(built, 'GitObjectID', /^[0-9a-f]{40}$/)
  restrict(built, 'Base64String', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
  return built
}

/** The schema gives scalars a name only: what they may hold is said here. */
function restrict(schema: GraphQLSchema, name: string, pattern: RegExp): void {
  const type = schema.getType(name)
  if (!(type instanceof GraphQLScalarType)) throw new Error(`GitHub's schema has no scalar ${name}`)
  type.parseValue = (value) => {
    if (typeof value === 'string' && pattern.test(value)) return value
    throw new GraphQLError(`not a ${name}: ${JSON.stringify(value)?.slice(0, 80)}`)
  }
}

function createRoot(call: GraphQLCall) {
  const { world, login } = call
  const require = (scope: Scope) => {
    if (!call.mayWrite(scope)) throw gitHubError('FORBIDDEN', 'Resource not accessible by integration')
  }
  return {
    viewer: { __typename: 'User', login, id: nodeId('User', userId(login)), databaseId: userId(login) },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = world.find(`${owner}/${name}`)
      if (found) return repositoryNode(found)
      throw gitHubError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
    },
    createCommitOnBranch: async ({ input }: { input: CommitInput & { clientMutationId?: string } }) => {
      require('contents')
      const { repositoryNameWithOwner: name, branchName } = input.branch
      const target = name ? world.find(name) : world.base
      if (target && !world.mayWriteTo(target, login, branchName ?? null))
        throw gitHubError('FORBIDDEN', 'Resource not accessible by integration')
      const made = await createCommitOnBranch(world, login, input)
      return { clientMutationId: input.clientMutationId ?? null, commit: commitNode(world, made), ref: refNode(made) }
    },
    updateRefs: async ({ input }: { input: RefUpdates }) => {
      require('contents')
      await updateRefs(world, input)
      return { clientMutationId: input.clientMutationId ?? null }
    },
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string; clientMutationId?: string } }) => {
      require('issues')
      return { clientMutationId: input.clientMutationId ?? null, minimizedComment: minimize(world, input) }
    },
  }
}

function minimize(world: World, { subjectId, classifier }: { subjectId: string; classifier: string }) {
  const comment = world.comments.find(({ id }) => nodeId('IssueComment', id) === subjectId)
  if (!comment) throw gitHubError('NOT_FOUND', `Could not resolve to a node with the global id of '${subjectId}'`)
  comment.minimized = classifier.toLowerCase()
  return { __typename: 'IssueComment', id: subjectId, isMinimized: true, minimizedReason: comment.minimized }
}

function repositoryNode(repository: ServedRepository) {
  const { directory, owner, name } = repository
  const fullName = `${owner}/${name}`
  const ref = async ({ qualifiedName }: { qualifiedName: string }) => {
    const full = qualifiedName.startsWith('refs/') ? qualifiedName : `refs/heads/${qualifiedName}`
    const sha = (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', `${full}^{commit}`))?.trim()
    return sha ? refNode({ fullName, directory, ref: full, sha }) : null
  }
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name,
    nameWithOwner: fullName,
    isFork: repository.fork ?? false,
    isPrivate: repository.private ?? false,
    ref,
    defaultBranchRef: () => ref({ qualifiedName: repository.defaultBranch }),
  }
}

function refNode({ ref, sha }: MadeCommit) {
  const target = { __typename: 'Commit', id: nodeId('Commit', sha), oid: sha, abbreviatedOid: sha.slice(0, 7) }
  const name = ref.replace(/^refs\/(heads|tags)\//, '')
  return { __typename: 'Ref', id: nodeId('Ref', ref), name, prefix: ref.slice(0, ref.length - name.length), target }
}

function commitNode(world: World, { fullName, directory, sha }: MadeCommit) {
  const url = `${world.urls.server}/${fullName}/commit/${sha}`
  const shown = (format: string) => async () =>
    (await git({ directory }, 'show', '-s', `--format=${format}`, sha)).trim()
  return {
    __typename: 'Commit',
    id: nodeId('Commit', sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url,
    commitUrl: url,
    message: shown('%B'),
    messageHeadline: shown('%s'),
    committedDate: shown('%cI'),
  }
}

function refused(errors: readonly GraphQLError[], fields: readonly string[]): GraphQLAnswer {
  return { body: { errors: errors.map(format) }, fields, problems: errors.map(({ message }) => `GraphQL: ${message}`) }
}

function format({ message, path, locations, extensions }: GraphQLError): object {
  return { ...(extensions?.type ? { type: extensions.type } : {}), ...(path ? { path } : {}), locations, message }
}
