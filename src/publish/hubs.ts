import { stringify } from 'yaml'

/** An image as a hub takes it. */
export interface HubImage {
  /** Its name in the stack. */
  readonly name: string
  /** `quay.io/pangeo/pangeo-notebook`. */
  readonly repository: string
  readonly digest: string
  /** The tag that people know it by; null where only its digest is known. */
  readonly tag: string | null
  readonly platforms: readonly string[]
  /** Compressed, of the first platform, bytes; null where it is not known. */
  readonly size: number | null
}

/** What stands above a document: where it comes from. */
export interface HubSource {
  readonly stack: string
  readonly commit: string
}

const heading = ({ stack, commit }: HubSource, what: string) =>
  ` ${what}\n Rendered from ${oneLine(stack)} at ${oneLine(commit)}: each image is named by its digest.`

/**
 * Values for zero-to-jupyterhub: a profile an image, the first one the default. Its own puller then knows the images, too.
 * https://z2jh.jupyter.org/en/stable/resources/reference.html#singleuser-profilelist
 */
export function profileList(images: readonly HubImage[], source: HubSource): string {
  const profileList = images.map((image, at) => ({
    display_name: image.name,
    slug: label(image.name),
    description: described(image),
    ...(at === 0 ? { default: true } : {}),
    kubespawner_override: { image: pinned(image) },
  }))
  return document({ singleuser: { profileList } }, heading(source, 'values.yaml of zero-to-jupyterhub'))
}

/**
 * A DaemonSet that brings the images to every node, for hubs that have no puller of their own. Each is an init container that
 * ends at once; it needs `/bin/sh` in the image. `namespace` is left to `kubectl apply --namespace`.
 */
export function prepullDaemonSet(images: readonly HubImage[], source: HubSource): string {
  const name = label(`prepull-${source.stack}`)
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'image-puller' }
  const few = { requests: { cpu: 0, memory: 0 } }
  const taken = new Set<string>()
  const initContainers = images.map((image) => ({
    name: unique(label(`pull-${image.name}`), taken),
    image: pinned(image),
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', 'true'],
    resources: few,
  }))
  const pod = {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    // Nodes that z2jh keeps for users.
    tolerations: ['hub.jupyter.org/dedicated', 'hub.jupyter.org_dedicated'].map((key) => ({
      ...{ key, operator: 'Equal', value: 'user', effect: 'NoSchedule' },
    })),
    initContainers,
    containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.10', resources: few }],
  }
  const spec = {
    selector: { matchLabels: labels },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } },
    template: { metadata: { labels }, spec: pod },
  }
  const daemonSet = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name, labels }, spec }
  return document(daemonSet, heading(source, 'kubectl apply --namespace NAMESPACE --filename prepull.yaml'))
}

/** The one line that a Binder repository needs in `binder/Dockerfile`: nothing is built there. Binder takes no tag that moves. */
export function binderDockerfile(image: HubImage): string {
  return `FROM ${pinned(image)}\n`
}

/** Where Binder starts a branch, tag or commit of a GitHub repository. */
export function binderLink(repository: string, ref: string): string {
  const [owner = '', name = ''] = repository.split('/')
  return `https://mybinder.org/v2/gh/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/${encodeURIComponent(ref)}?urlpath=lab`
}

/** By digest: what a hub starts is what was tested, whatever becomes of tags. */
function pinned({ repository, digest }: HubImage): string {
  return `${repository}@${digest}`
}

function described({ tag, platforms, size }: HubImage): string {
  const parts = [tag, platforms.join(', '), size === null ? '' : `${(size / 1e9).toFixed(1)} GB to download`]
  return parts.filter(Boolean).join(' · ')
}

/** A DNS label (RFC 1123), as Kubernetes asks for in names: small letters, digits, hyphens, 63 characters. */
function label(text: string): string {
  const clean = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
  return clean.replace(/^-+|-+$/g, '') || 'image'
}

function unique(name: string, taken: Set<string>): string {
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${name.slice(0, 58)}-${count}`
  taken.add(free)
  return free
}

/** The library quotes what a name could mean in YAML. */
function document(value: unknown, comment: string): string {
  const lines = comment.split('\n').map((line) => `#${line}`)
  return `${lines.join('\n')}\n${stringify(value, { lineWidth: 0 })}`
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
