import { readFileSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ProcessSpec, startProcess, waitForLine } from './processes.ts'
import { tool } from './tools.ts'
import type { RegistryRequest } from './types.ts'

/** A running registry: its address, its storage and its log. */
export interface Registry {
  readonly address: string
  readonly storage: string
  readonly log: string
}

/**
 * Start distribution's registry on a free port of the loopback interface, its files in `dir` under its name. Deletion is on;
 * locations are relative, so that a proxy in front of it works.
 */
export async function startRegistry(options: { dir: string; name: string; outlive?: boolean }): Promise<Registry> {
  const { dir, name } = options
  const storage = join(dir, name)
  await mkdir(storage, { recursive: true })
  const config = {
    version: 0.1,
    log: { level: 'info', formatter: 'json', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: storage }, delete: { enabled: true } },
    http: { addr: '127.0.0.1:0', relativeurls: true },
  }
  const file = join(dir, `${name}.json`)
  await writeFile(file, JSON.stringify(config, null, 2)) // JSON is YAML
  const env = { PATH: process.env.PATH, OTEL_TRACES_EXPORTER: 'none' }
  const spec: ProcessSpec = { ...options, command: await tool('registry'), args: ['serve', file], env }
  startProcess(spec)
  const address = await waitForLine(spec, /"listening on (127\.0\.0\.1:\d+)"/)
  return { address, storage, log: join(dir, `${name}.log`) }
}

/** Size of a log in bytes: where a later reading begins. */
export function logSize(log: string): number {
  return statSync(log).size
}

/** The requests that a registry's log holds from byte `offset` on, oldest first. */
export function readAccessLog(log: string, offset = 0): RegistryRequest[] {
  const text = readFileSync(log).subarray(offset).toString('utf8')
  return text.split('\n').flatMap((line) => parseLine(line) ?? [])
}

/** One line of the registry's JSON log; null where it is not about a finished request. */
export function parseLine(line: string): RegistryRequest | null {
  if (!line.includes('response completed')) return null
  const entry = JSON.parse(line) as Record<string, unknown>
  const [path = '', query = ''] = String(entry['http.request.uri']).split('?')
  return {
    method: String(entry['http.request.method']),
    path,
    query,
    status: Number(entry['http.response.status']),
    bytes: Number(entry['http.response.written'] ?? 0),
    time: Date.parse(String(entry.time)),
    userAgent: String(entry['http.request.useragent'] ?? ''),
  }
}
