import type { LiveImage } from './live-lines.ts'
import { plainNews, type Said } from './plain-lines.ts'

/** Progress that a person watches. */
export interface Live {
  /** Prints a line that stays, above what is redrawn. The caller has made it harmless. */
  print(line: string): void
  /** Shows the last picture and leaves it standing. To be called once, also after an error. */
  stop(): void
}

/** Where progress goes and where it comes from. */
export interface LiveOptions {
  readonly stream: NodeJS.WritableStream & {
    readonly isTTY?: boolean
    readonly columns?: number
    readonly rows?: number
  }
  /** Asked at every picture. */
  readonly images: () => readonly LiveImage[]
  readonly color: boolean
  /** Redraws lines; without it plain lines are appended. By default as the stream is a TTY. */
  readonly redraw?: boolean
  readonly now?: () => number
}

const REDRAW = 120
const APPEND = 1000

/** Starts showing progress: a line an image redrawn on a TTY, else a line an event with a heartbeat for long steps. */
export async function startLive(options: LiveOptions): Promise<Live> {
  const { stream } = options
  // A pseudo terminal of no size (`docker run -t` without a terminal around it) has no room to redraw in.
  const redraw = (options.redraw ?? stream.isTTY === true) && stream.columns !== 0 && stream.rows !== 0
  return redraw ? await startRedrawing(options) : startAppending(options)
}

async function startRedrawing({ stream, images, color, now = Date.now }: LiveOptions): Promise<Live> {
  const [{ createLogUpdate }, { liveLines }] = await Promise.all([import('log-update'), import('./live-lines.ts')])
  const update = createLogUpdate(stream as NodeJS.WriteStream)
  const draw = (): void => {
    const room = { width: stream.columns || 80, height: stream.rows || 24, color }
    update(liveLines(images(), room, now()).join('\n'))
  }
  draw()
  const timer = setInterval(draw, REDRAW)
  const print = (line: string): void => {
    update.clear()
    stream.write(`${line}\n`)
    draw()
  }
  const stop = (): void => {
    clearInterval(timer)
    draw()
    update.done()
  }
  return { print, stop }
}

function startAppending({ stream, images, now = Date.now }: LiveOptions): Live {
  const start = now()
  let said: ReadonlyMap<string, Said> = new Map()
  const append = (): void => {
    const news = plainNews(said, images(), start, now())
    said = news.said
    for (const line of news.lines) stream.write(`${line}\n`)
  }
  append()
  const timer = setInterval(append, APPEND)
  const print = (line: string): void => {
    append()
    stream.write(`${line}\n`)
  }
  const stop = (): void => {
    clearInterval(timer)
    append()
  }
  return { print, stop }
}
