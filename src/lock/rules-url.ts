import { eq, valid } from '@renovatebot/pep440'
import { normalName } from './pip-requirement.ts'
import type { LockedPackage } from './types.ts'

/** Where a channel's packages are: a name is one of anaconda.org's. No slash at the end. */
export function channelPrefix(channel: string): string {
  return (/^[a-z]+:\/\//i.test(channel) ? channel : `https://conda.anaconda.org/${channel}`).replace(/\/+$/, '')
}

/** A file's name without a query or coded characters, but for the `!` of an epoch. */
const plainFile = /^(?:[^?#\\%]|%21)+$/

/** Whether a conda url is a file in the platform's folder, or noarch, of one of the channels. */
export function isOfChannels(entry: LockedPackage, allowed: readonly string[]): boolean {
  return allowed.some((channel) => {
    const prefix = `${channelPrefix(channel)}/`
    const [subdir, file, ...more] = entry.url.slice(prefix.length).split('/')
    const inPlace = subdir === 'noarch' || subdir === entry.platform
    return entry.url.startsWith(prefix) && inPlace && more.length === 0 && plainFile.test(file ?? '')
  })
}

/** Whether a url is https, of one of the hosts, without login, query or port. */
export function isOfHosts(url: string, hosts: readonly string[]): boolean {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'https:' || parsed.username || parsed.password || parsed.search) return false
  return hosts.includes(parsed.host) && !/\/\.\.?(?:\/|$)|\\/.test(url)
}

/** Whether a url's file is the package and version that its entry says. */
export function namesItsPackage(entry: LockedPackage): boolean {
  const file = fileOf(entry.url)
  return entry.manager === 'conda' ? isCondaFile(file, entry) : isPythonFile(file, entry)
}

function fileOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
  } catch {
    return ''
  }
}

function isCondaFile(file: string, { name, version }: LockedPackage): boolean {
  const start = `${name}-${version}-`
  return file.startsWith(start) && /^[^-/]+\.(?:conda|tar\.bz2)$/.test(file.slice(start.length))
}

/** A wheel's or a source archive's name; both write names and versions in forms of their own. */
function isPythonFile(file: string, entry: LockedPackage): boolean {
  const [, name, version] =
    /^([^-]+)-([^-]+)-.+\.whl$/.exec(file) ?? /^(.+)-([^-]+?)\.(?:tar\.gz|tar\.bz2|zip)$/.exec(file) ?? []
  if (name === undefined || version === undefined) return false
  return normalName(name) === normalName(entry.name) && isSameVersion(version.replaceAll('_', '+'), entry.version)
}

function isSameVersion(one: string, other: string): boolean {
  return one === other || (valid(one) !== null && valid(other) !== null && eq(one, other))
}
