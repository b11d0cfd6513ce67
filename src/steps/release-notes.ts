import type { LockDiff } from '../lock/diff-types.ts'
import { comparedPackages } from '../publish/packages.ts'
import type { StackFile } from '../publish/stack-file.ts'
import type { Target } from '../publish/types.ts'
import { renderReleaseNotes, withNotes } from '../report/release-notes.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { imageNames, imageTag, shortLength } from '../stack/tags.ts'
import { writeRelease } from '../tools/github-release.ts'
import { passing, type Release } from './release.ts'
import { readStack, setStackOutput } from './stack-file.ts'
import { stackPlace } from './stack-place.ts'

/** The notes of a release, in the summary and as GitHub's release where the token may write one. `url` null: there is none. */
export async function releaseNotes(
  release: Noted & { readonly targets: readonly Target[] },
): Promise<{ markdown: string; url: string | null }> {
  const { host, inputs, facts, tag, source } = release
  const { repository } = source.trigger
  const files = stackFiles(release)
  const [sizes, locks, found] = await Promise.all([
    sizesOf(release, files),
    packagesOf(release).catch((error) => passing(host, 'packages cannot be compared with the release before', error)),
    files.then((read) => foundPackages(release, read)),
  ])
  // A lock says where each package came from, and for each platform.
  const unlocked = found.filter(({ image }) => !locks?.some((lock) => lock.image === image))
  const diffs = locks === null && unlocked.length === 0 ? null : [...(locks ?? []), ...unlocked]
  const server = host.env.GITHUB_SERVER_URL || 'https://github.com'
  const page = repository && facts.previous ? `${server}/${repository.owner}/${repository.name}/compare` : null
  const markdown = renderReleaseNotes({
    ...{ tag, previous: facts.previous, diffs, interest: inputs.packagesOfInterest },
    compare: page && `${page}/${encodeURIComponent(facts.previous ?? '')}...${encodeURIComponent(tag)}`,
    images: release.images.map((image) => ({
      image: image.name,
      repositories: imageNames(image, inputs.registry),
      digest: release.digests.get(image.name) ?? '',
      tags: [imageTag(image, tag)],
      ...(sizes.get(image.name) ?? { size: null, previousSize: null }),
    })),
  })
  if (!repository || !inputs.githubToken || inputs.dryRun) return { markdown, url: null }
  const url = await writeRelease({
    ...{ host, inputs, repository, tag, prerelease: !facts.final, latest: facts.latest },
    body: (before) => withNotes(before, markdown),
  }).catch((error) =>
    passing(host, 'the images are released, and GitHub takes no release (it needs `contents: write`)', error),
  )
  return { markdown, url }
}

async function packagesOf({ source, host, inputs, facts, commit }: Release) {
  const { git, trigger } = source
  const before = facts.previous && (await commitOfTag({ source, host, inputs }, facts.previous))
  if (!git || !before) return null
  const { compareLocks } = await import('./diff.ts')
  return await compareLocks({ git, commits: [before, commit], inputs, host, repository: trigger.repository })
}

/** The commit of a git tag by git, else by GitHub: a shallow clone has no other tags. */
async function commitOfTag(
  { source, host, inputs }: Pick<Release, 'source' | 'host' | 'inputs'>,
  tag: string,
): Promise<string | null> {
  const { git, trigger } = source
  const here = await git?.commit(`refs/tags/${tag}`)
  if (here || !trigger.repository) return here ?? null
  const { tagCommit } = await import('../tools/github-release.ts')
  return await tagCommit({ host, inputs, repository: trigger.repository, tag })
}

type Noted = Release & { readonly digests: ReadonlyMap<string, string> }

/** What was published of this release's commit and of the one before. */
async function stackFiles(release: Noted): Promise<{ now: StackFile | null; before: StackFile | null }> {
  const { registry, facts, commit } = release
  const place = await stackPlace(release)
  const previous = facts.previous && (await commitOfTag(release, facts.previous).catch(() => null))
  const [now, before] = await Promise.all([
    readStack(registry, place, commit.slice(0, shortLength)),
    previous ? readStack(registry, place, previous.slice(0, shortLength)) : null,
  ])
  return { now, before }
}

/** What differs in the images themselves, by stack.json of both commits. */
async function foundPackages(
  { digests }: Noted,
  { now, before }: Awaited<ReturnType<typeof stackFiles>>,
): Promise<LockDiff[]> {
  const of = (file: StackFile | null, image: string) => {
    const found = file?.images.find((one) => one.image === image)
    return found ? comparedPackages(found) : null
  }
  const pairs = (now?.images ?? []).flatMap(({ image, digest }) => {
    const [old, own] = [of(before, image), of(now, image)]
    return old && own && digests.get(image) === digest ? [{ image, before: old, after: own }] : []
  })
  if (pairs.length === 0) return []
  const { diffLocks } = await import('../lock/diff.ts')
  return pairs.flatMap(diffLocks)
}

/** By stack.json of both commits; what it does not tell is asked of the registry. */
async function sizesOf(release: Noted, files: ReturnType<typeof stackFiles>) {
  const { registry, images, host } = release
  const { now, before } = await files
  if (now) setStackOutput(now, host)
  const found = await Promise.all(
    images.map(async (image) => {
      const digest = release.digests.get(image.name) ?? ''
      const known = now?.images.find((one) => one.image === image.name && one.digest === digest)
      const previousSize = before?.images.find((one) => one.image === image.name)?.size ?? null
      const reference = known?.size
        ? null
        : canonicalReference(`${imageNames(image, release.inputs.registry)[0]}@${digest}`)
      const size = known?.size ?? (reference && (await registry.image(reference).catch(() => null))?.size) ?? null
      return [image.name, { size, previousSize }] as const
    }),
  )
  return new Map(found)
}
