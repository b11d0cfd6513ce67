import { ActionError } from '../errors.ts'
import { withLogin } from './http.ts'
import { fetchBytes } from './tool-download.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** PyPI's simple index. */
export const pypi = 'https://pypi.org/simple'
const longestPage = 64 * 1024 * 1024

/** The index that this machine's pip and uv are told to ask; PyPI where they are told nothing. Throws ActionError('solve'). */
export function indexOf(env: Environment): string {
  const told = (env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || env.PIP_INDEX_URL || pypi).trim()
  // uv knows indexes with names: `mirror=https://…`.
  const url = told.replace(/^[\w.-]+=(?=https?:)/, '').replace(/\/+$/, '')
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url
  const names = ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL'].filter((name) => env[name])
  throw new ActionError('solve', `${names[0]} is no address of an index`, ['it begins with https:// or http://'])
}

/**
 * Where an index has a file of a project: `uv`, `uv-0.13.8-….whl`. Null where it has none. The page's links are read as PEP 503
 * writes them; what is downloaded has to be checked by its hash.
 */
export async function findInIndex(
  index: string,
  project: string,
  file: string,
  signal?: AbortSignal,
): Promise<{ url: string; headers: Record<string, string> } | null> {
  const { url, headers } = withLogin(index)
  const page = `${url}/${project}/`
  const html = await fetchBytes({ url: page, limit: longestPage, signal, headers: { ...headers, accept: 'text/html' } })
  for (const [, href = ''] of html.toString('utf8').matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi)) {
    const found = URL.parse(href.replaceAll('&amp;', '&'), page)
    if (found && decodeURIComponent(found.pathname).endsWith(`/${file}`)) {
      found.hash = ''
      return { url: found.href, headers: found.origin === new URL(page).origin ? headers : {} }
    }
  }
  return null
}
