import path from 'node:path'
import { isAddress } from '../stack/address.ts'
import { externalReferences, type ImageInputs } from '../stack/fingerprint.ts'
import { type ImageFiles, imageFiles } from '../stack/fingerprint-files.ts'
import { plannedPlatforms } from '../stack/platforms.ts'
import type { Image } from '../stack/types.ts'
import { commitIds, contentIds, workTreeIds } from '../tools/file-ids.ts'
import { isBelow } from '../tools/inside.ts'
import type { FingerprintQuestion } from './fingerprint-stage.ts'

/** What goes into an image, but for its parents. */
export interface ImageFacts {
  readonly image: Image
  readonly files: ImageFiles
  readonly inputs: ImageInputs
}

/** Gathers what goes into some images: files by git's ids, digests of bases, and what the inputs add to spec.yml. */
export async function gatherImageFacts(
  question: Pick<FingerprintQuestion, 'source' | 'inputs' | 'host' | 'bases' | 'builds'>,
  images: readonly Image[],
): Promise<ReadonlyMap<string, ImageFacts>> {
  const { source, inputs, host, bases, builds } = question
  const placed = images.map((image) => withContexts(image, inputs.buildContexts, host.cwd))
  const folders = placed.flatMap(({ context, contexts }) => [context, ...Object.values(contexts)]).filter(isFolder)
  const outside = placed.flatMap(({ contexts }) => Object.values(contexts)).filter((value) => path.isAbsolute(value))
  const named = !builds && host.event.head !== null && source.git !== null && source.commit !== null
  const [files, contents, platform, digests] = await Promise.all([
    named && source.git && source.commit
      ? commitIds(source.git, source.commit)
      : workTreeIds({ cwd: host.cwd, git: source.git, folders: [...new Set(folders)] }),
    Promise.all([...new Set(outside)].map(async (folder) => [folder, await contentOf(folder)] as const)),
    bases.platform(),
    bases.digests([...new Set(placed.flatMap((image) => externalReferences(image, image.contexts)))]),
  ])
  const read = imageFiles(source.stack, placed, files)
  const held = new Map(contents)
  return new Map(
    placed.map((image) => {
      const platforms = plannedPlatforms(image, inputs.platforms)
      const facts: ImageFacts = {
        image,
        files: read.get(image.name) ?? { dockerfile: null, files: [], lockSources: [] },
        inputs: {
          args: { ...image.args, ...inputs.buildArgs },
          target: inputs.target || image.target,
          platforms: platforms.length > 0 ? platforms : [platform],
          contexts: contextsOf(image, held),
          bases: new Map(externalReferences(image, image.contexts).map((one) => [one, digests.get(one) ?? null])),
        },
      }
      return [image.name, facts]
    }),
  )
}

/** Named contexts of spec.yml and of the inputs: folders of the repository by their paths in it, others absolute. */
function withContexts(image: Image, added: Readonly<Record<string, string>>, cwd: string): Image {
  const entries = Object.entries({ ...image.contexts, ...added }).map(([name, value]): [string, string] => {
    if (isAddress(value)) return [name, value]
    const full = path.resolve(cwd, value)
    return [name, isBelow(cwd, full) ? path.relative(cwd, full) || '.' : full]
  })
  return { ...image, contexts: Object.fromEntries(entries) }
}

function isFolder(value: string): boolean {
  return !isAddress(value) && !path.isAbsolute(value)
}

function contextsOf({ context, path: folder, contexts }: Image, held: ReadonlyMap<string, string>) {
  const from = isAddress(context) ? folder : context
  return Object.fromEntries(
    Object.entries(contexts).map(([name, value]) => {
      if (isAddress(value)) return [name, value]
      return [name, held.get(value) ?? (path.posix.relative(from, value) || '.')]
    }),
  )
}

async function contentOf(folder: string): Promise<string> {
  return JSON.stringify((await contentIds(folder)).map(({ path: file, mode, id }) => [file, mode, id]))
}
