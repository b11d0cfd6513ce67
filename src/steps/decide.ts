import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { makePlan, resolvePlan } from '../stack/plan.ts'
import { dateTag, decidePush, imageReferences, type PushDecision, shortLength, type TagRules } from '../stack/tags.ts'
import { refuseTwins } from '../stack/twins.ts'
import type { Image, Plan } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Source } from './detect.ts'
import { foretellRelease, idleReason } from './foretell.ts'
import { lookUp, publishedFinder } from './published.ts'
import { makeTagger } from './tagger.ts'

/** The plan with what it rests on. */
export interface Decision {
  readonly plan: Plan
  readonly push: PushDecision
  readonly rules: TagRules
}

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
  const tags = [...(rules.immutable ? [rules.immutable] : []), ...(rules.fixed ?? []), ...rules.moving]
  const unresolved = makePlan({
    stack: source.stack,
    changed: source.changed,
    selected: source.selected,
    publishes: push.publishes,
    tags: (image) => imageReferences(image, inputs.registry, tags),
    changedFiles: new Set(source.changes.files),
    unchanged:
      idleReason(source) ??
      (source.changes.base ? `unchanged since ${source.changes.base.slice(0, shortLength)}` : 'unchanged'),
  })
  if (idleReason(source) !== null) {
    await foretell(question)
    return { plan: unresolved, push, rules }
  }
  if (inputs.command !== 'plan') refuseTwins(used(source.stack.images, unresolved))
  if (inputs.registry.length === 0 && inputs.command === 'plan') return { plan: unresolved, push, rules }
  return { plan: await askRegistries(unresolved, question, { push, rules }), push, rules }
}

/** The images that are built or get tags. */
function used(images: readonly Image[], plan: Plan): Image[] {
  const skipped = new Set(plan.images.filter((image) => image.action === 'skip').map((image) => image.name))
  return images.filter((image) => !skipped.has(image.name))
}

/** What a tag's run says beyond its plan is worth having, not worth a red run. */
async function foretell(question: Question): Promise<void> {
  await foretellRelease(question).catch((error) => {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    question.host.out.warning(`whether the tag can be released is not known: ${messageOf(error)}`)
  })
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
      tagsOf: (name) => tagsWhenNeeded(question, rules, images.get(name) as Image),
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

/** Of an image that is built only for its child: a push needs a name. One that spec.yml skips is not published further. */
function tagsWhenNeeded({ inputs }: Question, { immutable, fixed = [], moving }: TagRules, image: Image): string[] {
  const own = immutable === null ? moving : [immutable, ...(image.skip ? [] : [...fixed, ...moving])]
  return imageReferences(image, inputs.registry, own)
}

/** A forced rebuild of a commit that is published already gets a tag of its own: `<sha7>-<date>`, then `.2`, `.3`. */
async function chooseTags(question: Question, push: PushDecision): Promise<TagRules> {
  const { source, inputs, host } = question
  const { trigger, commit } = source
  if (!push.push && trigger.kind === 'local') return { immutable: null, moving: ['latest'] }
  if (commit === null) return { immutable: null, moving: [] }
  const tagger = await makeTagger(question, commit)
  const plain = tagger(null)
  const forced = inputs.noCache || trigger.kind === 'schedule'
  if (!forced || !push.push || !plain.immutable) return plain
  const date = dateTag(Date.now())
  for (let count = 1; ; count++) {
    const rules = count === 1 ? plain : tagger(count === 2 ? date : `${date}.${count - 1}`)
    const found = await Promise.all(source.stack.images.map((image) => lookUp(question, image, rules.immutable ?? '')))
    if (found.every((digest) => digest === null)) return rules
    host.out.debug(`${rules.immutable} is published already`)
  }
}
