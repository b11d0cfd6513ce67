import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { findImage, readStack, wanted } from '../stack/index.ts'
import type { Image, Stack, Tree } from '../stack/types.ts'
import { Git } from '../tools/git.ts'
import { commitFiles, type RepositoryFiles, workTreeFiles } from '../tools/repository-files.ts'
import { readCommitTree, readFolderTree, readWorkTree } from '../tools/tree.ts'
import { namedCommit } from './changes.ts'
import type { Source } from './detect.ts'

/** A state of the repository in which locks are looked at. */
export interface LockPlace {
  readonly tree: Tree
  readonly stack: Stack
  readonly files: RepositoryFiles
  /** Images that are asked for: those of the input `images`, else all. */
  readonly images: readonly Image[]
}

/** The work tree, or the commit that `--head` names. */
export async function readLockPlace({ inputs, host }: { inputs: Inputs; host: Host }): Promise<LockPlace> {
  const git = new Git({ cwd: host.cwd, env: host.env })
  const known = (await git.isRepository()) ? git : null
  const commit = known && host.event.head ? await namedCommit(known, host.event.head, '--head') : null
  const tree = await readTree(known, commit, host)
  const files = known && commit ? commitFiles(known, commit) : workTreeFiles(host.cwd)
  return await lockPlace({ tree, files, inputs })
}

/** The same for a tree that was read already. Throws ActionError for a stack that cannot be read, and for unknown images. */
export async function lockPlace(question: {
  readonly tree: Tree
  readonly files: RepositoryFiles
  readonly inputs: Pick<Inputs, 'path' | 'spec' | 'buildArgs' | 'registry' | 'images'>
}): Promise<LockPlace> {
  const { tree, files, inputs } = question
  const { path, spec, buildArgs, registry } = inputs
  const stack = await readStack(tree, { path, spec, buildArgs, registries: registry })
  const names = new Set(inputs.images.map((text) => findImage(stack, text).name))
  const place = new Map(stack.order.map((name, at) => [name, at]))
  const images = stack.images
    .filter(({ name }) => names.size === 0 || names.has(name))
    .toSorted((one, other) => (place.get(one.name) ?? 0) - (place.get(other.name) ?? 0))
  return { tree, stack, files, images }
}

/** What is checked out, for some of the stack's images or all. */
export function placeOf(
  { source, host }: { source: Source; host: Host },
  names: ReadonlySet<string> | null,
): LockPlace {
  const { stack, tree, git, commit } = source
  const files: RepositoryFiles = host.event.head && git && commit ? commitFiles(git, commit) : workTreeFiles(host.cwd)
  return { tree, stack, files, images: stack.images.filter(({ name }) => names === null || names.has(name)) }
}

async function readTree(git: Git | null, commit: string | null, host: Host): Promise<Tree> {
  if (git && commit) return await readCommitTree({ git, revision: commit, wanted })
  return git ? await readWorkTree({ git, cwd: host.cwd, wanted }) : await readFolderTree({ cwd: host.cwd, wanted })
}
