import { readFileSync } from 'node:fs'
import path from 'node:path'
import { lockStates } from '../src/lock/lock-states.ts'

/** `node bench/locks-fresh-once.ts` prints the milliseconds in which fifty locks are read and compared with their sources. */
const folder = path.join(import.meta.dirname, '../images')
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')
const started = performance.now()
const contents = new Map([['base-notebook/environment.yml', read('base-notebook/environment.yml')]])
const images = Array.from({ length: 50 }, (_, at) => {
  const name = `notebook-${at}`
  for (const file of ['environment.yml', 'conda-lock.yml'])
    contents.set(`${name}/${file}`, read(`pangeo-notebook/${file}`))
  const declared = { test: [], manifests: [], rebuild: null, lockPlatforms: [] }
  return { name, path: name, lockSources: [], declared }
})
const states = lockStates({ images, files: { contents, refused: new Map() } })
const milliseconds = performance.now() - started
if (states.length !== 50 || states.some(({ freshness }) => freshness.length === 0))
  throw new Error(`${states.length} locks were looked at, not 50`)
process.stdout.write(`${milliseconds}\n`)
