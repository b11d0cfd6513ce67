import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ChannelRequest } from '../conda/channel.ts'
import { answers, freePort } from './ports.ts'
import { type ProcessSpec, startProcess, waitFor } from './processes.ts'

/** Start the conda channel (sandbox/conda) as a process of the world. Gives its URL. */
export async function startChannelProcess(dir: string, outlive: boolean): Promise<string> {
  const port = String(await freePort())
  const program = resolve(import.meta.dirname, '../conda/serve.ts')
  const args = [program, '--port', port, '--log', requestsFile(dir)]
  const spec: ProcessSpec = { dir, name: 'channel', command: process.execPath, args, outlive }
  startProcess(spec)
  await waitFor(spec, () => answers(`http://127.0.0.1:${port}/`), 60_000)
  return `http://127.0.0.1:${port}/conda-forge`
}

/** The requests that the channel of a world answered, oldest first. */
export function readChannelLog(dir: string): ChannelRequest[] {
  if (!existsSync(requestsFile(dir))) return []
  const lines = readFileSync(requestsFile(dir), 'utf8').split('\n').filter(Boolean)
  const requests = lines.map((line) => JSON.parse(line) as ChannelRequest)
  return requests.filter((request) => request.path !== '') // startChannelProcess's own question
}

function requestsFile(dir: string): string {
  return join(dir, 'channel-requests.jsonl')
}
