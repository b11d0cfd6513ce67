import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeStackRepository } from '../sandbox/conda/index.ts'
import { startPlayWorld } from '../sandbox/play/stage.ts'
import type { StackWorld } from './stack-sides.ts'

/** Starts a world of the benchmark's own with a repository of the reference stack in it; ends both when `use` is done. */
export async function withStackWorld<Result>(
  { small }: { small: boolean },
  use: (stack: StackWorld) => Promise<Result>,
): Promise<Result> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-stack-'))
  const world = await startPlayWorld({ dir: path.join(temp, 'world') })
  try {
    const repo = path.join(temp, 'repo')
    await makeStackRepository(repo, { channelUrl: world.channel ?? '', small })
    return await use({ world, repo })
  } finally {
    await world.stop()
    await rm(temp, { recursive: true, force: true })
  }
}
