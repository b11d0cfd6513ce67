import { posix } from 'node:path'
import fc from 'fast-check'

/** The prefix that the stacks are published under. */
export const prefix = 'registry.test/team'

/** An image as this model makes it; nothing of it was read from a Dockerfile. */
export interface ModelImage {
  /** Built on this image, which need not be there; null for an image from outside. */
  readonly parent: string | null
  readonly sources: readonly string[]
  readonly ignore: readonly string[] | null
  /** Images whose environment.yml this one's lock was made from; null without a lock. */
  readonly locks: readonly string[] | null
  readonly user: number
  /** Takes files out of this image, which need not be there, by COPY --from or by a mount. */
  readonly takes: { readonly image: string; readonly mounted: boolean } | null
  /** Has what is built on it copy this of its own folder. */
  readonly onbuild: string | null
  /** spec.yml's depends_on, where that image is there. */
  readonly needs: string | null
  /** spec.yml's value of the Dockerfile's ARG. */
  readonly arg: number | null
  /** spec.yml's: it is not built, what is built on it is. */
  readonly skip: boolean
}

/** Modes are git's: 120000 is a link, its text where it leads. */
export interface ModelFile {
  readonly mode: string
  readonly text: string
}

/** All that a commit holds: images by name, and the other files by path. */
export interface State {
  readonly images: Readonly<Record<string, ModelImage>>
  readonly files: Readonly<Record<string, ModelFile>>
}

/** Names in build order: an image is only ever built on one before it. */
export const imageNames = ['i0', 'i1', 'i2', 'i3', 'i4']
const places = ['a', 'b.txt', 'c.md', 'lib/x', 'lib/y.md', 'shared/x', 'lib', 'environment.yml']
const sources = ['.', 'a', 'lib', '*.txt', 'lib/*', 'l?b', 'shared', 'shared/x', './b.txt']
const ignores = ['*.md', '**/*.md', 'lib', '!lib/x', '*', '!a']

const anyBefore = (at: number) =>
  at === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...imageNames.slice(0, at)))
const anyTaking = (at: number) =>
  fc.record({ image: fc.constantFrom(...imageNames.slice(0, at)), mounted: fc.boolean() })
const rarely = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, value)

const anyImage = (at: number): fc.Arbitrary<ModelImage> =>
  fc.record({
    parent: anyBefore(at),
    sources: fc.uniqueArray(fc.constantFrom(...sources), { maxLength: 3 }),
    ignore: fc.option(fc.uniqueArray(fc.constantFrom(...ignores), { maxLength: 3 }), { freq: 2 }),
    locks: fc.option(fc.uniqueArray(fc.constantFrom(...imageNames), { maxLength: 2 }), { freq: 3 }),
    user: fc.nat({ max: 2 }),
    takes: at === 0 ? fc.constant(null) : fc.option(anyTaking(at), { freq: 2 }),
    onbuild: rarely(fc.constantFrom('a', 'b.txt', 'lib')),
    needs: rarely(anyBefore(at)),
    arg: rarely(fc.nat({ max: 2 })),
    skip: fc.nat({ max: 11 }).map((chance) => chance === 0),
  })

const anyPath = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...imageNames), fc.constantFrom(...places))
      .map(([name, place]) => `images/${name}/${place}`),
  },
  { weight: 2, arbitrary: fc.constantFrom('shared/x', 'images/shared/x', 'README.md', 'docs/a') },
)
const anyFile = fc
  .record({
    mode: fc.oneof(
      { weight: 40, arbitrary: fc.constantFrom('100644', '100644', '100755') },
      { weight: 1, arbitrary: fc.constant('120000') },
      { weight: 2, arbitrary: fc.constant('160000') },
    ),
    text: fc.constantFrom('1', '2', '3', 'lib'),
  })
  .map(({ mode, text }) => ({ mode, text: mode === '160000' ? text.charCodeAt(0).toString(16).repeat(20) : text }))

type Edit = (state: State) => State

/** One thing that a commit may do to a repository. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(anyPath, anyFile).map(
      ([path, file]): Edit =>
        (state) =>
          withFile(state, path, file),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat().map(
      (at): Edit =>
        (state) =>
          withoutFile(state, at),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(), anyPath).map(
      ([at, path]): Edit =>
        (state) =>
          renamed(state, at, path),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat({ max: imageNames.length - 1 }).chain((at) =>
      anyImage(at).map(
        (image): Edit =>
          (state) =>
            withImage(state, imageNames[at]!, image),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...imageNames.slice(1)).map(
      (name): Edit =>
        (state) =>
          withoutImage(state, name),
    ),
  },
)

/** A repository with i0, some other images and some files. */
export const anyState: fc.Arbitrary<State> = fc
  .tuple(anyImage(0), fc.array(anyEdit, { minLength: 6, maxLength: 24 }))
  .map(([image, edits]) => edits.reduce((state, edit) => edit(state), { images: { i0: image }, files: {} } as State))

/** The state as files of a commit: what is not in `files` is made here. */
export function rendered({ images, files }: State): Record<string, ModelFile> {
  const made = Object.entries(images).flatMap(([name, image]) => {
    const from = image.parent === null ? 'debian:12' : `${prefix}/${image.parent}:main`
    const copies = image.sources.map((source) => `COPY ${source} /${name}/\n`).join('')
    const other = `${prefix}/${image.takes?.image}:main`
    const taken = image.takes?.mounted ? `RUN --mount=from=${other},target=/m x\n` : `COPY --from=${other} /x /x\n`
    const onbuild = image.onbuild ? `ONBUILD COPY ${image.onbuild} /onbuild/\n` : ''
    const rest = `${image.takes ? taken : ''}${onbuild}`
    const lock = image.locks?.map((other) => `  - ../${other}/environment.yml\n`).join('')
    return [
      [`images/${name}/Dockerfile`, `FROM ${from}\nARG X=-\nUSER ${image.user}\n${copies}${rest}`],
      ...(image.ignore ? [[`images/${name}/.dockerignore`, `${image.ignore.join('\n')}\n`]] : []),
      ...(lock ? [[`images/${name}/conda-lock.yml`, `version: 1\nmetadata:\n  sources:\n${lock}package: []\n`]] : []),
    ].map(([path, text]) => [path, { mode: '100644', text }] as const)
  })
  const spec = Object.entries(images).flatMap(([name, { skip, needs, arg }]) => {
    const keys = [
      ...(skip ? ['skip: true'] : []),
      ...(needs && images[needs] ? [`depends_on: [${needs}]`] : []),
      ...(arg === null ? [] : [`args: {X: ${arg}}`]),
    ]
    return keys.length > 0 ? [`  ${name}: {${keys.join(', ')}}\n`] : []
  })
  return {
    ...files,
    ...Object.fromEntries(made),
    ...(spec.length > 0 ? { 'images/spec.yml': { mode: '100644', text: `images:\n${spec.join('')}` } } : {}),
  }
}

/** The images of the state that this one is made from, by name: built on, taken from, or told by spec.yml. */
export function parentsOf({ images }: State, name: string): string[] {
  const { parent = null, takes = null, needs = null } = images[name] ?? {}
  return [...new Set([parent, takes?.image ?? null, needs])]
    .filter((other) => other !== null && images[other])
    .sort() as string[]
}

/** Puts a file where no other is in its way. */
function withFile(state: State, path: string, file: ModelFile): State {
  const kept = Object.entries(state.files).filter(
    ([other]) => !other.startsWith(`${path}/`) && !path.startsWith(`${other}/`),
  )
  return { ...state, files: { ...Object.fromEntries(kept), [path]: file } }
}

function withoutFile(state: State, at: number): State {
  const paths = Object.keys(state.files)
  const { [paths[at % paths.length] ?? '']: _, ...files } = state.files
  return { ...state, files }
}

function renamed(state: State, at: number, path: string): State {
  const paths = Object.keys(state.files)
  const file = state.files[paths[at % paths.length] ?? '']
  return file ? withFile(withoutFile(state, at), path, file) : state
}

function withImage(state: State, name: string, image: ModelImage): State {
  return { ...state, images: { ...state.images, [name]: image } }
}

function withoutImage(state: State, name: string): State {
  const { [name]: _, ...images } = state.images
  const files = Object.entries(state.files).filter(([path]) => posix.dirname(path) !== `images/${name}`)
  return { images, files: Object.fromEntries(files) }
}
