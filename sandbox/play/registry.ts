import type { RegistryImage, TagTable } from './types.ts'

const indexType = 'application/vnd.oci.image.index.v1+json'
const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const accept = [
  indexType,
  manifestType,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

interface Index {
  readonly annotations?: Record<string, string>
  readonly manifests?: readonly { readonly digest: string; readonly annotations?: Record<string, string> }[]
}

/** The tags of all repositories below a prefix (`127.0.0.1:PORT/name`), as the registry itself lists them. */
export async function listTags(prefix: string): Promise<TagTable> {
  const [host = '', ...rest] = prefix.split('/')
  const below = rest.length > 0 ? `${rest.join('/')}/` : ''
  const { repositories = [] } = (await getJson(host, '_catalog?n=1000')) as { repositories?: string[] }
  const table: Record<string, Record<string, string>> = {}
  for (const repository of repositories.filter((name) => name.startsWith(below))) {
    const { tags } = (await getJson(host, `${repository}/tags/list`)) as { tags?: string[] | null }
    const digests: Record<string, string> = {}
    for (const tag of (tags ?? []).toSorted())
      digests[tag] = (await get(host, `${repository}/manifests/${tag}`))?.digest ?? ''
    if (tags && tags.length > 0) table[repository.slice(below.length)] = digests
  }
  return table
}

/** Reads an image back: `name:tag` or `name@digest` below the prefix; null where it is not there. */
export async function readImage(prefix: string, reference: string): Promise<RegistryImage | null> {
  const [host = '', ...rest] = prefix.split('/')
  const at = reference.includes('@') ? reference.indexOf('@') : reference.lastIndexOf(':')
  const repository = [...rest, reference.slice(0, at)].join('/')
  const top = await get(host, `${repository}/manifests/${reference.slice(at + 1)}`)
  if (!top) return null
  const index = JSON.parse(top.text) as Index
  const texts = [top.text]
  for (const { digest } of index.manifests ?? [])
    texts.push((await get(host, `${repository}/manifests/${digest}`))!.text)
  const image = index.manifests?.findIndex(({ annotations }) => !annotations?.['vnd.docker.reference.type']) ?? -1
  const manifest = JSON.parse(texts[image + 1]!) as RegistryImage['manifest'] & { config: { digest: string } }
  // Attestations are blobs of JSON: small, and a place where arguments and secrets could stand.
  for (const text of texts.slice(1)) {
    const attested = JSON.parse(text) as { layers?: { mediaType: string; digest: string }[] }
    for (const layer of attested.layers ?? [])
      if (layer.mediaType.includes('in-toto'))
        texts.push((await get(host, `${repository}/blobs/${layer.digest}`))!.text)
  }
  const config = (await get(host, `${repository}/blobs/${manifest.config.digest}`))!.text
  return {
    digest: top.digest,
    annotations: index.annotations ?? {},
    manifest,
    config: JSON.parse(config) as RegistryImage['config'],
    text: [...texts, config].join('\n'),
  }
}

async function getJson(host: string, path: string): Promise<unknown> {
  const answer = await fetch(`http://${host}/v2/${path}`)
  return answer.ok ? await answer.json() : {}
}

async function get(host: string, path: string): Promise<{ text: string; digest: string } | null> {
  const answer = await fetch(`http://${host}/v2/${path}`, { headers: { accept } })
  const text = await answer.text()
  return answer.ok ? { text, digest: answer.headers.get('docker-content-digest') ?? '' } : null
}
