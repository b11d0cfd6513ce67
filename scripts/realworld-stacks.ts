/** What is to be found in a copy of a public repository. */
export interface Expectation {
  readonly repository: string
  readonly images: number
  /** Edges to parents of this stack. */
  readonly edges: number
  /** Different references to images from outside. */
  readonly external: number
  /** Every image with its parents in build order, where the stack is small enough to write down. */
  readonly exact?: Readonly<Record<string, readonly string[]>>
  /** Images that are built on others from outside, without tag and digest; all others are on none. */
  readonly bases?: Readonly<Record<string, readonly string[]>>
  /** The folders whose environment.yml an image's lock is made from; all others have none. */
  readonly locks?: Readonly<Record<string, readonly string[]>>
  /** Lines of spec.yml that end what cannot be found, made from the images' names, and the edges that they give. */
  readonly spec?: { readonly lines: (names: readonly string[]) => readonly string[]; readonly edges: number }
}

const jupyter = {
  'docker-stacks-foundation': [],
  'base-notebook': ['docker-stacks-foundation'],
  'minimal-notebook': ['base-notebook'],
  'julia-notebook': ['minimal-notebook'],
  'r-notebook': ['minimal-notebook'],
  'scipy-notebook': ['minimal-notebook'],
  'datascience-notebook': ['scipy-notebook'],
  'pyspark-notebook': ['scipy-notebook'],
  'all-spark-notebook': ['pyspark-notebook'],
  'pytorch-notebook': ['scipy-notebook'],
  'pytorch-notebook/cuda12': ['scipy-notebook'],
  'pytorch-notebook/cuda13': ['scipy-notebook'],
  'tensorflow-notebook': ['scipy-notebook'],
  'tensorflow-notebook/cuda': ['scipy-notebook'],
}
const pangeo = {
  'base-image': [],
  'base-notebook': ['base-image'],
  'ml-notebook': ['base-image'],
  'pangeo-notebook': ['base-image'],
  'pytorch-notebook': ['base-image'],
}
const datahub = {
  'datascience-notebook': [],
  'rstudio-notebook': ['datascience-notebook'],
  'scipy-ml-notebook': ['datascience-notebook'],
}

const notebooks = ['pangeo-notebook', 'base-notebook']
const pangeoLocks = {
  'base-notebook': ['base-notebook'],
  'pangeo-notebook': notebooks,
  'ml-notebook': ['ml-notebook', ...notebooks],
  'pytorch-notebook': ['pytorch-notebook', ...notebooks],
}

const last = (name: string) => name.slice(name.lastIndexOf('/') + 1)
const under = (folder: string, line: (name: string) => string) => (names: readonly string[]) =>
  names.filter((name) => name.startsWith(folder)).map((name) => `${name}: ${line(name)}`)
const lines = (...texts: string[]) => ({ lines: () => texts })

/** The stacks of docs/stacks.md, as they were in November 2026. */
export const expectations: readonly Expectation[] = [
  {
    ...{ repository: 'pangeo-data/pangeo-docker-images', images: 5, edges: 4, external: 1, exact: pangeo },
    bases: { 'base-image': ['ubuntu'] },
    locks: pangeoLocks,
  },
  {
    ...{ repository: 'ucsd-ets/datahub-docker-stack', images: 3, edges: 2, external: 1, exact: datahub },
    bases: { 'datascience-notebook': ['quay.io/jupyter/datascience-notebook'] },
    locks: {},
  },
  {
    ...{ repository: 'jupyter/docker-stacks', images: 14, edges: 13, external: 2, exact: jupyter },
    bases: { 'docker-stacks-foundation': ['ubuntu', 'mambaorg/micromamba'] },
    locks: {},
  },
  { repository: 'jupyterhub/zero-to-jupyterhub-k8s', images: 5, edges: 0, external: 5 },
  { repository: 'SeleniumHQ/docker-selenium', images: 16, edges: 14, external: 2 },
  { repository: 'geocompx/docker', images: 15, edges: 7, external: 7 },
  { repository: 'rocker-org/rocker-versioned2', images: 29, edges: 1, external: 2 },
  { repository: 'b-data/jupyterlab-python-docker-stack', images: 160, edges: 0, external: 177 },
  { repository: 'home-operations/containers', images: 37, edges: 0, external: 15 },
  { repository: 'cross-rs/cross', images: 68, edges: 0, external: 5 },
  { repository: 'lsst-sqre/nublado', images: 3, edges: 0, external: 3 },
  {
    repository: 'rapidsai/docker',
    images: 3,
    edges: 0,
    external: 4,
    spec: {
      ...lines('root: {variants: [{name: base, target: base}, {name: notebooks, target: notebooks}]}'),
      edges: 0,
    },
  },
  {
    repository: 'devcontainers/images',
    images: 21,
    edges: 2,
    external: 18,
    spec: { ...lines('src/base-debian: {name: mcr.microsoft.com/devcontainers/base}'), edges: 7 },
  },
  {
    repository: 'home-assistant/docker-base',
    images: 6,
    edges: 0,
    external: 4,
    spec: { ...lines('alpine: {name: ghcr.io/home-assistant/base}'), edges: 3 },
  },
  {
    repository: 'selkies-project/selkies-vdi',
    images: 16,
    edges: 0,
    external: 14,
    spec: { ...lines('proton/proton-base: {name: vdi-proton-base}'), edges: 2 },
  },
  {
    repository: 'dask/dask-docker',
    images: 2,
    edges: 0,
    external: 1,
    spec: { ...lines('notebook: {args: {base: quay.io/jupyter}}'), edges: 0 },
  },
  {
    repository: 'conda-forge/docker-images',
    images: 2,
    edges: 0,
    external: 1,
    spec: { ...lines('linux-anvil: {args: {DISTRO_ARCH: amd64, DISTRO_NAME: almalinux, DISTRO_VER: 9}}'), edges: 0 },
  },
  {
    repository: 'gitpod-io/workspace-images',
    images: 24,
    edges: 0,
    external: 2,
    spec: { lines: under('chunks/', () => '{args: {base: base}}'), edges: 23 },
  },
  {
    repository: 'docker-library/buildpack-deps',
    images: 30,
    edges: 0,
    external: 30,
    spec: {
      lines: (names) =>
        names
          .filter((name) => /\/(curl|scm)$/.test(name))
          .map((name) => `${name}: {name: buildpack-deps, tag: ${name.split('/').slice(1).join('-')}}`),
      edges: 20,
    },
  },
  {
    repository: 'nodejs/docker-node',
    images: 24,
    edges: 0,
    external: 8,
    spec: { lines: under('2', (name) => `{name: node, tag: ${name.replace('/', '-')}}`), edges: 0 },
  },
  {
    repository: 'kubeflow/notebooks',
    images: 21,
    edges: 0,
    external: 4,
    spec: {
      lines: (names) => [
        'components/crud-web-apps/jupyter: {name: jupyter-web-app}',
        ...under(
          'components/example-notebook-servers/',
          (name) => `{args: {BASE_IMG: ${kubeflowParent(last(name), names.map(last))}}}`,
        )(names),
      ],
      edges: 14,
    },
  },
  { repository: 'docker-library/python', images: 42, edges: 0, external: 8 },
  { repository: 'adoptium/containers', images: 148, edges: 0, external: 37 },
  { repository: 'astronomer/ap-airflow', images: 4, edges: 0, external: 2 },
  { repository: 'osrf/docker_images', images: 200, edges: 0, external: 122 },
  { repository: 'dusty-nv/jetson-containers', images: 329, edges: 1, external: 6 },
]

/** `jupyter-pytorch-cuda` is on `jupyter`, `codeserver-python` on `codeserver`: as that repository's Makefiles have it. */
function kubeflowParent(name: string, names: readonly string[]): string {
  const shorter = names.filter((other) => name.startsWith(`${other}-`)).sort((a, b) => a.length - b.length)
  return name === 'base' ? 'ubuntu:noble' : `kubeflow/${shorter[0] ?? 'base'}`
}
