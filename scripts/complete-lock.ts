import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Adds to package-lock.json the optional packages of other platforms that a registry with this platform's alone leaves
 * out; `npm ci` refuses a lock without them. They get no hash here: `npm install` on a full registry adds it.
 */
interface Entry {
  readonly version: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> }
const missing = Object.entries(lock.packages).flatMap(([path, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .map(([name, version]) => [`node_modules/${name}`, platformEntry(name, version, dev ?? false)] as const)
    .filter(([place]) => path !== '' && !(place in lock.packages) && !(`${path}/${place}` in lock.packages)),
)
const packages = Object.fromEntries([...Object.entries(lock.packages), ...missing].sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages }, null, 2)}\n`)
console.log(`package-lock.json: ${missing.length} packages of other platforms added`)

/** `@biomejs/cli-linux-x64-musl` says itself what it is for; what says nothing (a WASM build) is for no platform of ours. */
function platformEntry(name: string, version: string, dev: boolean): Entry {
  const os = /\b(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|aix)\b/.exec(name)?.[1] ?? 'none'
  const cpu = /\b(arm64|arm|x64|ia32|ppc64|s390x|riscv64|loong64|wasm32|universal)\b/.exec(name)?.[1] ?? 'none'
  const exact = version.replace(/^[~^]/, '')
  return { version: exact, ...(dev ? { dev } : {}), optional: true, os: [os], cpu: [cpu] }
}
