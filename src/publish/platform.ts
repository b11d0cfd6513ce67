/** A platform as an image's config or an index describes it: https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export interface OciPlatform {
  readonly os?: string
  readonly architecture?: string
  readonly variant?: string
}

/** Other words for an architecture, and the variant that needs no saying: as containerd/platforms reads them. */
const aliases: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
  i386: '386',
}
const plain: Readonly<Record<string, string>> = { 'arm64/v8': 'arm64', 'amd64/v1': 'amd64', arm: 'arm/v7' }

/** `linux/arm64` from its parts, in the one form that platforms are compared in. */
export function platformName({ os = 'unknown', architecture = 'unknown', variant }: OciPlatform): string {
  const [known = architecture, implied] = (aliases[architecture] ?? architecture).split('/')
  const word = variant || implied ? `${known}/${variant || implied}` : known
  return `${os}/${plain[word] ?? word}`
}

/** The same from a text as a person writes it: `linux/aarch64` is `linux/arm64`. */
export function normalPlatform(text: string): string {
  const [os = '', architecture = '', variant] = text.toLowerCase().split('/')
  return platformName({ os, architecture, ...(variant ? { variant } : {}) })
}
