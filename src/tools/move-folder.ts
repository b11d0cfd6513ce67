import { randomUUID } from 'node:crypto'
import { cp, rename, rm } from 'node:fs/promises'

/** Moves a folder to a place that is free, also to another disk: then it is there when all of it is. */
export async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const aside = `${to}.${randomUUID()}.part`
    try {
      await cp(from, aside, { recursive: true, preserveTimestamps: true })
      await rename(aside, to)
    } finally {
      await rm(aside, { recursive: true, force: true })
    }
    await rm(from, { recursive: true, force: true })
  }
}
