import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { changedImages } from '../stack/index.ts'
import { makePlan, resolvePlan } from '../stack/plan.ts'
import {
  dateTag,
  decidePush,
  imageReferences,
  type PushDecision,
  shortLength,
  type TagRules,
  tagRules,
} from '../stack/tags.ts'
import type { Image, Plan } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Source } from './detect.ts'

/** The plan with what it rests on. */
export interface Decision {
  readonly plan: Plan
  readonly push: PushDecision
  readonly rules: TagRules
}

/** How far back a published image of an unchanged parent is looked for, in commits. */
const ancestorLimit = 20

interface Question {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
}

/** Decides what is built, taken or left, and under which tags. Asks the registries where there are any. */
export async function decide(question: Question): Promise<Decision> {
  const { source, inputs, host } = question
  const push = decidePush(source.trigger, inputs.push, inputs.registry)
  if (push.push && (await source.git?.isDirty())) refuseDirty(source, host)
  const rules = await chooseTags(question, push)
  const tags = rules.immutable === null ? rules.moving : [rules.immutable, ...rules.moving]
  const unresolved = makePlan({
    stack: source.stack,
    changed: source.trigger.kind === 'delete' ? new Map() : source.changed,
    selected: source.selected,
    publishes: push.publishes,
    tags: (image) => imageReferences(image, inputs.registry, tags),
    changedFiles: new Set(source.changes.files),
    unchanged: source.changes.base ? `unchanged since ${source.changes.base.slice(0, shortLength)}` : 'unchanged',
  })
  if (inputs.registry.length === 0 && inputs.command === 'plan') return { plan: unresolved, push, rules }
  return { plan: await askRegistries(unresolved, question, { push, rules }), push, rules }
}

/** A SHA tag says that an image holds that commit's files: a person is stopped, a workflow may mean it and is told. */
function refuseDirty(source: Source, host: Host): void {
  if (source.trigger.kind === 'local') {
    throw new ActionError(
      'input',
      'push: true, but the work tree differs from its commit: a SHA tag would name the wrong content',
      ['commit your changes first (`git status` shows them), or leave push out'],
    )
  }
  host.out.warning('the work tree differs from its commit: what is pushed under its SHA is not what the commit holds')
}

async function askRegistries(
  plan: Plan,
  question: Question,
  { push, rules }: { push: PushDecision; rules: TagRules },
): Promise<Plan> {
  const { source, inputs, host } = question
  const images = new Map(source.stack.images.map((image) => [image.name, image]))
  const published = publishedFinder(question)
  try {
    return await resolvePlan(plan, {
      digestOf: async (name) => published(images.get(name) as Image),
      already: async (name) =>
        push.push && rules.immutable ? lookUp(question, images.get(name) as Image, rules.immutable) : null,
      missing: inputs.registry.length === 0 ? 'no registry to take it from' : 'no published image to take',
    })
  } catch (error) {
    // A plan is worth having without a registry; a run that publishes is not.
    if (inputs.command !== 'plan' && push.push) throw error
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    host.out.warning(`planned from git alone: ${messageOf(error)}`)
    return inputs.command === 'plan'
      ? plan
      : await resolvePlan(plan, {
          digestOf: async () => null,
          already: async () => null,
          missing: 'the registry cannot be asked',
        })
  }
}

/** Finds an unchanged image where the base commit published it, else at the nearest ancestor without a change to it. */
function publishedFinder(question: Question): (image: Image) => Promise<string | null> {
  const { source } = question
  const { base, complete } = source.changes
  let commits: Promise<readonly string[]> | null = null
  const ancestors = async () => (base && complete && source.git ? await source.git.ancestors(base, ancestorLimit) : [])
  const changedSince = new Map<string, Promise<ReadonlyMap<string, string>>>()
  const since = (commit: string) => {
    const known = changedSince.get(commit) ?? changesSince(source, commit)
    changedSince.set(commit, known)
    return known
  }
  return async (image) => {
    commits ??= ancestors()
    for (const commit of await commits) {
      if (commit !== base && (await since(commit)).has(image.name)) return null
      const digest = await lookUp(question, image, commit.slice(0, shortLength))
      if (digest) return digest
    }
    return null
  }
}

async function changesSince(source: Source, commit: string): Promise<ReadonlyMap<string, string>> {
  const files = (await source.git?.changedFiles(commit, source.commit)) ?? []
  return changedImages(source.stack, { base: commit, head: source.commit, complete: true, reason: null, files })
}

/** The digest of an image's tag in the first registry that has it. A registry that refuses to read has it not. */
async function lookUp({ inputs, registry, host }: Question, image: Image, tag: string): Promise<string | null> {
  for (const text of imageReferences(image, inputs.registry, [tag])) {
    const reference = inputs.registry.length > 0 ? canonicalReference(text) : null
    if (!reference) continue
    try {
      const digest = await registry.digest(reference)
      if (digest) return digest
    } catch (error) {
      // Registries answer 401 or 403 for a repository that does not exist yet; a push will tell which it is.
      if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error
      host.out.debug(error.message)
    }
  }
  return null
}

/** A forced rebuild of a commit that is published already gets a tag of its own: `<sha7>-<date>`, then `.2`, `.3`. */
async function chooseTags(question: Question, push: PushDecision): Promise<TagRules> {
  const { source, inputs, host } = question
  const { trigger, commit } = source
  if (!push.push && trigger.kind === 'local') return { immutable: null, moving: ['latest'] }
  if (commit === null) return { immutable: null, moving: [] }
  const plain = tagRules(trigger, commit)
  const forced = inputs.noCache || trigger.kind === 'schedule'
  if (!forced || !push.push || !plain.immutable) return plain
  const date = dateTag(Date.now())
  for (let count = 1; ; count++) {
    const rules = count === 1 ? plain : tagRules(trigger, commit, count === 2 ? date : `${date}.${count - 1}`)
    const found = await Promise.all(source.stack.images.map((image) => lookUp(question, image, rules.immutable ?? '')))
    if (found.every((digest) => digest === null)) return rules
    host.out.debug(`${rules.immutable} is published already`)
  }
}
