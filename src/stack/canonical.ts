/** A reference to an image in Docker's full form (distribution/reference's grammar). `tag` is `latest` where none is written. */
export interface CanonicalReference {
  /** Host and port; `docker.io` where none is written. */
  readonly registry: string
  /** Path without the registry; with `library/` for Docker Hub's own images. */
  readonly repository: string
  readonly tag: string
  readonly digest: string | null
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const host = `(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?`
const digests = 'sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}'
const grammar = new RegExp(`^(${host})/(${component}(?:/${component})*)(?::(\\w[\\w.-]{0,127}))?(?:@(${digests}))?$`)
const longestRepository = 255

/** Text → its full form; null where it is no valid reference. The first component is a host if it has a dot, a port or is `localhost`. */
export function canonicalReference(text: string): CanonicalReference | null {
  const found = parse(text)
  return found && { ...found, tag: found.tag ?? 'latest' }
}

function parse(text: string): (Omit<CanonicalReference, 'tag'> & { tag: string | null }) | null {
  const first = text.split('/', 1)[0] ?? ''
  const hasHost = text.includes('/') && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  const match = grammar.exec(hasHost ? text : `docker.io/${text}`)
  // 64 hexadecimal digits are an image's id to Docker, not its name.
  if (!match || /^[0-9a-f]{64}$/.test(text)) return null
  const [, domain = '', path = '', tag = null, digest = null] = match
  const registry = domain === 'index.docker.io' ? 'docker.io' : domain
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path
  return repository.length > longestRepository ? null : { registry, repository, tag, digest }
}

/** `name:tag` (or `name@digest`) with registry, as docker pull takes it. */
export function formatCanonical({ registry, repository, tag, digest }: CanonicalReference): string {
  return digest ? `${registry}/${repository}@${digest}` : `${registry}/${repository}:${tag}`
}

/**
 * The key under which BuildKit looks up a named context for a reference: Docker's familiar form without `:latest`
 * (frontend/dockerui/namedcontext.go). Text that is no reference stays as it is.
 */
export function contextKey(text: string): string {
  const reference = parse(text)
  if (!reference) return text
  const { registry, repository, tag, digest } = reference
  const name = registry === 'docker.io' ? repository.replace(/^library\/([^/]+)$/, '$1') : `${registry}/${repository}`
  return `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`.replace(/:latest$/, '')
}
