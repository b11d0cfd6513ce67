import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { StackFile } from '../publish/stack-file.ts'
import { makePlan, resolvePlan } from '../stack/plan.ts'
import type { DueImages } from '../stack/rebuild.ts'
import { decidePush, imageReferences, type PushDecision, shortLength, type TagRules } from '../stack/tags.ts'
import { refuseSharedTags, refuseTwins } from '../stack/twins.ts'
import type { Image, Plan } from '../stack/types.ts'
import { wholeStack } from '../stack/whole-stack.ts'
import type { Registry } from '../tools/registry.ts'
import type { Bases } from './bases.ts'
import { allTags, chooseTagger, chooseTags } from './choose-tags.ts'
import type { Source } from './detect.ts'
import type { ExplainedFingerprint } from './fingerprint-explain.ts'
import type { Stamp } from './fingerprints.ts'
import { foretellRelease, idleReason } from './foretell.ts'
import { findDue, type NewestFinder, newestFinder } from './newest.ts'
import { lookUp, publishedFinder } from './published.ts'
import type { CommitRecord } from './settled.ts'
import { factsOf, type RunTags } from './tagger.ts'
import { renderWordings, type Wordings } from './wording.ts'

/** The plan with what it rests on. */
export interface Decision {
  readonly plan: Plan
  readonly push: PushDecision
  /** All tags that any image gets; what each one gets stands in the plan. */
  readonly rules: TagRules
  readonly wordings: Wordings
  /** The tags that the run would give were nothing rebuilt; left out where they are the same. */
  readonly plain?: RunTags
  /** What pushed images carry of their fingerprints, by name (fingerprints.ts). */
  readonly stamps?: ReadonlyMap<string, Stamp>
  /** The repository, with its registry, that has an image which is taken, where it is known. */
  readonly homes?: ReadonlyMap<string, string>
  readonly explained?: ExplainedFingerprint
  /** The commit's stack.json, where it was read and all registries have one: once written it stays. */
  readonly record?: StackFile
  /** All is published and all tags are where they belong: nothing is left to be done. */
  readonly settled?: boolean
}

interface Question {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  /** Left out where nothing is made. */
  readonly bases?: Bases
}

/** Decides what is built, taken or left, and under which tags. Asks the registries where there are any. */
export async function decide(question: Question): Promise<Decision> {
  const { source, inputs, host } = question
  const push = decidePush(source.trigger, inputs.push, inputs.registry)
  if (push.push && (await source.git?.isDirty())) refuseDirty(source, host)
  const facts = factsOf(question)
  const tagger = await chooseTagger(question, push, facts)
  const newest = newestFinder(question, tagger(null))
  const due = await dueOf(question, { push, newest })
  const forced = mayRebuild(question) && push.push && due?.due.size !== 0
  const tags = await chooseTags(question, tagger, forced)
  const wordings = await renderWordings(question, tags, facts)
  const given = { push, rules: tags.all, wordings, ...(forced && !inputs.noCache ? { plain: tagger(null) } : {}) }
  const references = (image: Image) => imageReferences(image, inputs.registry, allTags(tags.of(image)))
  // An unchanged image that nobody published is known only when the registry was asked.
  const whole = (plan: Plan) => (inputs.monolithic ? wholeStack(plan, { ...source, tags: references }) : plan)
  const planned = makePlan({
    stack: source.stack,
    changed: due?.due ?? source.changed,
    selected: source.selected,
    publishes: push.publishes && due?.due.size !== 0,
    tags: references,
    ...(due ? { left: due.left, aged: due.aged } : {}),
    changedFiles: new Set(source.changes.files),
    unchanged:
      idleReason(source) ??
      (source.changes.base ? `unchanged since ${source.changes.base.slice(0, shortLength)}` : 'unchanged'),
  })
  const unresolved = whole(planned)
  if (idleReason(source) !== null) {
    await foretell(question)
    return { plan: unresolved, ...given }
  }
  if (inputs.command !== 'plan') refuseTwins(used(source.stack.images, unresolved))
  if (inputs.registry.length === 0 && inputs.command === 'plan') return { plan: unresolved, ...given }
  const record = await recordOf(question, { plan: unresolved, push, tags, forced })
  const known = { ...given, ...(record?.file ? { record: record.file } : {}) }
  if (record?.plan) return { plan: record.plan, ...known, settled: true }
  const plan = whole(await askRegistries(await knownFrom(unresolved, question), question, { push, tags, newest }))
  // Without a registry the references are an engine's, where what is pushed to different places has one name.
  if (inputs.command !== 'plan' && inputs.registry.length > 0) refuseSharedTags(plan)
  return { plan, ...known }
}

/** What this commit published before, asked where a run publishes the whole stack and none of it has to be built anew. */
async function recordOf(
  question: Question,
  given: { plan: Plan; push: PushDecision; tags: RunTags; forced: boolean },
): Promise<CommitRecord | null> {
  const { source, inputs, host, bases } = question
  if (!bases || !given.push.publishes || given.forced || source.selected !== null || host.event.head !== null)
    return null
  if (inputs.maxAge !== null || inputs.noCache || inputs.pushByDigest || inputs.digests !== '') return null
  if (inputs.command === 'plan' || inputs.command === 'merge') return null
  return await (await import('./settled.ts')).findSettled({ ...question, ...given, bases })
}

/** With what earlier jobs of the same run built; most runs are one job. */
async function knownFrom(plan: Plan, question: Question): Promise<Plan> {
  return question.inputs.digests === '' ? plan : await (await import('./earlier.ts')).withEarlier(plan, question)
}

/** Whether a commit that is published already may be built once more, for what is not in the repository: a base, an age. */
function mayRebuild({ source: { trigger }, inputs }: Question): boolean {
  if (inputs.noCache || trigger.kind === 'schedule') return true
  return inputs.maxAge !== null && ['workflow_dispatch', 'repository_dispatch'].includes(trigger.kind)
}

/** What a schedule's run builds by age. A plan is worth having without a registry; a run that publishes is not. */
async function dueOf(
  question: Question,
  { push, newest }: { push: PushDecision; newest: NewestFinder | null },
): Promise<DueImages | null> {
  try {
    return await findDue(question, newest, Date.now())
  } catch (error) {
    if (push.push && question.inputs.command !== 'plan') throw error
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    question.host.out.warning(`how old the images are is not known, so all count as due: ${messageOf(error)}`)
    return null
  }
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
  { push, tags, newest }: { push: PushDecision; tags: RunTags; newest: NewestFinder | null },
): Promise<Plan> {
  const { source, inputs, host } = question
  const images = new Map(source.stack.images.map((image) => [image.name, image]))
  const published = publishedFinder(question)
  try {
    return await resolvePlan(plan, {
      digestOf: async (name) => {
        const image = images.get(name) as Image
        return (await newest?.(image))?.digest ?? (await published(image))
      },
      already: async (name) =>
        push.push && tags.all.immutable ? lookUp(question, images.get(name) as Image, tags.all.immutable) : null,
      tagsOf: (name) => tagsWhenNeeded(question, tags, images.get(name) as Image),
      missing: inputs.registry.length === 0 ? 'no registry to take it from' : 'no build of its files is published',
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
function tagsWhenNeeded({ inputs }: Question, tags: RunTags, image: Image): string[] {
  const { immutable, fixed = [], moving } = tags.of(image)
  const own = immutable === null ? moving : [immutable, ...(image.skip ? [] : [...fixed, ...moving])]
  return imageReferences(image, inputs.registry, own)
}
