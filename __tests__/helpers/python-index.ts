import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { create } from 'tar'
import { storedZip } from '../../src/tools/stub-wheel.ts'

/** A file that an index offers. */
export interface IndexFile {
  readonly name: string
  readonly bytes: Buffer
  /** ISO 8601; what `exclude-newer` is compared with. */
  readonly uploaded?: string
}

/** A Python package index (PEP 503 and PEP 691) on loopback, with what it was asked. */
export interface PythonIndex extends AsyncDisposable {
  /** `http://127.0.0.1:…/simple`. */
  readonly url: string
  readonly host: string
  readonly requests: readonly { readonly path: string; readonly range: string | null; readonly login: string | null }[]
}

/** Serves files by project. `parts`: whether the server gives parts of files; PyPI's does, simple mirrors do not. */
export async function servePythonIndex(
  projects: Readonly<Record<string, readonly IndexFile[]>>,
  { parts = true }: { readonly parts?: boolean } = {},
): Promise<PythonIndex> {
  const requests: { path: string; range: string | null; login: string | null }[] = []
  const server = createServer((request, response) => {
    const target = new URL(request.url ?? '/', 'http://localhost')
    const { range = null, authorization = null, accept = '' } = request.headers
    requests.push({ path: target.pathname, range, login: authorization })
    const [, kind, project = '', file] = target.pathname.split('/')
    const files = projects[project] ?? []
    const found = files.find(({ name }) => name === decodeURIComponent(file ?? ''))
    if (kind === 'simple' && files.length > 0) {
      const json = accept.includes('vnd.pypi.simple.v1+json')
      response.setHeader('content-type', json ? 'application/vnd.pypi.simple.v1+json' : 'text/html')
      response.end(json ? jsonPage(project, files) : htmlPage(project, files))
    } else if (kind === 'files' && found) {
      sendFile(response, found.bytes, parts ? range : null)
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()) && server.closeAllConnections())
  return { url: `http://${host}/simple`, host, requests, [Symbol.asyncDispose]: close }
}

function sendFile(response: import('node:http').ServerResponse, bytes: Buffer, range: string | null): void {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (from === '' && to === '') return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1)
  const header = { 'content-range': `bytes ${start}-${end}/${bytes.length}`, 'accept-ranges': 'bytes' }
  response.writeHead(206, header).end(bytes.subarray(start, end + 1))
}

function htmlPage(project: string, files: readonly IndexFile[]): string {
  const links = files.map(
    ({ name, bytes }) => `<a href="/files/${project}/${name}#sha256=${sha256(bytes)}">${name}</a><br>`,
  )
  return `<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`
}

function jsonPage(project: string, files: readonly IndexFile[]): string {
  const entries = files.map(({ name, bytes, uploaded = '2026-01-01T00:00:00Z' }) => ({
    filename: name,
    url: `/files/${project}/${name}`,
    hashes: { sha256: sha256(bytes) },
    'upload-time': uploaded,
  }))
  return JSON.stringify({ meta: { 'api-version': '1.1' }, name: project, files: entries })
}

/** The hash of a file. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A wheel with these `Requires-Dist` lines. `tags`: `py3-none-any` and the like. */
export function wheel(
  name: string,
  version: string,
  {
    requires = [],
    extras = [],
    tags = 'py3-none-any',
    uploaded,
  }: {
    readonly requires?: readonly string[]
    readonly extras?: readonly string[]
    readonly tags?: string
    readonly uploaded?: string
  } = {},
): IndexFile {
  const folder = `${name}-${version}.dist-info`
  const lines = [
    ...extras.map((extra) => `Provides-Extra: ${extra}`),
    ...requires.map((line) => `Requires-Dist: ${line}`),
  ]
  const bytes = storedZip([
    [`${name}/__init__.py`, ''],
    [`${folder}/METADATA`, ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...lines, ''].join('\n')],
    [`${folder}/WHEEL`, `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tags}\n`],
    [`${folder}/RECORD`, ''],
  ])
  return { name: `${name}-${version}-${tags}.whl`, bytes, ...(uploaded ? { uploaded } : {}) }
}

/** A source distribution whose setup.py and build backend write `canary` when they are run. */
export async function maliciousSdist(name: string, version: string, canary: string): Promise<IndexFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sdist-'))
  try {
    const root = path.join(folder, `${name}-${version}`)
    await mkdir(root)
    const code = `open(${JSON.stringify(canary)}, 'w').write('ran')\n`
    const backend = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    await writeFile(path.join(root, 'setup.py'), `${code}from setuptools import setup\nsetup()\n`)
    await writeFile(path.join(root, 'backend.py'), code)
    // Dynamic dependencies: a resolver that wants them has to build.
    const project = `[project]\nname = "${name}"\ndynamic = ["version", "dependencies"]\n`
    await writeFile(path.join(root, 'pyproject.toml'), `${backend}${project}`)
    await writeFile(path.join(root, 'PKG-INFO'), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`)
    const file = path.join(folder, 'sdist.tar.gz')
    await create({ gzip: true, file, cwd: folder }, [`${name}-${version}`])
    return { name: `${name}-${version}.tar.gz`, bytes: await readFile(file) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
