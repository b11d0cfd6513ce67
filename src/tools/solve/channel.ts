import { ActionError } from '../../errors.ts'
import type { Channel } from '../../lock/types.ts'

/** Where a channel is: the address that locks are written with, and the one that is asked. */
export interface ChannelPlace {
  /** As the environment names it: `conda-forge`. */
  readonly name: string
  /** Without a slash at the end; variables of the environment stay as they are written. */
  readonly own: string
  /** The mirror's address, or its own one with the variables' values. */
  readonly asked: string
  readonly mirrored: boolean
  /** A text with the names of the channel's variables in place of their values. */
  readonly hidden: (text: string) => string
}

const alias = 'https://conda.anaconda.org'

/**
 * Finds where a channel is. `mirrors` maps a channel's name or URL to another URL. Throws ActionError('solve') for an address
 * that is no http(s) URL and for a variable without a value.
 */
export function placeOf(
  channel: Channel,
  { mirrors, env }: { mirrors: ReadonlyMap<string, string>; env: Readonly<Record<string, string | undefined>> },
): ChannelPlace {
  const own = bare(channel.url.includes('://') ? channel.url : `${alias}/${channel.url}`)
  const mirror = mirrorOf(channel.url, own, mirrors)
  const asked = bare(mirror ?? expanded(own, channel, env))
  const protocol = URL.canParse(asked) ? new URL(asked).protocol : ''
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new ActionError('solve', `the channel ${channel.url} has no http(s) address`, [
      'name a channel of anaconda.org (conda-forge) or a whole URL',
    ])
  }
  return {
    name: channel.url,
    own,
    asked,
    mirrored: mirror !== null,
    hidden: (text) => withoutValues(text, channel, env),
  }
}

/** What a variable holds may be a secret, and nobody but the channel is to read it: not a lock, not a log. */
export function withoutValues(
  text: string,
  channel: Channel,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const values = channel.usedEnvVars.flatMap((name) => {
    const value = env[name]
    const written = channel.url.includes(`\${${name}}`) ? `\${${name}}` : `$${name}`
    return value ? [value, encodeURI(value), encodeURIComponent(value)].map((one) => [one, written] as const) : []
  })
  // The longest first: one value may be a part of another.
  values.sort(([a], [b]) => b.length - a.length)
  return values.reduce((hidden, [value, written]) => hidden.replaceAll(value, () => written), text)
}

function mirrorOf(written: string, own: string, mirrors: ReadonlyMap<string, string>): string | null {
  for (const [from, to] of mirrors) if (from === written || bare(from) === own) return to
  return null
}

/** `$NAME` and `${NAME}`, of the names that the channel says it uses only. */
function expanded(url: string, channel: Channel, env: Readonly<Record<string, string | undefined>>): string {
  return url.replace(/\$(?:\{(\w+)\}|(\w+))/g, (text, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? ''
    if (!channel.usedEnvVars.includes(name)) return text
    const value = env[name]
    if (value !== undefined) return value
    throw new ActionError('solve', `the channel ${channel.url} uses ${name}, which has no value`, [
      `set ${name} in the step's env`,
    ])
  })
}

function bare(url: string): string {
  return url.replace(/\/+$/, '')
}
