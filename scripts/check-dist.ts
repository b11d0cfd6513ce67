import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Builds dist/ anew and compares it byte for byte with what is committed in the work tree. Exits 1 on a difference. */
const before = mkdtempSync(path.join(tmpdir(), 'dist-'))
cpSync('dist', before, { recursive: true })
execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
const names = [...new Set([...readdirSync(before), ...readdirSync('dist')])].sort()
const different = names.filter((name) => read(before, name) !== read('dist', name))
rmSync(before, { recursive: true })
if (different.length > 0) {
  console.error(`error: dist/ is not what src/ builds: ${different.join(', ')}`)
  console.error('       it has been rebuilt: commit it (npm run build)')
  process.exitCode = 1
} else console.log(`dist/: ${names.length} files, byte for byte what src/ builds`)

function read(folder: string, name: string): string | null {
  try {
    return readFileSync(path.join(folder, name), 'latin1')
  } catch {
    return null
  }
}
