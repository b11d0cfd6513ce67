/**
 * One line of `--progress=rawjson`, checked: the JSON form of `SolveStatus` in BuildKit's Go package `client`. What does
 * not fit is left out, never an error: the progress is a picture of the build, not the build.
 */
export interface SolveStatus {
  readonly vertexes: readonly Vertex[]
  readonly statuses: readonly Transfer[]
  readonly logs: readonly LogChunk[]
  readonly warnings: readonly VertexWarning[]
}

/** A node of the build. It is sent again at every change; the same digest can come under the names of several targets. */
export interface Vertex {
  readonly digest: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly started: number | null
  readonly completed: number | null
  readonly cached: boolean
  readonly error: string | null
}

/** Bytes (or files) that move for a vertex: a layer that is pulled, a context that is sent. */
export interface Transfer {
  readonly id: string
  readonly vertex: string
  readonly current: number
  readonly total: number | null
  readonly completed: boolean
}

/** Output of a step, cut anywhere, also within a character. */
export interface LogChunk {
  readonly vertex: string
  readonly stream: number
  readonly data: Uint8Array
}

/** A remark of the Dockerfile frontend. `line` is 1-based. */
export interface VertexWarning {
  readonly vertex: string
  readonly short: string
  readonly url: string | null
  readonly file: string | null
  readonly line: number | null
}

type Fields = Readonly<Record<string, unknown>>

/** Reads one line of buildx's standard error; null for what is no progress (`ERROR: …`, an excerpt of a Dockerfile). */
export function parseSolveStatus(line: string): SolveStatus | null {
  const value = parseJson(line)
  if (!isFields(value)) return null
  return {
    vertexes: list(value.vertexes).flatMap(vertex),
    statuses: list(value.statuses).flatMap(transfer),
    logs: list(value.logs).flatMap(logChunk),
    warnings: list(value.warnings).flatMap(warning),
  }
}

function parseJson(line: string): unknown {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function vertex(fields: Fields): Vertex[] {
  const digest = string(fields.digest)
  if (digest === null) return []
  return [
    {
      digest,
      name: string(fields.name) ?? '',
      started: time(fields.started),
      completed: time(fields.completed),
      cached: fields.cached === true,
      error: string(fields.error),
    },
  ]
}

function transfer(fields: Fields): Transfer[] {
  const [id, of, current] = [string(fields.id), string(fields.vertex), number(fields.current)]
  if (id === null || of === null || current === null) return []
  return [{ id, vertex: of, current, total: number(fields.total), completed: time(fields.completed) !== null }]
}

function logChunk(fields: Fields): LogChunk[] {
  const [of, data] = [string(fields.vertex), string(fields.data)]
  if (of === null || data === null) return []
  return [{ vertex: of, stream: number(fields.stream) ?? 1, data: Buffer.from(data, 'base64') }]
}

function warning(fields: Fields): VertexWarning[] {
  const [of, short] = [string(fields.vertex), string(fields.short)]
  if (of === null || short === null) return []
  const start = list(fields.range)[0]?.start
  const source = isFields(fields.sourceInfo) ? fields.sourceInfo : {}
  return [
    {
      vertex: of,
      short: Buffer.from(short, 'base64').toString('utf8'),
      url: string(fields.url),
      file: string(source.filename),
      line: isFields(start) ? number(start.line) : null,
    },
  ]
}

/** Go's zero time means "not yet". */
function time(value: unknown): number | null {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : null
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function string(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
