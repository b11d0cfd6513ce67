import type { Host } from '../host.ts'
import type { Live } from '../report/live.ts'
import type { LiveImage } from '../report/live-lines.ts'
import type { LoggedStep, Progress } from '../report/progress.ts'
import { stepLines } from '../report/step-text.ts'
import type { ImageResult, Outcome } from '../report/types.ts'
import type { Plan, PlannedImage } from '../stack/types.ts'

/** Told about every build while it runs: live progress and the log of each image. */
export interface BuildObserver {
  started(name: string): void
  progressed(name: string, progress: Progress): void
  finished(result: ImageResult, log: readonly LoggedStep[]): void
}

/** Shows the builds while they run: in a terminal one live line an image, in the action a folded log at its end. */
export async function observe({ host, plan }: { host: Host; plan: Plan }): Promise<BuildObserver & { close(): void }> {
  const images = new Map(
    plan.images.filter((image) => image.action === 'build').map((image) => [image.name, waiting(image)]),
  )
  const change = (name: string, extra: Partial<LiveImage>) => {
    const image = images.get(name)
    if (image) images.set(name, { ...image, ...extra })
  }
  const progresses = new Map<string, Progress>()
  const live = await startLiveFor(host, () =>
    [...images.values()].map((image) => withProgress(image, progresses.get(image.name))),
  )
  return {
    started: (name) => change(name, { phase: 'running', started: Date.now(), note: '' }),
    progressed: (name, progress) => void progresses.set(name, progress),
    finished: (result, log) => {
      change(result.name, { phase: result.outcome, completed: Date.now(), note: result.reason })
      host.out.imageLog(result, log.flatMap(stepLines))
    },
    close: () => live?.stop(),
  }
}

/** The result of an image that no build was made for. */
export function unbuilt(image: PlannedImage, outcome: Outcome, reason: string): ImageResult {
  return {
    name: image.name,
    action: image.action,
    outcome,
    reason,
    parents: image.parents,
    started: null,
    completed: null,
    steps: [],
    warnings: [],
    failure: null,
    digest: image.digest,
    size: null,
    previousSize: null,
    tags: [],
  }
}

/** The results of a plan in which nothing is built. */
export function unbuiltResults(plan: Plan): ImageResult[] {
  return plan.images.map((image) => unbuilt(image, image.action === 'reuse' ? 'reused' : 'unchanged', image.reason))
}

async function startLiveFor(host: Host, images: () => readonly LiveImage[]): Promise<Live | null> {
  const { live: stream, colour: color } = host.out
  if (!stream || images().length === 0) return null
  const { startLive } = await import('../report/live.ts')
  return await startLive({ stream, images, color, redraw: host.kind === 'cli' && stream.isTTY === true })
}

function waiting(image: PlannedImage): LiveImage {
  const note = image.parents.length > 0 ? `waiting for ${image.parents.join(', ')}` : 'waiting'
  return { name: image.name, phase: 'waiting', note, started: null, completed: null, progress: null }
}

/** The state is folded only when a picture is drawn: progress comes in thousands of lines. */
function withProgress(image: LiveImage, progress: Progress | undefined): LiveImage {
  return image.phase === 'running' && progress ? { ...image, progress: progress.state() } : image
}
