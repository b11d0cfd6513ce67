import { ActionError } from '../errors.ts'
import type { Inputs } from '../inputs.ts'
import { readStack, wanted } from '../stack/index.ts'
import type { Stack, Tree } from '../stack/types.ts'
import { readCommitTree } from '../tools/tree.ts'
import { type FoundChanges, unknownChanges } from './changes.ts'
import { compareStacks, earlierText, earlierTree, type StackComparison } from './compare-stacks.ts'
import { changesSince, type HistoryQuestion, walkBack } from './history.ts'

/** What is known of the commits that may have published what did not change. */
export interface Past {
  /** Such commits, newest first: the base and its first parents as far as known. */
  ancestors(): AsyncIterable<string>
  /** Images that differ between such a commit and what is built, with reasons; those that spec.yml skips too. */
  changedSince(commit: string): Promise<ReadonlyMap<string, string>>
}

/** What all states of the repository are read with. */
export interface Scope extends HistoryQuestion {
  readonly tree: Tree
  /** False for events that build nothing: those do not fail for what their commit holds. */
  readonly builds: boolean
}

/** The stack that is built; an empty one where nothing is built and it cannot be read. */
export async function readOwnStack({ tree, inputs, builds }: Scope): Promise<Stack> {
  try {
    return await readStack(tree, optionsOf(inputs))
  } catch (error) {
    if (builds || !(error instanceof ActionError) || !['stack', 'spec', 'input'].includes(error.code)) throw error
    const note = { path: '.', line: null, text: error.message }
    return { path: '.', images: [], order: [], notes: [note], ignore: [], buildAll: [], spec: null }
  }
}

/** What is built, beside the base of a change set. */
export function comparisonOf(scope: Scope, stack: Stack, changes: FoundChanges): StackComparison {
  const { git, tree } = scope
  const { base, added } = changes
  return {
    ...{ stack, tree, changes },
    earlier: () => readEarlierStack(scope, changes),
    textsBefore: async (files) => {
      if (added || !git || !base) return files.map((file) => earlierText(tree, added ?? [], file))
      // git takes a name a line.
      if (files.some((file) => file.includes('\n'))) return files.map(() => null)
      const found = await git.objects(files.map((file) => `${base}:./${file}`)).catch(() => [])
      return files.map((_, at) => found[at]?.toString() ?? null)
    },
  }
}

/** The stack at the base: by git, else as far as today's tree and GitHub's list of files tell. */
async function readEarlierStack({ git, tree, inputs }: Scope, changes: FoundChanges): Promise<Stack> {
  const { base, added } = changes
  const earlier =
    git && base && !added
      ? await readCommitTree({ git, revision: base, wanted })
      : earlierTree(tree, changes, added ?? [])
  return await readStack(earlier, optionsOf(inputs))
}

function optionsOf({ path, spec, buildArgs, registry }: Inputs) {
  return { path, spec, buildArgs, registries: registry }
}

/** The commits before the base; `all` are the images that changed since it, `commit` is what is built. */
export function pastOf(
  scope: Scope,
  {
    stack,
    changes,
    all,
    commit,
  }: { stack: Stack; changes: FoundChanges; all: ReadonlyMap<string, string>; commit: string | null },
): Past {
  const { base, complete } = changes
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>([[base ?? '', Promise.resolve(all)]])
  const compare = async (since: string) => {
    const then = commit ? await changesSince(scope, since, commit) : unknownChanges('the repository has no commit')
    return await compareStacks(comparisonOf(scope, stack, then))
  }
  return {
    ancestors: () => walkBack(scope, base && complete ? base : null),
    changedSince: (since) => {
      const found = known.get(since) ?? compare(since)
      known.set(since, found)
      return found
    },
  }
}
