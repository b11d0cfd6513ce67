import { realpath } from 'node:fs/promises'
import path from 'node:path'

/** Whether a path is a folder or lies in it when all links are followed. What is not there leads nowhere, and counts as inside. */
export async function isInside(folder: string, file: string): Promise<boolean> {
  const [root, real] = await Promise.all([realpath(folder), realpath(file).catch(() => null)])
  return real === null || isBelow(root, real)
}

/** Whether a path is a folder or lies in it by its name alone. Both absolute. */
export function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}
