import type { KeyPath, SpecFile } from './spec-file.ts'
import { objectOf, textOf, textsOf, type Values, wordsOf } from './spec-values.ts'
import type { ContainerTest } from './types.ts'

/** Seconds, where spec.yml says no other time: a notebook server of a large image needs one of them. */
const defaultTimeout = 120

interface Common {
  /** What holds for all tests of the image. */
  readonly allowFailure: boolean
  readonly secondsOf: (source: SpecFile, at: KeyPath, value: unknown) => number | null
}

/** The key `run` of an image's tests, which the schema has accepted: one container or several. Throws ActionError('spec'). */
export function readContainers(source: SpecFile, at: KeyPath, value: unknown, common: Common): ContainerTest[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value)
    ? value.map((item, number) => readContainer(source, [...at, number], objectOf(item), common))
    : [readContainer(source, at, objectOf(value), common)]
}

function readContainer(source: SpecFile, at: KeyPath, said: Values, common: Common): ContainerTest {
  const command = commandOf(said.command)
  const http = (Array.isArray(said.http) ? said.http : said.http === undefined ? [] : [said.http]).map((item) => {
    const { port, path = '/', status = 200 } = objectOf(item)
    return { port: Number(port), path: String(path), status: Number(status) }
  })
  const healthy = said.healthy === true
  const serves = healthy || http.length > 0
  if (serves && said['exit-code'] !== undefined)
    throw source.error([...at, 'exit-code'], 'a container with http or healthy is judged while it runs', [
      'Leave exit-code out, or test how it ends by a container of its own',
    ])
  const env = textsOf(said.env)
  refuseNul(source, at, { command: command.join(' '), env: JSON.stringify(env).replaceAll('\\u0000', '\0') })
  const wrong = Object.keys(env).find((name) => !/^[A-Za-z_]\w*$/.test(name))
  if (wrong !== undefined)
    throw source.error([...at, 'env'], `${JSON.stringify(wrong.slice(0, 80))} is no name of an environment variable`, [
      'Names are letters, digits and _, and begin with no digit',
    ])
  return {
    ...{ command, env, http, healthy, output: wordsOf(said.output), line: source.line(at) },
    name: textOf(said.name) ?? `docker run${command.length > 0 ? ` ${textOfCommand(said.command)}` : ''}`,
    exitCode: serves ? null : Number(said['exit-code'] ?? 0),
    timeout: common.secondsOf(source, [...at, 'timeout'], said.timeout) ?? defaultTimeout,
    allowFailure:
      said['allow-failure'] === undefined && said.allow_failure === undefined
        ? common.allowFailure
        : (said['allow-failure'] ?? said.allow_failure) === true,
  }
}

/** No program can be given one. */
function refuseNul(source: SpecFile, at: KeyPath, texts: Readonly<Record<string, string>>): void {
  for (const [key, text] of Object.entries(texts))
    if (text.includes('\0')) throw source.error([...at, key], 'it holds a NUL', ['No program can be given one'])
}

/** A text as docker takes the shell form of CMD. */
function commandOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.map(String) : ['/bin/sh', '-c', String(value)]
}

function textOfCommand(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value.map(String)) : String(value)
}
