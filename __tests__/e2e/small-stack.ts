import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStage, type Played, type Stage, type StageOptions } from '../../sandbox/play/stage.ts'
import { startWorld, type World, type WorldOptions } from '../../sandbox/world/index.ts'

const chance = 'cat /proc/sys/kernel/random/uuid'

/**
 * Four images that build in a second each: base ← child ← grandchild, and base ← sibling. Each adds its name to `/log`
 * and a random number: what is built anew is another image, what comes from a cache is the same.
 */
export const smallStack = {
  'images/base/Dockerfile': `FROM busybox\nCOPY word /base\nRUN echo base > /log && ${chance} > /id\n`,
  'images/base/word': 'one\n',
  'images/child/Dockerfile': `FROM base\nCOPY word /child\nRUN echo child >> /log && ${chance} >> /id\n`,
  'images/child/word': 'one\n',
  'images/grandchild/Dockerfile': `FROM child\nCOPY word /grandchild\nRUN echo grandchild >> /log && ${chance} >> /id\nCMD ["cat", "/log"]\n`,
  'images/grandchild/word': 'one\n',
  'images/sibling/Dockerfile': `FROM base\nCOPY word /sibling\nRUN echo sibling >> /log && ${chance} >> /id\n`,
  'images/sibling/word': 'one\n',
} as const

/** The images of `smallStack`, parents first. */
export const smallImages = ['base', 'child', 'grandchild', 'sibling'] as const

/** A world in a temporary folder, and what closes it. */
export async function startTestWorld(options: WorldOptions = {}): Promise<World> {
  const dir = await mkdtemp(path.join(tmpdir(), 'bxa-'))
  const world = await startWorld({ dir: path.join(dir, 'world'), ...options })
  return {
    ...world,
    stop: async () => {
      await world.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

let count = 0

/** A stage with a small stack and a prefix of its own in the world's registry. */
export async function openSmallStage(
  world: World,
  repository: NonNullable<StageOptions['repository']> = smallStack,
): Promise<Stage> {
  count += 1
  return await openStage({ world, repository, name: `team/stack-${count}` })
}

/** The variables of a step that uses an engine's builders instead of the world's. */
export function stepEnv(env: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['PATH', 'DOCKER_CONFIG', 'BUILDX_CONFIG', 'DOCKER_HOST']
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
}

/** The first line of a red run's own error: what a person reads first. */
export function firstError(played: Pick<Played, 'annotations'>): string {
  const last = played.annotations.filter(({ level, file }) => level === 'error' && file === undefined)
  const own = last.find(({ message }) => !message.startsWith('Process completed with exit code'))
  return own?.message.split('\n', 1)[0] ?? ''
}

/** What is said about images that failed, a text each. */
export function imageErrors(played: Pick<Played, 'annotations'>): string[] {
  return played.annotations.filter(({ level, file }) => level === 'error' && file).map(({ message }) => message)
}

/** Digests by image from the action's output. */
export function digestsOf(played: Pick<Played, 'outputs'>): Record<string, string> {
  return JSON.parse(played.outputs.digests ?? '{}') as Record<string, string>
}
