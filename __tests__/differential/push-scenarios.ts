import type { KnownScenario } from './differences.ts'
import { base, edits, pushed } from './scenes.ts'

const forced = { 'paths-filter': 'from where both were alike', 'changed-files': 'from where both were alike' } as const
const three = {
  base,
  one: { on: ['base'], files: { 'a/one': '1\n' } },
  two: { on: ['one'], files: { 'a/two': '1\n' } },
}
const branch = {
  commits: { ...three, main: { on: ['base'], files: { 'b/main': 'main\n' } } },
  refs: { 'refs/heads/main': 'main', 'refs/heads/my/feature#1': 'two' },
  at: 'two',
  branch: 'my/feature#1',
} as const

/** Pushes of every shape. */
export const pushScenarios: readonly KnownScenario[] = [
  pushed(
    'a push of two commits',
    {},
    { commits: three, refs: { 'refs/heads/main': 'two' }, event: { push: ['base', 'two'] }, at: 'two' },
  ),
  pushed(
    'a push of two commits, of which one is there',
    {},
    { commits: three, refs: { 'refs/heads/main': 'two' }, event: { push: ['base', 'two'] }, at: 'two', depth: 1 },
  ),
  pushed(
    'a push that is undone by its last commit',
    {},
    {
      commits: { ...three, two: { on: ['one'], files: { 'a/one': null } } },
      refs: { 'refs/heads/main': 'two' },
      event: { push: ['base', 'two'] },
      at: 'two',
    },
  ),
  pushed('a push in a clone of depth 1', edits, { depth: 1 }),
  pushed(
    'a push of a merge',
    {},
    {
      commits: {
        base,
        main: { on: ['base'], files: { 'b/main': 'main\n' } },
        topic: { on: ['base'], files: edits },
        merge: { on: ['main', 'topic'], files: edits },
      },
      refs: { 'refs/heads/main': 'merge' },
      event: { push: ['main', 'merge'] },
      at: 'merge',
    },
  ),
  pushed(
    'the first push of a repository',
    {},
    {
      commits: { base },
      refs: { 'refs/heads/main': 'base' },
      event: { push: [null, 'base'] },
      at: 'base',
      differs: { 'changed-files': 'everything at the first push' },
    },
  ),
  {
    name: 'the first push of a branch',
    ...branch,
    event: { push: [null, 'two'], ref: 'refs/heads/my/feature#1' },
    differs: { 'changed-files': 'the whole new branch' },
  },
  {
    name: 'the first push of a branch, at depth 1',
    ...branch,
    depth: 1,
    event: { push: [null, 'two'], ref: 'refs/heads/my/feature#1' },
    differs: { 'changed-files': 'the whole new branch' },
  },
  {
    name: 'a second push to a branch',
    ...branch,
    event: { push: ['one', 'two'], ref: 'refs/heads/my/feature#1' },
    differs: { 'paths-filter': 'the push, not the branch' },
  },
  pushed(
    'a forced push',
    {},
    {
      commits: {
        ...three,
        other: { on: ['base'], files: { 'a/other': '1\n' } },
        last: { on: ['other'], files: { 'a/last': '1\n' } },
      },
      refs: { 'refs/heads/main': 'last' },
      event: { push: ['two', 'last'], forced: true },
      at: 'last',
      differs: forced,
    },
  ),
  pushed(
    'a forced push back to an older commit',
    {},
    {
      commits: three,
      refs: { 'refs/heads/main': 'one' },
      event: { push: ['two', 'one'], forced: true },
      at: 'one',
      differs: forced,
    },
  ),
  {
    name: 'a tag',
    ...branch,
    refs: { ...branch.refs, 'refs/heads/main': 'two', 'refs/tags/v1': 'one', 'refs/tags/v2': 'two' },
    branch: 'main',
    event: { tag: 'v2', at: 'two' },
    differs: { 'paths-filter': 'no base, everything', 'changed-files': 'no base, everything' },
  },
  pushed(
    'a schedule',
    { 'a/new': '1\n' },
    {
      event: { schedule: '0 5 * * 1' },
      differs: { 'paths-filter': 'no base, everything', 'changed-files': 'no base, everything' },
    },
  ),
]

/** Revisions that a person names, and what is not committed. */
export const revisionScenarios: readonly KnownScenario[] = [
  {
    name: 'a base that is a commit',
    ...branch,
    event: { push: ['one', 'two'], ref: 'refs/heads/my/feature#1' },
    base: 'base',
  },
  {
    name: 'a base and a head',
    ...branch,
    event: { push: [null, 'two'], ref: 'refs/heads/my/feature#1' },
    base: 'base',
    head: 'one',
  },
  {
    name: 'a base that is a branch',
    ...branch,
    event: { push: ['one', 'two'], ref: 'refs/heads/my/feature#1' },
    base: 'origin/main',
    differs: { 'paths-filter': 'trees, not branches' },
  },
  pushed(
    'what is added to the index',
    {},
    {
      staged: { 'a/local': '1\n', 'a/data/x': '2\n' },
      base: 'HEAD',
      differs: { 'changed-files': 'what is not committed' },
    },
  ),
]
