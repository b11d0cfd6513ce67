/** What the world is made of. A change of a version makes a new entry in the tool cache; old ones stay until removed. */
export const buildkitVersion = 'v0.31.0'

/** The version of Dockerfile syntax that BuildKit's frontend of `buildkitVersion` implements. */
export const dockerfileVersion = '1.25'

/**
 * `module`: a package of BuildKit's module, pinned with all that it needs by go/buildkit/go.sum (`go install
 * …@version` refuses it: its go.mod has exclude directives). `go`: installed by version, checked by Go against its
 * checksum database. `pip`: python/<name>.txt, pinned by hash.
 */
export type Recipe =
  | { readonly kind: 'module'; readonly version: string; readonly package: string; readonly flags: string }
  | { readonly kind: 'go'; readonly version: string; readonly package: string; readonly flags: string }
  | { readonly kind: 'pip'; readonly version: string }

const buildkitFlags = `-X github.com/moby/buildkit/version.Version=${buildkitVersion}`

/** Every tool by the name of its executable. */
export const recipes = {
  buildkitd: module('cmd/buildkitd'),
  buildctl: module('cmd/buildctl'),
  'dockerfile-frontend': module('frontend/dockerfile/cmd/dockerfile-frontend'),
  // The version that GitHub's runners have; without the flag it calls itself v0.0.0+unknown.
  buildx: {
    kind: 'go',
    version: 'v0.36.1',
    package: 'github.com/docker/buildx/cmd/buildx',
    flags: '-X github.com/docker/buildx/version.Version=v0.36.1',
  },
  // 3.0.0 writes its links in place: a manifest is refused while a layer of it is pushed a second time.
  registry: {
    kind: 'go',
    version: 'v3.1.2',
    package: 'github.com/distribution/distribution/v3/cmd/registry',
    flags: '',
  },
  crane: { kind: 'go', version: 'v0.22.1', package: 'github.com/google/go-containerregistry/cmd/crane', flags: '' },
  actionlint: { kind: 'go', version: 'v1.7.12', package: 'github.com/rhysd/actionlint/cmd/actionlint', flags: '' },
  act: { kind: 'pip', version: '0.2.89' },
  zizmor: { kind: 'pip', version: '1.32.0' },
} as const satisfies Record<string, Recipe>

/** A tool that `tool()` can give. */
export type ToolName = keyof typeof recipes

/**
 * Debian's packages of the Docker engine, as testing has them. apt checks them against Debian's signed index; testing
 * does not keep old versions, so another one is taken, with a word, once this one is gone.
 */
export const enginePackages = {
  'docker.io': '28.5.2+dfsg4-5',
  'docker-cli': '28.5.2+dfsg4-5',
  containerd: '2.1.9+ds1-5',
  'tini-static': '0.19.0-6+b2',
} as const

function module(path: string): Recipe & { kind: 'module' } {
  return { kind: 'module', version: buildkitVersion, package: `github.com/moby/buildkit/${path}`, flags: buildkitFlags }
}
