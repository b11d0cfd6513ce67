import type { KnownScenario } from './differences.ts'
import { oddNames } from './names.ts'
import { base, edits, link, long, pushed, renames, submodule, twoNames } from './scenes.ts'

const odd = { 'paths-filter': 'odd names', 'changed-files': 'odd names' } as const
const inside = { differs: { 'changed-files': 'a submodule as one path' } } as const
const named = (text: string) => Object.fromEntries(oddNames.map((name) => [`odd/${name}`, text]))

/** What happens to files, seen at a push. */
export const fileScenarios: readonly KnownScenario[] = [
  pushed('added, modified and deleted', edits),
  pushed('a commit without a change', {}),
  pushed('a rename', renames, { differs: twoNames }),
  pushed('a rename with an edit', { 'a/data/x': null, 'c/x': `${long('x')}more\n` }, { differs: twoNames }),
  pushed('a rename by case alone', { 'a/data/x': null, 'a/data/X': long('x') }, { differs: twoNames }),
  pushed(
    'a folder that was renamed',
    {
      'a/Dockerfile': null,
      'a/environment.yml': null,
      'a/data/x': null,
      'a/link': null,
      'z/Dockerfile': 'FROM debian:12\n',
      'z/environment.yml': long('environment'),
      'z/data/x': long('x'),
      'z/link': link('data/x'),
    },
    { differs: twoNames },
  ),
  pushed('a copy', { 'c/x': long('x') }),
  pushed('a copy of a file that changed, too', { 'c/x': long('x'), 'a/data/x': `${long('x')}more\n` }),
  pushed('a folder that was deleted', {
    'a/Dockerfile': null,
    'a/environment.yml': null,
    'a/data/x': null,
    'a/link': null,
  }),
  pushed('a mode', { 'b/run.sh': { mode: '100755', text: '#!/bin/sh\n' } }),
  pushed('a file that became a link', { 'a/data/x': link('../b/run.sh') }),
  pushed('a link that became a file', { 'a/link': 'file\n' }),
  pushed('a folder that became a link', { 'a/data/x': null, 'a/data': link('../b') }),
  pushed('a link to a target, both new', {
    'test/symlink-target.txt': '1\n',
    'test/symlink-to-target': link('symlink-target.txt'),
  }),
  pushed('a link that leads elsewhere, and one that leads nowhere', {
    'a/link': link('nowhere'),
    'a/out': link('/etc/passwd'),
  }),
  pushed('a link to a folder above', { loop: link('..') }),
  pushed('a submodule’s commit', { 'b/sub': submodule('2') }, inside),
  pushed(
    'a submodule that is new, with .gitmodules',
    { 'c/sub': submodule('3'), '.gitmodules': '[submodule "c"]\n\tpath = c/sub\n\turl = ./c\n' },
    inside,
  ),
  pushed('a submodule that is gone', { 'b/sub': null }, inside),
  pushed('a submodule that became a folder', { 'b/sub': null, 'b/sub/x': '1\n' }, inside),
  pushed('an LFS pointer', {
    'a/big': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n',
    '.gitattributes': 'big filter=lfs diff=lfs merge=lfs -text\n',
  }),
  pushed('files without a text form', { 'a/bin': '\0\x01\x02', '.gitattributes': '* -diff\n' }),
  pushed('hidden files and deep folders', {
    '.github/workflows/x.yml': '1\n',
    [`${'d/'.repeat(60)}x`]: '1\n',
    '.hidden': '1\n',
  }),
  pushed('empty files', { 'a/empty': '', 'README.md': '' }),
  pushed('names with blanks, brackets and accents', {
    'test/[test new].txt': '1\n',
    'test/test new 1.txt': '1\n',
    'test/test-è.txt': '1\n',
    'test/test.txt': '1\n',
  }),
  pushed('names of every kind, added', named('1\n'), { differs: odd }),
  pushed('names of every kind, deleted', Object.fromEntries(oddNames.map((name) => [`odd/${name}`, null])), {
    commits: {
      base: { on: [], files: { ...base.files, ...named('1\n') } },
      head: { on: ['base'], files: Object.fromEntries(oddNames.map((name) => [`odd/${name}`, null])) },
    },
    differs: odd,
  }),
  pushed('four hundred files', Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`many/${at}`, '1\n']))),
  pushed(
    'a submodule that .gitmodules wants ignored',
    { 'b/sub': submodule('2') },
    {
      commits: {
        base: {
          on: [],
          files: { ...base.files, '.gitmodules': '[submodule "b"]\n\tpath = b/sub\n\turl = ./b\n\tignore = all\n' },
        },
        head: { on: ['base'], files: { 'b/sub': submodule('2') } },
      },
      differs: {
        'paths-filter': 'submodules whatever .gitmodules says',
        'changed-files': 'submodules whatever .gitmodules says',
      },
    },
  ),
]
