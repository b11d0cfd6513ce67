import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { stackOf } from '../stack/stacks.ts'

/** A kind of docs/stacks.md: the structure of the repository in few files, and the parents of each image in build order. */
interface Kind {
  readonly repository: string
  readonly files: Readonly<Record<string, string>>
  readonly found: Readonly<Record<string, readonly string[]>>
  /** The same with lines of spec.yml, where these are needed. */
  readonly spec?: { readonly file: string; readonly text: string; readonly found: Kind['found'] }
}

const from = (reference: string) => `FROM ${reference}\nRUN x\n`
const argumented = (last: string) =>
  `ARG REGISTRY=quay.io\nARG OWNER=jupyter\nARG BASE_IMAGE=$REGISTRY/$OWNER/${last}\nFROM $BASE_IMAGE\nRUN x\n`

const kinds: readonly Kind[] = [
  {
    repository: 'pangeo-data/pangeo-docker-images',
    files: {
      'base-image/Dockerfile': 'FROM ubuntu:24.04\nONBUILD COPY environment.yml* /x/\n',
      'base-notebook/Dockerfile': 'FROM pangeo/base-image:master\n',
      'pangeo-notebook/Dockerfile': 'ARG T=master\nFROM pangeo/base-image:${T}\n',
    },
    found: { 'base-image': [], 'base-notebook': ['base-image'], 'pangeo-notebook': ['base-image'] },
  },
  {
    repository: 'ucsd-ets/datahub-docker-stack',
    files: {
      'images/spec.yml':
        'images:\n  datascience-notebook:\n    image_name: o/datascience-notebook\n  ml:\n    image_name: o/ml\n    depend_on: datascience-notebook\n',
      'images/change_ignore.json': '{"ChangeIgnore": []}',
      // An external image of its own name is no parent.
      'images/datascience-notebook/Dockerfile': from('quay.io/jupyter/datascience-notebook:python-3.11'),
      'images/ml/Dockerfile': 'ARG BASE_TAG=latest\nFROM o/datascience-notebook:${BASE_TAG}\nRUN x\n',
    },
    found: { 'datascience-notebook': [], ml: ['datascience-notebook'] },
  },
  {
    repository: 'jupyter/docker-stacks',
    files: {
      'images/foundation/Dockerfile': 'ARG ROOT_IMAGE=ubuntu:24.04\nFROM $ROOT_IMAGE\nRUN x\n',
      'images/base/Dockerfile': argumented('foundation'),
      'images/pytorch/Dockerfile': argumented('base'),
      'images/pytorch/cuda12/Dockerfile': argumented('base'),
      'examples/make-deploy/Dockerfile': from('quay.io/jupyter/base'),
      'tests/x/Dockerfile': from('debian'),
    },
    found: { foundation: [], base: ['foundation'], pytorch: ['base'], 'pytorch/cuda12': ['base'] },
  },
  {
    repository: 'SeleniumHQ/docker-selenium',
    files: {
      'Base/Dockerfile': from('ubuntu:noble'),
      'NodeBase/Dockerfile': 'ARG NAMESPACE=selenium\nARG VERSION=latest\nFROM ${NAMESPACE}/base:${VERSION}\nRUN x\n',
      'NodeChrome/Dockerfile': 'ARG NAMESPACE=selenium\nFROM ${NAMESPACE}/node-base\nRUN x\n',
      'Standalone/Dockerfile': 'ARG NAMESPACE=selenium\nARG BASE=node-base\nFROM ${NAMESPACE}/${BASE}\nRUN x\n',
    },
    found: { Base: [], NodeBase: ['Base'], NodeChrome: ['NodeBase'], Standalone: ['NodeBase'] },
  },
  {
    repository: 'jupyterhub/zero-to-jupyterhub-k8s',
    files: {
      'images/hub/Dockerfile':
        'FROM python:3.14 as build\nFROM python:3.14-slim as slim\nFROM slim\nCOPY --from=build /x /x\n',
      'images/awaiter/Dockerfile': 'FROM golang:1.23\nFROM scratch\nCOPY --from=0 /build/out /x\n',
    },
    found: { awaiter: [], hub: [] },
  },
  {
    repository: 'geocompx/docker',
    files: {
      Dockerfile: from('ghcr.io/geocompx/minimal'),
      'minimal/Dockerfile': 'ARG B=rocker/geospatial:latest\nFROM ${B}\nRUN x\n',
      'suggests/Dockerfile': from('ghcr.io/geocompx/minimal'),
      'rust/Dockerfile': from('ghcr.io/geocompx/suggests'),
    },
    found: { minimal: [], root: ['minimal'], suggests: ['minimal'], rust: ['suggests'] },
  },
  {
    repository: 'rocker-org/rocker-versioned2',
    files: {
      'dockerfiles/verse_4.5.3.Dockerfile': from('docker.io/library/ubuntu:noble'),
      'dockerfiles/verse_4.6.0.Dockerfile': from('docker.io/library/ubuntu:noble'),
      'dockerfiles/geospatial.Dockerfile': from('rocker/verse:4.6.0'),
      'dockerfiles/README.md': 'x',
    },
    found: { 'verse_4.5.3': [], 'verse_4.6.0': [], geospatial: ['verse_4.6.0'] },
  },
  {
    repository: 'home-operations/containers',
    files: { 'apps/bazarr/Dockerfile': from('docker.io/library/alpine:3'), 'apps/sonarr/Dockerfile': from('alpine:3') },
    found: { 'apps/bazarr': [], 'apps/sonarr': [] },
  },
  {
    repository: 'cross-rs/cross',
    files: {
      'docker/Dockerfile.aarch64-linux': from('ubuntu:20.04'),
      'docker/Dockerfile.arm-linux': from('ubuntu:20.04'),
    },
    found: { 'aarch64-linux': [], 'arm-linux': [] },
  },
  {
    repository: 'devcontainers/images',
    files: Object.fromEntries(
      Object.entries({ ruby: 'ruby:4', jekyll: 'mcr.microsoft.com/devcontainers/ruby:3', cpp: 'buildpack-deps' }).map(
        ([name, base]) => [`src/${name}/.devcontainer/Dockerfile`, from(base)],
      ),
    ),
    found: { 'src/cpp': [], 'src/ruby': [], 'src/jekyll': ['src/ruby'] },
  },
  {
    repository: 'home-assistant/docker-base',
    files: {
      'alpine/Dockerfile': from('alpine:3.22'),
      'python/3.13/Dockerfile': 'ARG BUILD_FROM=ghcr.io/home-assistant/base:3.22\nFROM ${BUILD_FROM}\nRUN x\n',
    },
    found: { alpine: [], 'python/3.13': [] },
    spec: {
      file: 'spec.yml',
      text: 'images:\n  alpine: {name: ghcr.io/home-assistant/base}\n',
      found: { alpine: [], 'python/3.13': ['alpine'] },
    },
  },
  {
    repository: 'gitpod-io/workspace-images',
    files: {
      'base/Dockerfile': from('buildpack-deps:noble'),
      'chunks/tool/Dockerfile': 'ARG base\nFROM ${base}\nRUN x\n',
    },
    found: { base: [], 'chunks/tool': [] },
    spec: {
      file: 'spec.yml',
      text: 'images:\n  chunks/tool: {args: {base: base}}\n',
      found: { base: [], 'chunks/tool': ['base'] },
    },
  },
  {
    repository: 'docker-library/buildpack-deps',
    files: {
      'debian/bookworm/curl/Dockerfile': from('debian:bookworm'),
      'debian/bookworm/scm/Dockerfile': from('buildpack-deps:bookworm-curl'),
    },
    found: { 'debian/bookworm/curl': [], 'debian/bookworm/scm': [] },
    spec: {
      file: 'spec.yml',
      text: 'images:\n  debian/bookworm/curl: {name: buildpack-deps, tag: bookworm-curl}\n  debian/bookworm/scm: {name: buildpack-deps, tag: bookworm-scm}\n',
      found: { 'debian/bookworm/curl': [], 'debian/bookworm/scm': ['debian/bookworm/curl'] },
    },
  },
]

/** The parents of each image, in build order. */
async function found(files: Kind['files']): Promise<Record<string, string[]>> {
  const { images, order } = await stackOf(files)
  return Object.fromEntries(
    order.map((name) => [name, images.find((image) => image.name === name)?.parents.map((edge) => edge.name) ?? []]),
  )
}

describe('the kinds of docs/stacks.md in small', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/stacks.md'), 'utf8')

  it.each(kinds.map((kind) => [kind.repository, kind] as const))('%s', async (repository, kind) => {
    expect(page).toContain(`| ${repository} `)
    const plain = await found(kind.files)
    expect(plain).toEqual(kind.found)
    const order = Object.keys(plain)
    for (const [name, parents] of Object.entries(plain))
      for (const parent of parents) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(name))
    if (kind.spec) expect(await found({ ...kind.files, [kind.spec.file]: kind.spec.text })).toEqual(kind.spec.found)
  })
})
