import type { Channel } from './types.ts'

/** Folders of a channel that conda 26 knows as platforms: the last part of `conda-forge/linux-64::name`. */
const subdirs: ReadonlySet<string> = new Set([
  ...['noarch', 'emscripten-wasm32', 'wasi-wasm32', 'freebsd-64', 'zos-z'],
  ...['linux-32', 'linux-64', 'linux-aarch64', 'linux-armv6l', 'linux-armv7l', 'linux-ppc64', 'linux-ppc64le'],
  ...['linux-riscv32', 'linux-riscv64', 'linux-s390x', 'osx-64', 'osx-arm64', 'win-32', 'win-64', 'win-arm64'],
])

/** Channels that conda puts together under one name. */
const defaults: ReadonlySet<string> = new Set(['pkgs/main', 'pkgs/r', 'pkgs/msys2'])

/** A channel as a spec names it: conda's canonical name, and the platform's folder behind it. */
export interface NamedChannel {
  readonly name: string
  readonly subdir: string | null
}

/** What stands before `::`, by conda's rules: of a URL the path counts, so that a mirror's `conda-forge` is conda-forge. */
export function readSpecChannel(text: string): NamedChannel {
  const path = text.includes('://') ? text.replace(/^[^:]+:\/\/[^/]*\/?/, '').replace(/^t\/[^/]+\/?/, '') : text
  const parts = path.split('/').filter(Boolean)
  const at = parts.findIndex((part) => subdirs.has(part))
  const name = (at === -1 ? parts : parts.toSpliced(at, 1)).join('/')
  return { name: defaults.has(name) ? 'defaults' : name, subdir: at === -1 ? null : (parts[at] ?? null) }
}

/**
 * A channel of an environment's list as a lock writes it (models/channel.py of conda-lock 4.0.3): variables in the place of
 * a name, password or token become `${NAME}` and are listed. Null where one of these is written out: it would be published.
 */
export function readChannel(text: string): Channel | null {
  const [, scheme, authority = '', rest = ''] = /^([^:/]+):\/\/([^/?#]*)(.*)$/s.exec(text) ?? []
  if (scheme === undefined) return { url: text, usedEnvVars: [] }
  const used = new Set<string>()
  const variable = (secret: string) => {
    if (!secret.startsWith('$')) return null
    const name = secret.replace(/^\$+/, '').replace(/^[{}]+|[{}]+$/g, '')
    used.add(name)
    return `\${${name}}`
  }
  const at = authority.lastIndexOf('@')
  const login = at === -1 ? [] : authority.slice(0, at).split(/:(.*)/s, 2).map(variable)
  const [before, token, after] = tokenOf(rest)
  const named = token === null ? null : variable(token)
  if (login.includes(null) || (token !== null && named === null)) return null
  const host = authority.slice(at + 1)
  const path = token === null ? rest : `${before}/t/${named}${after}`
  const url = `${scheme.toLowerCase()}://${at === -1 ? '' : `${login.join(':')}@`}${host}${path.replace(/[?#]$/, '')}`
  return { url, usedEnvVars: [...used].sort() }
}

/** anaconda.org's and Quetz's tokens: `/t/<token>/channel`. */
function tokenOf(path: string): [before: string, token: string | null, after: string] {
  const [, before = '', token, after = ''] = /^(.*)\/t\/(\$?\{?[\w-]*\}?)(\/.*)$/s.exec(path) ?? []
  return [before, token || null, after]
}
