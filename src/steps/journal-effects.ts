import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Answers, Effect, PlacedJournal } from '../publish/effects.ts'
import { mayLive } from '../publish/holder.ts'
import { emptyJournal, historyText, journalType, openAnnotation, readJournal } from '../publish/journal.ts'
import type { Entry, PastEntry, Target } from '../publish/types.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import type { Lock } from '../tools/github-lock.ts'
import type { Registry } from '../tools/registry.ts'
import type { StoredManifest } from '../tools/registry-artifact.ts'

/** Where journals are and who asks. */
export interface EffectsQuestion {
  readonly host: Host
  readonly registry: Registry
  /** Prefixes of names; a journal lies in each, in the repository `stack`. */
  readonly places: readonly string[]
  readonly stack: string
  readonly holder: string
  readonly takeLock: () => Promise<Lock | null>
}

/** Carries out what a transaction asks for. */
export type Effects = (effect: Effect) => Promise<Answers[Effect['do']]>

const atOnce = 8
/** Between two looks at the journal of a run that is still at work, milliseconds. */
const pause = 500

/** The outside of a transaction: registries and GitHub. */
export function createEffects(question: EffectsQuestion): Effects {
  const { registry } = question
  const tags = createTagEffects(question)
  const journals = createJournals(question)
  let lock: Lock | null = null
  return async (effect) => {
    switch (effect.do) {
      case 'read': {
        const limit = pLimit(atOnce * 2)
        return await Promise.all(
          effect.tags.map(({ repository, tag }) => limit(() => registry.digest(referenceTo(repository, tag)))),
        )
      }
      case 'has':
        return await tags.has(effect.targets)
      case 'put':
        return await tags.put(effect.targets)
      case 'remove':
        return await Promise.all(
          effect.tags.map(({ repository, tag }) =>
            reason(() => registry.artifacts.untag(referenceTo(repository, tag)), question.host),
          ),
        )
      case 'lock':
        lock = await question.takeLock()
        return undefined
      case 'unlock':
        await lock?.release().catch((error) => question.host.out.debug(`the lock stays: ${messageOf(error)}`))
        return undefined
      case 'journals':
        return await journals.settled(lock !== null)
      case 'open':
        return await journals.open(effect.place, effect.entry)
      case 'close': {
        const ended = new Date().toISOString()
        return await journals.close(effect.place, { ...effect.entry, outcome: effect.outcome, ended })
      }
    }
  }
}

/** Manifests are read once: what is put is what was found. */
function createTagEffects({ host, registry: { artifacts } }: EffectsQuestion) {
  const known = new Map<string, Promise<StoredManifest | null>>()
  const manifest = ({ repository, to }: Target) => {
    const key = `${repository}@${to}`
    const found = known.get(key) ?? artifacts.manifest({ ...referenceTo(repository, 'latest'), digest: to })
    known.set(key, found)
    return found
  }
  return {
    has: async (targets: readonly Target[]) => {
      const limit = pLimit(atOnce)
      return await Promise.all(targets.map((target) => limit(async () => (await manifest(target)) !== null)))
    },
    put: async (targets: readonly Target[]) => {
      const limit = pLimit(atOnce)
      let failed = false
      const one = async (target: Target) => {
        if (failed) return 'it was not tried: another tag could not be set'
        const why = await reason(async () => {
          const found = await manifest(target)
          if (!found) throw new ActionError('registry', `${target.to} is not there any more`)
          await artifacts.put(referenceTo(target.repository, target.tag), found)
        }, host)
        failed ||= why !== null
        return why
      }
      return await Promise.all(targets.map((target) => limit(() => one(target))))
    },
  }
}

/** Why something could not be done, null where it was. A cancelled run does nothing more. */
async function reason(work: () => Promise<void>, host: Host): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (host.signal.aborted) throw error
    return [messageOf(error), ...(error instanceof ActionError ? error.details : [])].join('\n')
  }
}

function createJournals(question: EffectsQuestion) {
  const { host, registry, places, stack, holder } = question
  /** Each place's history as it is stored there; null where there is none. */
  const stored = new Map<string, string | null>()
  const referenceOf = (place: string) => referenceTo(`${place}/${stack}`, 'journal')
  const load = async (place: string): Promise<PlacedJournal> => {
    const found = await readPlaced(registry, referenceOf(place), `${place}/${stack}:journal`)
    stored.set(place, found?.text ?? null)
    return { place, ...(found?.journal ?? emptyJournal) }
  }
  const write = async (place: string, text: string, open: Entry | null, known: boolean) => {
    const annotations = {
      'org.opencontainers.image.description': 'What moves the tags of a stack, and what moved them',
      ...(open ? { [openAnnotation]: JSON.stringify(open) } : {}),
    }
    const artifact = { type: journalType, title: 'journal.json', text, annotations }
    await registry.artifacts.write(referenceOf(place), artifact, known)
  }
  return {
    /** All journals, once no run that may live has an open one. */
    settled: async (locked: boolean): Promise<PlacedJournal[]> => {
      for (;;) {
        const journals = await Promise.all(places.map(load))
        const other = journals.find(({ open }) => open && mayLive(open.holder, asking(open, holder, locked)))?.open
        if (!other) return journals
        host.out.info(`waiting for ${other.request} (${other.run ?? other.by})`)
        await sleep(pause, undefined, { signal: host.signal }).catch((cause) => {
          throw new ActionError('cancelled', 'the run was cancelled while it waited for another one', [], { cause })
        })
      }
    },
    open: async (place: string, entry: Entry): Promise<undefined> => {
      // The very bytes that are there already need no upload.
      const text = stored.get(place) ?? null
      await write(place, text ?? historyText([]), entry, text !== null)
      return undefined
    },
    close: async (place: string, entry: PastEntry): Promise<boolean> => {
      const now = await readPlaced(registry, referenceOf(place), `${place}/${stack}:journal`)
      if (now?.journal.open?.id !== entry.id) return false
      await write(place, historyText([...now.journal.history, entry]), null, false)
      return true
    },
  }
}

/** The journal of a place; null where there is none. Throws ActionError('registry') where something else lies there. */
async function readPlaced(registry: Registry, reference: CanonicalReference, where: string) {
  const found = await registry.artifacts.read(reference, journalType).catch((error) => {
    // Registries answer 401 or 403 for a repository that does not exist yet; the first write will tell which it is.
    if (error instanceof ActionError && /refuses to read/.test(error.message)) return null
    throw error
  })
  if (!found) return null
  return { text: found.text, journal: readJournal(found.text, found.annotations[openAnnotation] ?? null, where) }
}

function asking(open: Entry, holder: string, locked: boolean) {
  return { holder, locked, age: Date.now() - Date.parse(open.started), runs: isRunning }
}

function isRunning(process_: number): boolean {
  try {
    return process.kill(process_, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function referenceTo(repository: string, tag: string): CanonicalReference {
  const reference = canonicalReference(`${repository}:${tag}`)
  if (!reference) throw new ActionError('input', `${repository}:${tag} is no reference that a registry takes`)
  return reference
}

/** What was moved, by the journal of the first place; the newest last. */
export async function readJournals(
  registry: Registry,
  places: readonly string[],
  stack: string,
): Promise<readonly PastEntry[]> {
  const [place] = places
  if (place === undefined) return []
  const name = `${place}/${stack}`
  return (await readPlaced(registry, referenceTo(name, 'journal'), `${name}:journal`))?.journal.history ?? []
}
