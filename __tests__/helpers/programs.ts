import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Programs of our own on a PATH: name → JavaScript, which sees its arguments as `args`. Gives the PATH; `node` is on it.
 */
export function installPrograms(folder: string, programs: Readonly<Record<string, string>>): string {
  const bin = path.join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const [name, script] of Object.entries(programs)) {
    const file = path.join(bin, name)
    writeFileSync(file, `#!${process.execPath}\nconst args = process.argv.slice(2)\n${script}\n`)
    chmodSync(file, 0o755)
  }
  return bin
}
