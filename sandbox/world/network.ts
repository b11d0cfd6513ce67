import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureCommand } from './debian.ts'
import { withLock } from './lock.ts'
import { run, tryRun } from './run.ts'

/**
 * A bridge for the containers of one engine, with a way out, noted in `dir/network.json` so that `removeNetwork` takes
 * away exactly this. Gives the bridge's name.
 */
export async function makeNetwork(dir: string): Promise<string> {
  const ip = await ensureCommand('ip')
  const iptables = await ensureCommand('iptables')
  const { bridge, rules } = await withLock('bridges', async () => await addBridge(ip, dir))
  for (const [table, chain, ...rule] of rules)
    await run(iptables, ['-w', '-t', table ?? '', '-I', chain ?? '', ...rule])
  return bridge
}

/** A bridge with a subnet that no other has. */
async function addBridge(ip: string, dir: string): Promise<{ bridge: string; rules: string[][] }> {
  const used = await run(ip, ['-o', '-4', 'address'])
  let third = randomInt(256)
  while (used.includes(` 10.213.${third}.`)) third = randomInt(256)
  const bridge = `bxa${third}`
  const rules = rulesOf(bridge, `10.213.${third}.0/24`)
  await writeFile(join(dir, 'network.json'), JSON.stringify({ bridge, rules }))
  await run(ip, ['link', 'add', bridge, 'type', 'bridge'])
  await run(ip, ['address', 'add', `10.213.${third}.1/24`, 'dev', bridge])
  await run(ip, ['link', 'set', bridge, 'up'])
  return { bridge, rules }
}

/** Remove what `makeNetwork` made for that folder, if it made anything. */
export async function removeNetwork(dir: string): Promise<void> {
  const file = join(dir, 'network.json')
  if (!existsSync(file)) return
  const { bridge, rules } = JSON.parse(await readFile(file, 'utf8')) as { bridge: string; rules: string[][] }
  for (const [table, chain, ...rule] of rules) {
    await tryRun(await ensureCommand('iptables'), ['-w', '-t', table ?? '', '-D', chain ?? '', ...rule])
  }
  await tryRun(await ensureCommand('ip'), ['link', 'delete', bridge])
}

/** Table, chain and rule: outgoing packets get the machine's address, and the machine lets them and the answers pass. */
function rulesOf(bridge: string, subnet: string): string[][] {
  return [
    ['nat', 'POSTROUTING', '-s', subnet, '!', '-o', bridge, '-j', 'MASQUERADE'],
    ['filter', 'FORWARD', '-i', bridge, '-j', 'ACCEPT'],
    ['filter', 'FORWARD', '-o', bridge, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'],
  ]
}
