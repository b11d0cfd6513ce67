import { readFileSync } from 'node:fs'
import { createProgress, type Progress } from '../../src/report/progress.ts'

/** A recorded stream of buildx 0.36 on BuildKit 0.31 (`bake --progress=rawjson`), fed to a fold for `target`. */
export function replay(stream: string, target: string, dockerfile = `images/${target}/Dockerfile`): Progress {
  const progress = createProgress(target, { dockerfile })
  for (const line of recorded(stream)) progress.feed(line)
  return progress
}

/** The lines of a recorded stream. */
export function recorded(stream: string): string[] {
  return readFileSync(new URL(`../fixtures/rawjson/${stream}.jsonl`, import.meta.url), 'utf8').split('\n')
}
