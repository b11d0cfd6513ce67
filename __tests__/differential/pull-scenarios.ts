import type { KnownScenario } from './differences.ts'
import { base, pulled, renames, twoNames } from './scenes.ts'

/** Pull requests and the merge queue. */
export const pullScenarios: readonly KnownScenario[] = [
  pulled('a pull request’s merge', { 'a/new': '1\n', 'README.md': 'other\n' }),
  pulled('a pull request’s merge at depth 1', { 'a/new': '1\n', 'README.md': 'other\n' }, { depth: 1 }),
  pulled('a pull request that renames', renames, { differs: twoNames }),
  pulled('a pull request that deletes', { 'a/link': null, 'b/run.sh': null }),
  pulled(
    'a pull request of a fork',
    { 'a/new': '1\n' },
    {
      refs: { 'refs/heads/main': 'main', 'refs/pull/1/head': 'topic' },
      event: { pull: ['main', 'topic'], merge: 'merge', fork: true },
    },
  ),
  pulled(
    'a pull request’s head instead of its merge',
    { 'a/new': '1\n' },
    { at: 'topic', differs: { 'paths-filter': 'what the branch did' } },
  ),
  pulled(
    'a pull request to another branch',
    { 'a/new': '1\n' },
    {
      commits: {
        base,
        release: { on: ['base'], files: { 'b/release': '1\n' } },
        main: { on: ['base'], files: { 'b/main': 'main\n' } },
        topic: { on: ['release'], files: { 'a/new': '1\n' } },
        merge: { on: ['release', 'topic'], files: { 'a/new': '1\n' } },
      },
      refs: { 'refs/heads/main': 'main', 'refs/heads/release': 'release', 'refs/heads/topic': 'topic' },
      event: { pull: ['release', 'topic'], merge: 'merge', baseRef: 'release' },
    },
  ),
  pulled(
    'a pull request that merged its base',
    { 'a/new': '1\n' },
    {
      commits: {
        base,
        main: { on: ['base'], files: { 'b/main': 'main\n' } },
        first: { on: ['base'], files: { 'a/new': '1\n' } },
        topic: { on: ['first', 'main'], files: { 'b/main': 'main\n' } },
        merge: { on: ['main', 'topic'], files: { 'a/new': '1\n' } },
      },
    },
  ),
  pulled(
    'a merge that holds what neither side has',
    { 'a/new': '1\n' },
    {
      commits: {
        base,
        main: { on: ['base'], files: { 'b/main': 'main\n' } },
        topic: { on: ['base'], files: { 'a/new': '1\n' } },
        merge: { on: ['main', 'topic'], files: { 'a/new': '1\n', 'a/extra': '1\n' } },
      },
      differs: { 'paths-filter, API': 'what the merge made', 'changed-files': 'what the merge made' },
    },
  ),
  pulled(
    'pull_request_target on the base',
    { 'a/new': '1\n' },
    {
      at: 'main',
      branch: 'main',
      event: { pull: ['main', 'topic'], merge: 'merge', target: true },
      differs: { 'paths-filter, API': 'what is checked out', 'changed-files': 'what is checked out' },
    },
  ),
  pulled(
    'pull_request_target on the head',
    { 'a/new': '1\n' },
    { at: 'topic', event: { pull: ['main', 'topic'], merge: 'merge', target: true } },
  ),
  pulled(
    'a merge group',
    { 'a/new': '1\n' },
    { branch: 'gh-readonly-queue/main/pr-1', event: { mergeGroup: ['main', 'merge'] } },
  ),
  pulled(
    'a merge group at depth 1',
    { 'a/new': '1\n' },
    { depth: 1, branch: 'gh-readonly-queue/main/pr-1', event: { mergeGroup: ['main', 'merge'] } },
  ),
]
