import type { ModelFile } from '../never-miss/stack-model.ts'
import type { KnownScenario } from './differences.ts'
import type { Commit } from './world.ts'

/** A text of twenty lines, long enough to be found again after a rename. */
export const long = (title: string) => `${Array.from({ length: 20 }, (_, at) => `${title} line ${at}`).join('\n')}\n`
/** A symbolic link. */
export const link = (to: string): ModelFile => ({ mode: '120000', text: to })
/** A submodule at a commit made of one digit. */
export const submodule = (digit: string): ModelFile => ({ mode: '160000', text: digit.repeat(40) })
/** What every scenario begins with. */
export const base: Commit = {
  on: [],
  files: {
    'README.md': long('readme'),
    LICENSE: long('licence'),
    'a/Dockerfile': 'FROM debian:12\n',
    'a/environment.yml': long('environment'),
    'a/data/x': long('x'),
    'a/link': link('data/x'),
    'b/Dockerfile': 'FROM debian:12\n',
    'b/sub': submodule('1'),
    'b/run.sh': '#!/bin/sh\n',
  },
}

/** A push of one commit to the default branch. */
export function pushed(name: string, files: Commit['files'], more: Partial<KnownScenario> = {}): KnownScenario {
  return {
    name,
    commits: { base, head: { on: ['base'], files } },
    refs: { 'refs/heads/main': 'head' },
    event: { push: ['base', 'head'] },
    at: 'head',
    branch: 'main',
    ...more,
  }
}

/** A pull request whose base has moved on since it was opened. */
export function pulled(name: string, files: Commit['files'], more: Partial<KnownScenario> = {}): KnownScenario {
  return {
    name,
    commits: {
      base,
      main: { on: ['base'], files: { 'b/Dockerfile': 'FROM debian:13\n', LICENSE: null } },
      topic: { on: ['base'], files },
      merge: { on: ['main', 'topic'], files },
    },
    refs: { 'refs/heads/main': 'main', 'refs/heads/topic': 'topic' },
    event: { pull: ['main', 'topic'], merge: 'merge' },
    at: 'merge',
    ...more,
  }
}

/** A file more, one changed, one gone. */
export const edits: Commit['files'] = { 'a/new': '1\n', 'README.md': 'other\n', LICENSE: null }
/** A file under another name, nothing else. */
export const renames: Commit['files'] = { 'a/data/x': null, 'a/data/y': long('x') }
/** The difference that a rename makes. */
export const twoNames = { 'changed-files': 'renames as two names' } as const
