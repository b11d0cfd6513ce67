import { posix } from 'node:path'
import type { Recipe } from './recipes.ts'
import type { PipSpec, Spec } from './types.ts'

/** A spec as conda-lock's models write it before they are hashed (models/lock_spec.py). `platforms`: conda-lock 1's selectors. */
export function serializedSpec(
  spec: Spec,
  platforms: readonly string[] | null,
  recipe: Recipe,
): Record<string, unknown> {
  const markers = spec.manager === 'pip' ? spec.markers : null
  return {
    name: serializedName(spec, recipe),
    manager: spec.manager,
    category: spec.category,
    extras: spec.manager === 'pip' ? spec.extras : [],
    ...(recipe.first ? { optional: spec.category !== 'main', selectors: { platform: platforms } } : {}),
    ...nullable('markers', markers, recipe),
    ...(spec.manager === 'pip' && spec.url !== null ? addressed(spec.url, recipe) : versioned(spec, recipe)),
  }
}

/** conda-lock 1 left pip's names as they were written. */
export function serializedName(spec: Spec, { first }: Recipe): string {
  return first && spec.manager === 'pip' ? (spec.writtenName ?? spec.name) : spec.name
}

function versioned(spec: Spec, recipe: Recipe) {
  const hash = spec.manager === 'pip' ? spec.hash : null
  return {
    version: spec.manager === 'pip' ? pipVersion(spec, recipe) : spec.version,
    build: spec.manager === 'pip' ? null : spec.build,
    conda_channel: spec.manager === 'pip' ? null : spec.condaChannel,
    ...(recipe.hash ? { hash } : {}),
  }
}

/** What PEP 440 says, sorted; older versions put it in conda's words. */
function pipVersion({ version }: PipSpec, { pip }: Recipe): string {
  if (version === '') return '*'
  const clauses = version
    .split(',')
    .flatMap((clause) => (pip === 'PEP 440' ? clause.replace('===', '==') : inConda(clause)))
  return clauses.sort().join(',')
}

function inConda(clause: string): string[] {
  if (!clause.startsWith('~=')) return [clause.replace(/^={2,3}/, '=')]
  const [major = '', minor = '', ...rest] = clause.slice(2).split('.')
  return [
    `>=${[major, minor, ...rest].join('.')}`,
    `<${[Number(major), Number(minor) + 1, ...rest.map(() => 0)].join('.')}`,
  ]
}

/** A requirement that names where its package is: a repository of git, a file behind a URL, a path. */
function addressed(url: string, recipe: Recipe): Record<string, unknown> {
  if (url.startsWith('git+') && !recipe.first) return { extras: [], ...repository(url, recipe) }
  if (recipe.pip === 'conda' || /^(?:git\+|https:\/\/|ssh:\/\/)/.test(url)) {
    const [address, fragment = ''] = url.split(/#(.*)/s, 2)
    return { url: address, hashes: [fragment.replaceAll('=', ':')] }
  }
  const path = posix.join(url.replace(/^file:\/\//, ''), '.').replace(/\/$/, '')
  // conda-lock asks the disk; a name that is an archive's says the same of all that pip can install.
  const isDirectory = !/\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar)$/.test(path)
  return { path, is_directory: isDirectory, ...nullable('subdirectory', null, recipe) }
}

function repository(url: string, recipe: Recipe) {
  const address = url.replace(/\.git$/, '').replace(/^git\+/, '')
  const at = address.lastIndexOf('@')
  const source = at === -1 ? address : address.slice(0, at)
  const revision = at === -1 ? null : address.slice(at + 1)
  if (recipe.pip === 'conda') return { category: 'main', source, vcs: 'git', rev: revision }
  const [rev = null, subdirectory = null] = revision?.split('#subdirectory=') ?? []
  return { source, vcs: 'git', rev, ...nullable('subdirectory', subdirectory, recipe) }
}

function nullable(key: string, value: string | null, { markers }: Recipe): Record<string, string | null> {
  return markers === 'always' || (markers === 'where set' && value !== null) ? { [key]: value } : {}
}
