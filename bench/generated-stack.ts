import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** How large a generated repository is. */
export interface Size {
  readonly images: number
  readonly filesPerImage: number
}

/** An image of the generated stack: `parent` null for one on an external base. */
export interface GeneratedImage {
  readonly name: string
  readonly parent: string | null
  readonly locked: boolean
}

/**
 * A stack as large repositories have them: one tenth in chains of ten, the rest in trees with four children an image; every
 * 200th stands on an external base. Every fourth image has a conda lock of its own.
 */
export function stackShape(images: number): GeneratedImage[] {
  return Array.from({ length: images }, (_, at) => ({
    name: nameOf(at),
    parent: parentOf(at),
    locked: at % 4 === 0,
  }))
}

/** Writes the files below `images/`; the same bytes for the same size. Gives their paths, relative to `dir`. */
export async function writeStack(dir: string, size: Size): Promise<string[]> {
  const written: string[] = []
  for (const image of stackShape(size.images)) {
    const folder = path.posix.join('images', image.name)
    const files = filesOf(image, size.filesPerImage)
    for (const parent of new Set(files.map(([name]) => path.posix.dirname(name))))
      await mkdir(path.join(dir, folder, parent), { recursive: true })
    await Promise.all(files.map(([name, text]) => writeFile(path.join(dir, folder, name), text)))
    written.push(...files.map(([name]) => path.posix.join(folder, name)))
  }
  return written
}

/** The text of an image's Dockerfile. */
function dockerfileOf({ name, parent, locked }: GeneratedImage): string {
  const from = parent === null ? 'ubuntu:24.04' : `\${REGISTRY}/${parent}:latest`
  return `# syntax=docker/dockerfile:1
ARG REGISTRY=example
FROM golang:1.24 AS tools
WORKDIR /src
COPY src/ ./
RUN --mount=type=cache,target=/root/.cache go build -o /out/${name} .

FROM ${from} AS base
ARG PYTHON_VERSION=3.13
ENV NAME=${name} \\
    PYTHON_VERSION=\${PYTHON_VERSION} \\
    PATH=/opt/${name}/bin:$PATH
LABEL org.opencontainers.image.title="${name}"

FROM base
COPY environment.yml${locked ? ' conda-lock.yml' : ''} /tmp/environment/
RUN --mount=type=cache,target=/var/cache/conda,sharing=locked <<EOF
set -eu
install-environment /tmp/environment --prefix /opt/${name}
find /opt/${name} -name '*.a' -delete
EOF
RUN --mount=type=bind,source=apt.txt,target=/tmp/apt.txt \\
    xargs -a /tmp/apt.txt apt-get install -y --no-install-recommends && \\
    rm -rf /var/lib/apt/lists/*
COPY --from=tools --chmod=755 /out/${name} /usr/local/bin/${name}
COPY --chmod=755 start /srv/start
COPY etc/ /etc/${name}/
USER 1000
WORKDIR /home/user
EXPOSE 8888
ENTRYPOINT ["/srv/start"]
CMD ["jupyter", "lab", "--ip=0.0.0.0"]
`
}

function nameOf(at: number): string {
  return `image-${String(at).padStart(4, '0')}`
}

function parentOf(at: number): string | null {
  if (at % 200 === 0) return null
  const inChain = at % 200 < 20
  if (inChain && at % 10 !== 0) return nameOf(at - 1)
  // The tree of these 200: its root is the first of them.
  const first = at - (at % 200)
  return nameOf(first + Math.floor((at - first - 1) / 4))
}

function filesOf(image: GeneratedImage, count: number): [name: string, text: string][] {
  const files: [string, string][] = [
    ['Dockerfile', dockerfileOf(image)],
    ['.dockerignore', '*.md\n**/__pycache__\ntests\n!src/**\n'],
    ['environment.yml', environmentOf(image)],
    ['apt.txt', 'curl\ngit\nless\n'],
    ['start', '#!/bin/bash -l\nset -eu\nexec "$@"\n'],
    ['README.md', `# ${image.name}\n\nWhat ${image.name} is for.\n`],
    ['etc/config.yml', `name: ${image.name}\nport: 8888\n`],
    ['src/main.go', `package main\n\nfunc main() { println("${image.name}") }\n`],
    ...(image.locked ? [['conda-lock.yml', lockOf(image)] as [string, string]] : []),
  ]
  for (let more = 0; files.length < count; more++) {
    const folder = ['src', 'tests', 'etc', 'docs'][more % 4]
    files.push([`${folder}/part-${Math.floor(more / 4) % 5}/file-${more}.txt`, `${image.name} ${more}\n`])
  }
  return files
}

function environmentOf({ name }: GeneratedImage): string {
  const packages = ['dask', 'numpy', 'pandas', 'xarray', 'zarr'].map((dependency) => `  - ${dependency}\n`)
  return `name: ${name}\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.13\n${packages.join('')}`
}

/** conda-lock's v1 head and forty packages, some 20 KB. */
function lockOf({ parent }: GeneratedImage): string {
  const sources = [...(parent ? [`../${parent}/environment.yml`] : []), 'environment.yml']
  const hash = '0123456789abcdef'.repeat(4)
  const packages = Array.from({ length: 40 }, (_, at) => {
    const url = `https://conda.example.org/conda-forge/linux-64/package-${at}-1.${at}.0-h0_0.conda`
    return `- name: package-${at}
  version: 1.${at}.0
  manager: conda
  platform: linux-64
  dependencies:
    libgcc: '>=14'
    python: '>=3.13,<3.14.0a0'
  url: ${url}
  hash:
    md5: ${hash.slice(0, 32)}
    sha256: ${hash}
  category: main
  optional: false
`
  })
  return `version: 1
metadata:
  content_hash:
    linux-64: ${hash}
  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
  - linux-64
  sources:
${sources.map((source) => `  - ${source}\n`).join('')}package:
${packages.join('')}`
}
