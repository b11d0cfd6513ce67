/** The parts of a vertex's name, `[child linux/arm64 stage-1 2/5] RUN make`; what the name does not hold is null. */
export interface VertexName {
  readonly text: string
  readonly internal: boolean
  readonly platform: string | null
  readonly stage: string | null
  readonly number: number | null
  readonly total: number | null
}

/**
 * The bake target that buildx put before a name when a process builds several (`[child internal] load …`): it adds
 * names only to the marker in brackets. A platform (`[linux/amd64 internal]`) has a slash, which no target has.
 */
export function targetOfInternal(name: string): string | null {
  return /^\[([^\s\]/]+) (?:[^\s\]]+\/[^\s\]]+ )?internal\]/.exec(name)?.[1] ?? null
}

/** Whether a name begins with the marker of this target; true only for streams of several targets. */
export function isMarkedFor(name: string, target: string): boolean {
  return name.startsWith(`[${target} `) || name.startsWith(`[${target}]`)
}

/** Splits a name. `marked`: the first word in brackets is the bake target and is dropped. */
export function parseVertexName(name: string, marked: boolean): VertexName {
  const match = /^\[([^\]]*)\] ?/.exec(name)
  const none: VertexName = { text: name, internal: false, platform: null, stage: null, number: null, total: null }
  if (match === null) return none
  const words = (match[1] ?? '').split(' ').slice(marked ? 1 : 0)
  const text = name.slice(match[0].length)
  const last = words.pop()
  const count = /^(\d+)\/(\d+)$/.exec(last ?? '')
  if (count === null) return { ...none, text: otherText(last, text), internal: last === 'internal' }
  const platform = words[0]?.includes('/') ? (words.shift() ?? null) : null
  return {
    text,
    internal: false,
    platform,
    stage: words.join(' ') || null,
    number: Number(count[1]),
    total: Number(count[2]),
  }
}

/** `[auth] library/busybox:pull token` keeps its marker, which is part of what it says. */
function otherText(marker: string | undefined, text: string): string {
  return marker === undefined || marker === '' || marker === 'internal' || marker.includes('/')
    ? text
    : `${marker} ${text}`
}
