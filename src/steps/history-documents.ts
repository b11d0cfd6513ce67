import type { Blocks } from '../publish/blocks.ts'
import type { FirstSeen } from '../publish/first-seen.ts'
import { binderDockerfile, binderLink, prepullDaemonSet, profileList } from '../publish/hubs.ts'
import type { BasePair, Recorded, RecordedImage } from '../publish/recorded.ts'
import { resolvedDockerfile } from '../publish/resolved-dockerfile.ts'
import type { PastEntry } from '../publish/types.ts'
import { basesTable, entriesTable, imagesTable, packagesTables } from '../report/history-tables.ts'
import { code, fence, inline, link, table } from '../report/markdown.ts'
import type { Image } from '../stack/types.ts'
import { commitFiles } from '../tools/repository-files.ts'
import type { WikiPage } from '../tools/wiki.ts'
import type { HistoryScene } from './history-images.ts'

/** All that is known of what a stack published. */
export interface Told {
  readonly stack: string
  /** The images of the tag that was asked for, else of the newest commit that published them all. */
  readonly current: Recorded
  readonly recorded: readonly Recorded[]
  readonly pairs: readonly BasePair[]
  readonly packages: readonly FirstSeen[]
  readonly entries: readonly PastEntry[]
}

/** The same as documents, each by the name that `show` gives it. */
export interface ToldDocuments extends Blocks {
  readonly dockerfiles: string
  readonly jupyterhub: string
  readonly prepull: string
  readonly binder: string
  /** What a person reads. */
  readonly page: string
  readonly blocks: Blocks
  readonly pages: readonly WikiPage[]
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

interface NamedDockerfile {
  readonly image: RecordedImage
  readonly text: string
}

/** Renders everything; nothing is asked any more but git for the Dockerfiles. */
export async function documentsOf(told: Told, scene: HistoryScene): Promise<ToldDocuments> {
  const { current, stack } = told
  const names = scene.images.map(({ name }) => name)
  const blocks: Blocks = {
    images: `${imagesTable(current)}\n`,
    bases: `${basesTable(told.pairs)}\n`,
    packages: `${packagesTables(told.packages, names)}\n`,
    history: `${entriesTable(told.entries)}\n`,
  }
  const dockerfiles = await readDockerfiles(current, scene)
  const source = { stack, commit: current.commit.slice(0, 40) }
  const hubs = {
    jupyterhub: profileList(current.images, source),
    prepull: prepullDaemonSet(current.images, source),
    binder: binderText(current, scene.inputs.binderRepository),
  }
  const all = { ...blocks, ...hubs, dockerfiles: dockerfileText(dockerfiles), blocks }
  const interest = scene.inputs.packagesOfInterest.length > 0
  return {
    ...all,
    page: pageOf(blocks, interest),
    pages: pagesOf(blocks, dockerfiles, interest),
    files: filesOf(all, current, dockerfiles),
  }
}

function pageOf({ images, bases, packages, history }: Blocks, interest: boolean): string {
  const versions = interest ? `## Since which tag\n\n${packages}\n` : ''
  return `## Images\n\n${images}\n## Which is built on which\n\n${bases}\n${versions}## Tags that moved\n\n${history}`
}

function pagesOf(blocks: Blocks, dockerfiles: readonly NamedDockerfile[], interest: boolean): WikiPage[] {
  return [
    { name: 'Images.md', text: blocks.images },
    { name: 'Image-bases.md', text: blocks.bases },
    ...(interest ? [{ name: 'Package-versions.md', text: blocks.packages }] : []),
    { name: 'Tag-history.md', text: blocks.history },
    ...dockerfiles.map(({ image, text }) => ({
      name: `Dockerfile-${image.name}.md`,
      text: `${code(image.tag ? `${image.repository}:${image.tag}` : image.digest)}\n\n${fence(text, 'dockerfile')}\n`,
    })),
  ]
}

function filesOf(
  documents: Omit<ToldDocuments, 'page' | 'pages' | 'files'>,
  { images }: Recorded,
  dockerfiles: readonly NamedDockerfile[],
) {
  const { blocks, jupyterhub, prepull } = documents
  return [
    ...Object.entries(blocks).map(([name, text]) => ({ path: `${name}.md`, text })),
    { path: 'jupyterhub.yaml', text: jupyterhub },
    { path: 'prepull.yaml', text: prepull },
    ...images.map((image) => ({ path: `binder/${fileName(image)}/Dockerfile`, text: binderDockerfile(image) })),
    ...dockerfiles.map(({ image, text }) => ({ path: `dockerfiles/${fileName(image)}.Dockerfile`, text })),
  ]
}

/** Names of images may hold slashes. */
function fileName({ name }: RecordedImage): string {
  return name.replace(/[^\w.-]+/g, '-').replace(/^\.+/, '')
}

/** As they were at the commit that built each image, with what it was built on; none of a commit that git does not have. */
async function readDockerfiles(
  current: Recorded,
  { source, images, inputs }: HistoryScene,
): Promise<NamedDockerfile[]> {
  const { git } = source
  const found = current.images.map(async (image): Promise<NamedDockerfile[]> => {
    const commit = /^[0-9a-f]{40,64}$/.test(image.revision ?? '') ? await git?.commit(image.revision ?? '') : null
    const own = images.find(({ name }) => name === image.name) as Image
    const files = git && commit ? await commitFiles(git, commit).read([own.dockerfile]) : null
    const text = files?.contents.get(own.dockerfile)
    const given = { args: { ...own.args, ...inputs.buildArgs }, target: inputs.target || own.target }
    return text === undefined ? [] : [{ image, text: resolvedDockerfile({ ...given, text, base: pinnedBase(image) }) }]
  })
  return (await Promise.all(found)).flat()
}

function pinnedBase({ base }: RecordedImage): string | null {
  return base?.digest ? `${base.name.replace(/:[^/:]*$/, '')}@${base.digest}` : null
}

function dockerfileText(dockerfiles: readonly NamedDockerfile[]): string {
  if (dockerfiles.length === 0) return 'The commits of these images are not in this clone.\n'
  return dockerfiles.map(({ image, text }) => `# ${image.repository}:${image.tag ?? ''}\n${text}`).join('\n')
}

function binderText({ images }: Recorded, repository: string): string {
  const rows = images.map((image) => [
    inline(image.name),
    code(binderDockerfile(image).trim()),
    repository ? link('launch', binderLink(repository, fileName(image))) : '',
  ])
  return `${table(['image', 'binder/Dockerfile', 'Binder'], rows)}\n`
}
