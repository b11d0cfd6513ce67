/** One entry of the repository's tree. `mode` is git's: 100644, 100755, 120000 (symlink), 160000 (submodule). */
export interface TreeEntry {
  readonly path: string
  readonly mode: string
}

/**
 * The repository's files as plain data, from the work tree or from a commit. Paths are POSIX, relative to the
 * repository's root. `contents` holds only the files that `wanted()` asked for (Dockerfiles, .dockerignore, spec.yml,
 * the heads of lock files); a file that was refused (too big, a symlink, not UTF-8) is in `refused` with the reason.
 */
export interface Tree {
  readonly entries: readonly TreeEntry[]
  readonly contents: ReadonlyMap<string, string>
  readonly refused: ReadonlyMap<string, string>
}

/** How an image takes files from another image of the stack: the name as it is written (ARG defaults applied). */
export interface ParentEdge {
  /** Name of the parent image in this stack. */
  readonly name: string
  /** The references to it in the Dockerfile, e.g. `pangeo/base-image:master`: the keys of bake's `contexts`. */
  readonly references: readonly string[]
  readonly via: 'FROM' | 'COPY' | 'MOUNT' | 'spec'
  /** 1-based line in the Dockerfile (or in spec.yml). */
  readonly line: number
  /** How it was recognised, in the reader's words: `ghcr.io/org is where this stack is published`. */
  readonly how: string
  /** True for the FROM of the stage that is built: the child's layers begin with this parent's. */
  readonly base: boolean
}

/** What of its context an image reads. `all` = in doubt, the whole context (after .dockerignore) counts. */
export interface Reads {
  readonly all: boolean
  /** Patterns of COPY / ADD / bind-mount sources relative to the context, as written; may hold globs. */
  readonly patterns: readonly string[]
  /** Lines of the .dockerignore that applies, null without one. */
  readonly ignore: readonly string[] | null
}

/**
 * `RUN --mount=type=cache`: what cache-mounts brings back from run to run. All that decides which directory BuildKit takes is here
 * as BuildKit reads it (convertRunMount in its dockerfile2llb), but for BUILDKIT_CACHE_MOUNT_NS, which a build argument gives.
 */
export interface CacheMount {
  /** The clean target where the Dockerfile gives no id; a relative target stays relative in it. */
  readonly id: string
  /** Where the step sees it; relative where the base image alone knows WORKDIR. */
  readonly target: string
  /** The image that the directory begins with; null for an empty one. */
  readonly from: string | null
  /** The folder below `from` that is shown, absolute; null for all of it. */
  readonly source: string | null
  /** Who owns an empty directory, and its permissions: one of them given makes another directory than none. */
  readonly owner: { readonly uid: number; readonly gid: number; readonly mode: number } | null
  readonly line: number
}

/** A command that runs in the image: a text for its shell, or a program with its arguments, which needs no shell. */
export type Command = string | readonly string[]

/** A container that is started from the image as `docker run` starts it, and what has to come of it. */
export interface ContainerTest {
  /** Its name for people. */
  readonly name: string
  /** What follows the image's name; empty: the image's own CMD. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Answers that it has to give before its time is over. */
  readonly http: readonly { readonly port: number; readonly path: string; readonly status: number }[]
  /** Whether the image's HEALTHCHECK has to find it healthy. */
  readonly healthy: boolean
  /** How it has to end; null: it is a server, which is judged while it runs. */
  readonly exitCode: number | null
  /** Texts that have to stand in what it writes. */
  readonly output: readonly string[]
  /** Seconds. */
  readonly timeout: number
  readonly allowFailure: boolean
  /** 1-based line of spec.yml. */
  readonly line: number
}

/** How an image's tests run. */
export interface Testing {
  /** Folder of test files, relative to the repository's root; null for none. */
  readonly folder: string | null
  readonly network: 'none' | 'default'
  /** Seconds for all tests of an image; null: that of the nearest parent that says one, else the default. */
  readonly timeout: number | null
  /** What fails is shown and stops nothing. */
  readonly allowFailure: boolean
  /** Whether the tests of the images that it is built on run in it, too. */
  readonly inherit: boolean
  /** Containers that are started of it; left out where there are none. */
  readonly containers?: readonly ContainerTest[]
  /** File and 1-based line that a failed command is shown at; null where no file says it. */
  readonly place: { readonly file: string; readonly line: number } | null
}

/** What spec.yml says of an image for other steps than its build. */
export interface Declared {
  /** Commands that test the image. */
  readonly test: readonly Command[]
  /** How they run; left out where neither spec.yml nor a folder of tests says anything. */
  readonly testing?: Testing
  /** Commands whose output describes the image. */
  readonly manifests: readonly Command[]
  /** spec.yml's `manifests: false`: the image is not described at all. */
  readonly undescribed?: true
  /** How old the image may be when a schedule's run comes; null: spec.yml does not say. */
  readonly rebuild: 'daily' | 'weekly' | null
  /** conda's platforms that the lock is made for: `linux-64`. */
  readonly lockPlatforms: readonly string[]
}

/**
 * What spec.yml says of tags, labels and annotations, as it is written, for the stack or for one image. Null rules: those
 * that hold without it (docs/tag-rules.md).
 */
export interface Wording {
  readonly tags: readonly string[] | null
  readonly flavor: readonly string[] | null
  /** Values may hold templates, as in the input `labels`. */
  readonly labels: Readonly<Record<string, string>>
  /** `[LEVEL:]KEY=VALUE`, with templates. */
  readonly annotations: readonly string[]
}

/** One image of the stack. */
export interface Image {
  /** Unique in the stack: the folder relative to `path` unless spec.yml or the Dockerfile's own file name says otherwise. */
  readonly name: string
  /** Last component of the published name, `<prefix>/<repository>` (decisions.md 5 in docs/adr). */
  readonly repository: string
  /** Put before every tag of the image: `cuda12-` for the variant `pytorch-notebook/cuda12`, else empty. */
  readonly tagPrefix: string
  /** Prefixes that spec.yml says this image is pushed under; empty: those of the run. */
  readonly registries: readonly string[]
  /** The image's folder, its Dockerfile and its build context, relative to the repository's root (`.` is the root). */
  readonly path: string
  readonly dockerfile: string
  /** The Dockerfile's path in a context that is an address; `dockerfile` then is the address and this, for people. */
  readonly remoteDockerfile?: string
  /** How it was found and named, in the reader's words. */
  readonly origin: string
  readonly context: string
  readonly target: string | null
  readonly args: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly parents: readonly ParentEdge[]
  /** References to images that are not of this stack, after ARG defaults, in order of appearance, unique. */
  readonly external: readonly string[]
  /** The reference of the final stage's base (in the stack or not); null for `scratch`. */
  readonly base: string | null
  /** Names of the Dockerfile's stages: a named context of such a name would replace the stage. */
  readonly stages: readonly string[]
  /** Environment files that the image's lock was made from, relative to the repository's root. */
  readonly lockSources: readonly string[]
  readonly reads: Reads
  readonly cacheMounts: readonly CacheMount[]
  /** Named contexts from spec.yml: name → value as buildx takes it. */
  readonly contexts: Readonly<Record<string, string>>
  /** spec.yml's `skip`: the image stays in the graph and is not built. */
  readonly skip: boolean
  readonly declared: Declared
  /** Left out where spec.yml says nothing of it. */
  readonly wording?: Wording
}

/** A remark that decides nothing and is shown by `--explain` (a folder left out, an ambiguous name). */
export interface Note {
  readonly path: string
  readonly line: number | null
  readonly text: string
}

/** The images of a repository as a graph. `order` is topological, parents first, ties by name. */
export interface Stack {
  /** The folder that holds the images, relative to the repository's root; `.` for the root. */
  readonly path: string
  readonly images: readonly Image[]
  readonly order: readonly string[]
  readonly notes: readonly Note[]
  /** spec.yml's globs: a change of these files counts for nothing, or for every image. */
  readonly ignore: readonly string[]
  readonly buildAll: readonly string[]
  /** Path of the spec file that was read, null without one. */
  readonly spec: string | null
  /** spec.yml's own word on tags, labels and annotations of all images; left out where it has none. */
  readonly wording?: Wording
}

/** Files that differ between base and head. `complete` is false where the list may lack some: then all is built. */
export interface ChangeSet {
  readonly base: string | null
  readonly head: string | null
  readonly complete: boolean
  /** Why there is no complete list ("no base commit", "GitHub's compare lists 300 files at most"). */
  readonly reason: string | null
  readonly files: readonly string[]
}

/** `build`: made here. `reuse`: needed here and taken by digest. `skip`: not touched. */
export type Action = 'build' | 'reuse' | 'skip'

/** A decision about one image, with its reason in the reader's words. The JSON shape is the command line's contract. */
export interface PlannedImage {
  readonly name: string
  readonly dockerfile: string
  readonly path: string
  readonly parents: readonly string[]
  readonly external: readonly string[]
  readonly action: Action
  readonly reason: string
  readonly relock: boolean
  readonly lockSources: readonly string[]
  readonly fingerprint: string | null
  /** Full references that the image gets in this run, `registry/name:tag`; without a registry the tags alone. */
  readonly tags: readonly string[]
  /** For `reuse`: the digest that is taken, once the registry was asked. */
  readonly digest: string | null
  /** Built without BuildKit's cache, because its age is why it is built. */
  readonly afresh?: true
}

/** All decisions of a run. */
export interface Plan {
  readonly images: readonly PlannedImage[]
  readonly order: readonly string[]
}
