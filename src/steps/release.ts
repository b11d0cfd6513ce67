import pLimit from 'p-limit'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type ReleaseFacts, releaseFacts } from '../publish/release-rules.ts'
import type { Target } from '../publish/types.ts'
import { missingInput } from '../publish-inputs.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { imageNames, imageTag, shortLength, tagOf } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import { Git } from '../tools/git.ts'
import { gitTags } from '../tools/github-release.ts'
import { createRegistry, type Registry } from '../tools/registry.ts'
import type { Trigger } from '../trigger/types.ts'
import { chooseTagger } from './choose-tags.ts'
import type { Verdict } from './conclude.ts'
import { detect, type Source } from './detect.ts'
import { type Moved, moveTags } from './move-tags.ts'
import { concludeMoves } from './moves-report.ts'
import { lookUp } from './published.ts'
import { buildRelease } from './release-build.ts'
import { releaseNotes } from './release-notes.ts'
import { refuseRun, refuseTag } from './retag.ts'
import { factsOf } from './tagger.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

const atOnce = 16

/** What is released: the images of one commit, under the name of a git tag on it. */
export interface Release {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly tag: string
  readonly commit: string
  readonly images: readonly Image[]
  readonly facts: ReleaseFacts
}

/** Whether the event itself asks for a release, without a word in the inputs: a pushed git tag where something can be pushed. */
export function isReleaseEvent({ trigger, inputs }: Question): boolean {
  const asks = ['auto', 'build'].includes(inputs.command) && !inputs.dryRun && inputs.push !== false
  return asks && trigger.kind === 'tag' && trigger.trust === 'trusted' && inputs.registry.length > 0
}

/** Gives the images that the commit of a git tag published that tag, and `latest` by the rules, and writes the release's notes. */
export async function release(question: Question): Promise<Verdict> {
  const started = Date.now()
  const { inputs, host } = question
  refuseRun(question.trigger, inputs)
  const tag = tagName(question)
  const scene = await sceneOf(question, tag)
  const digests = await digestsOf(scene)
  const targets = await targetsOf(scene, digests)
  const request = `release of ${tag} at ${scene.commit.slice(0, shortLength)}`
  const moved: Moved = inputs.dryRun
    ? { moves: [], same: targets, recovered: [], resumed: false }
    : await moveTags({ ...scene, command: 'release', request, targets: () => targets, fixed: true })
  const notes = await releaseNotes({ ...scene, targets, digests })
  const report = { command: 'release' as const, request, ...moved, dryRun: inputs.dryRun, started }
  const json = {
    tag,
    commit: scene.commit,
    latest: scene.facts.latest,
    previous: scene.facts.previous,
    release: notes.url,
  }
  return await concludeMoves({
    report: { ...report, completed: Date.now(), notes: notes.markdown },
    ...{ images: scene.images, inputs, host, json },
  })
}

/** The git tag: named, or the event's. Throws for one that no registry takes, before anything is read or written. */
function tagName({ trigger, inputs }: Question): string {
  const own = trigger.ref.startsWith('refs/tags/') ? trigger.ref.slice('refs/tags/'.length) : ''
  const tag = inputs.from || own
  if (tag === '') throw missingInput('release', 'from', '--from 2026.11.21')
  refuseTag(tag)
  if (tag === 'latest' || tag === (trigger.defaultBranch && tagOf(trigger.defaultBranch)))
    throw new ActionError('input', `the git tag ${tag} is called like a tag that moves: it cannot be released`, [
      'give the git tag another name, for example `v1.2.0` or `2026.11.21`',
    ])
  return tag
}

/** Everything is read of the tag's commit: an annotated tag is an object of its own, which leads to it. */
async function sceneOf({ trigger, inputs, host }: Question, tag: string): Promise<Release> {
  const git = new Git({ cwd: host.cwd, env: host.env })
  const commit = await commitOf({ trigger, inputs, host }, git, tag)
  const here = (await git.commit('HEAD')) === commit
  const event = here ? host.event : { ...host.event, head: commit }
  const about: Trigger = { ...trigger, kind: 'tag', ref: `refs/tags/${tag}`, branch: null, head: commit, base: null }
  const source = await detect({ trigger: about, inputs: { ...inputs, images: [] }, host: { ...host, event } })
  const images = source.stack.images.filter((image) => !image.skip)
  if (images.length === 0)
    throw new ActionError('input', `the commit ${commit.slice(0, shortLength)} of ${tag} holds no images`, [
      'check the input path',
    ])
  const registry = createRegistry({ env: host.env, login: true, signal: host.signal })
  const facts = releaseFacts(tag, await allTags({ trigger, inputs, host }, git))
  return { source: { ...source, commit }, inputs, host, registry, tag, commit, images, facts }
}

async function commitOf({ trigger, inputs }: Question, git: Git, tag: string): Promise<string> {
  const named = await git.commit(`refs/tags/${tag}`)
  const event = trigger.ref === `refs/tags/${tag}` && (inputs.from === '' || inputs.from === tag) ? trigger.head : null
  const found = event ?? named
  if (!found)
    throw new ActionError('git', `this clone has no git tag ${tag}`, [
      'push the tag first; with actions/checkout: `fetch-depth: 0` and `fetch-tags: true`',
    ])
  if (!(await git.commit(found)))
    throw new ActionError('git', `this clone lacks the commit ${found.slice(0, shortLength)} of ${tag}`, [
      'check it out: actions/checkout with `fetch-depth: 0`, or with `ref` set to the tag',
    ])
  return found
}

/** A shallow clone has no tags; GitHub has all of them. */
async function allTags({ trigger, inputs, host }: Question, git: Git): Promise<readonly string[]> {
  const { repository } = trigger
  const remote = repository ? await gitTags({ host, inputs, repository }) : null
  return remote ?? (await git.tags())
}

/** Of each image the digest that the commit published. Throws where one was never published, unless it is to be built then. */
async function digestsOf(scene: Release): Promise<Map<string, string>> {
  const { images, commit, inputs, tag } = scene
  const sha = commit.slice(0, shortLength)
  const look = async () => await Promise.all(images.map((image) => lookUp(scene, image, sha)))
  let found = await look()
  const lacking = () => images.filter((_, at) => found[at] === null).map(({ name }) => name)
  if (lacking().length > 0 && inputs.release === 'build' && !inputs.dryRun) {
    await buildRelease(scene)
    found = await look()
  }
  const missing = lacking()
  if (missing.length > 0)
    throw new ActionError(
      'registry',
      `${tag} cannot be released: ${missing.join(', ')} of its commit ${sha} ${missing.length === 1 ? 'was' : 'were'} never published`,
      [
        `publish that commit first (its run on the default branch, or a workflow_dispatch of it), then repeat this one: \`command: release\`, \`from: ${tag}\``,
        'or set `release: build`: then a release builds what is missing',
      ],
    )
  return new Map(images.map((image, at) => [image.name, found[at] ?? '']))
}

/** Tags of all images in all registries. Throws where the release is there already with other images. */
async function targetsOf(scene: Release, digests: ReadonlyMap<string, string>): Promise<Target[]> {
  const { images, inputs, registry, tag } = scene
  const tags = await tagsOf(scene)
  const own = (image: Image, name: string): Target[] =>
    imageNames(image, inputs.registry).map((repository) => ({
      ...{ repository, tag: imageTag(image, name), to: digests.get(image.name) ?? '' },
    }))
  const fixed = images.flatMap((image) => own(image, tag))
  const limit = pLimit(atOnce)
  const there = await Promise.all(
    fixed.map(({ repository, tag: name }) => {
      const reference = canonicalReference(`${repository}:${name}`)
      return reference ? limit(() => registry.digest(reference)) : null
    }),
  )
  for (const [at, { repository, tag: name, to }] of fixed.entries()) {
    const now = there[at] ?? null
    if (now !== null && now !== to)
      throw new ActionError(
        'registry',
        `${repository}:${name} is there already with another image: a release is never changed`,
        [
          `it is ${now}; release under another name, or point it at the commit by intent: \`command: promote\`, \`to: ${tag}\``,
        ],
      )
  }
  return [...fixed, ...images.flatMap((image) => tags(image).flatMap((name) => own(image, name)))]
}

/** What an image gets beside the git tag's own name: by tag rules where there are some, `latest` where it is the newest. */
async function tagsOf(scene: Release): Promise<(image: Image) => string[]> {
  const { source, facts, tag } = scene
  const push = { push: true, publishes: false, reason: 'a release' }
  const rules = (await chooseTagger(scene, push, factsOf({ source })))(null)
  const ruled = rules.all.moving.length > 0
  return (image) => {
    const moving = rules.of(image).moving.filter((name) => name !== tag)
    const others = moving.filter((name) => name !== 'latest')
    const latest = facts.latest && (!ruled || moving.includes('latest'))
    return [...others, ...(latest ? ['latest'] : [])]
  }
}

/** What went wrong with a part that decides nothing: the images are released. */
export function passing(host: Host, what: string, error: unknown): null {
  if (error instanceof ActionError && error.code === 'cancelled') throw error
  host.out.warning(`${what}: ${messageOf(error)}`)
  return null
}
