import { realpath } from 'node:fs/promises'
import path from 'node:path'

/** Whether a path is a folder or lies in it when all links are followed. What is not there leads nowhere, and counts as inside. */
export async function isInside(folder: string, file: string): Promise<boolean> {
  const [root, real] = await Promise.all([realpath(folder), realpath(file).catch(() => null)])
  if (real === null) return true
  const relative = path.relative(root, real)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}
