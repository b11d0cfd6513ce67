import type { LockProblem, LockRules } from './rules-types.ts'
import { isOfChannels, isOfHosts, namesItsPackage } from './rules-url.ts'
import type { LockedPackage } from './types.ts'

type Finding = Pick<LockProblem, 'rule' | 'message' | 'remedy'>

interface Question {
  readonly rules: LockRules
  readonly platforms: readonly string[]
}

/** What one entry of a lock breaks by itself. */
export function checkPackage(entry: LockedPackage, { rules, platforms }: Question): Finding[] {
  return [
    ...checkPlace(entry, rules),
    ...checkUrl(entry),
    ...checkHash(entry, rules),
    ...checkPlatform(entry, platforms),
  ]
}

function checkPlace(entry: LockedPackage, rules: LockRules): Finding[] {
  const { name, manager, url, source } = entry
  if (manager === 'conda' && isOfChannels(entry, rules.allowedChannels)) return []
  if (
    manager === 'pip' &&
    [url, ...(source ? [source.url] : [])].every((address) => isOfHosts(address, rules.allowedHosts))
  )
    return []
  return [
    manager === 'conda'
      ? finding(
          'channel',
          `${name} comes from ${url}`,
          `only ${rules.allowedChannels.join(', ')} are \`allowed-channels\``,
        )
      : finding(
          'channel',
          `${name} comes from ${source?.url ?? url}`,
          `only ${rules.allowedHosts.join(', ')} are \`allowed-hosts\``,
        ),
  ]
}

function checkUrl(entry: LockedPackage): Finding[] {
  if (entry.source || namesItsPackage(entry)) return []
  return [finding('url', `${entry.url} is not ${entry.name} ${entry.version}`, 'the entry was edited; relock')]
}

function checkHash({ name, manager, url, hash }: LockedPackage, { known }: LockRules): Finding[] {
  const told = known?.(url)
  const needed = manager === 'conda' ? (['md5', 'sha256'] as const) : (['sha256'] as const)
  return needed.flatMap((kind) => {
    const value = hash[kind]
    if (value === undefined)
      return [finding('hash', `${name} has no ${kind}`, 'relock: what is fetched cannot be checked')]
    if (!wellFormed[kind].test(value)) return [finding('hash', `${name}'s ${kind} is \`${value}\``, 'relock')]
    if (told?.[kind] && told[kind] !== value)
      return [finding('hash', `${name}'s ${kind} is ${value}, its channel says ${told[kind]}`, 'relock')]
    return []
  })
}

const wellFormed = { md5: /^[0-9a-f]{32}$/, sha256: /^[0-9a-f]{64}$/ }

function checkPlatform({ name, platform }: LockedPackage, platforms: readonly string[]): Finding[] {
  if (platforms.includes(platform)) return []
  return [finding('platform', `${name} is locked for ${platform}, which the lock does not name`, 'relock')]
}

function finding(rule: Finding['rule'], message: string, remedy: string): Finding {
  return { rule, message, remedy }
}
