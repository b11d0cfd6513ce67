import type { Scenario } from './world.ts'

/** The names of a scenario's peers: an action, and how it is asked to look. */
export type PeerName = 'paths-filter' | 'paths-filter, API' | 'changed-files'

/** Why a peer and this action tell different files; docs/changes.md says each in a row of its table. */
export const differences = {
  'renames as two names': 'a rename is the new name alone there; here the old name counts too',
  'the push, not the branch': 'a push to another branch is compared with the default branch there; here with `before`',
  'the whole new branch':
    'of a new branch the last commit alone counts there; here all since it left the default branch',
  'everything at the first push': 'the first push of a repository has no file there; here all',
  'from where both were alike':
    'a forced push is compared with `before` or with the commit before it there; here with where both histories part, whose images are taken',
  'a submodule as one path':
    'its files count there, where it is fetched; here its path, whenever its commit is another',
  'what is checked out':
    'the files of the pull request there; here those in which the commit that is checked out differs',
  'what the branch did': 'the two commits are compared there; here what the branch did since it left its base',
  'what the merge made': 'the branch alone counts there; here also what the merge made of it',
  'trees, not branches': 'with a base that a person names the merge base counts there; here that revision itself',
  'submodules whatever .gitmodules says':
    '`ignore = all` in .gitmodules hides them there; here a submodule always counts',
  'no base, everything': 'the last commit, or the last tag, counts there; here an event without a base means all',
  'what is not committed': 'what is in the work tree alone does not count there; here it does',
  'odd names':
    'a name with a quote, a backslash or a control character is spoilt or lost there; here it is the file’s own',
} as const

/** A scenario with the differences that are known of it. */
export interface KnownScenario extends Scenario {
  readonly differs?: Partial<Readonly<Record<PeerName, keyof typeof differences>>>
}
