import { describe, expect, it } from '@jest/globals'
import { renderExplanation, renderFindings } from '../../src/report/explain.ts'
import { changedImages, fileRules } from '../../src/stack/index.ts'
import { makePlan } from '../../src/stack/plan.ts'
import { changed, imageOf, stackOf } from '../stack/stacks.ts'

const files = {
  'images/spec.yml':
    'ignore: ["**/*.ipynb"]\nbuild_all: [common]\nimages:\n  lab:\n    registry: ghcr.io/org/\n    args: {V: 1}\n    platforms: linux/arm64\n    test: [pytest]\n    manifests: pip list\n    rebuild: weekly\n    lock: {sources: [env.yml], platforms: [linux-64]}\n    depends_on: [tools]\n    contexts: {data: ../data}\n',
  'images/base/Dockerfile': 'FROM debian:13\nUSER a\n',
  'images/tools/Dockerfile': 'FROM debian:13\nUSER a\n',
  'images/lab/Dockerfile':
    'FROM org/base:1\nCOPY start *.txt /x/\nCOPY $HOME/x /\nRUN --mount=type=cache,target=/c true\n',
  'images/lab/.dockerignore': 'tests\n*.md\n',
  'images/lab/start': '',
  'images/docs/x/Dockerfile': 'FROM x/y\n',
  'images/docs/z/Dockerfile': 'FROM x/y\n',
}
const changes = changed(
  'images/lab/a.txt',
  'images/lab/README.md',
  'images/lab/a.ipynb',
  'images/lab/Dockerfile',
  'images/env.yml',
  'data/x',
  'images/base/x',
)

async function explained(name: string) {
  const stack = await stackOf(files)
  const planned = makePlan({
    stack,
    changed: changedImages(stack, changes),
    selected: null,
    publishes: false,
    tags: (image) => [`${image.repository}:latest`],
    changedFiles: new Set(changes.files),
    unchanged: 'unchanged',
  }).images.find((image) => image.name === name)
  if (!planned) throw new Error(name)
  const image = imageOf(stack, name)
  const notes = stack.notes.filter((note) => note.path === image.dockerfile)
  return renderExplanation(
    { image, planned, changes, files: fileRules(stack, image, changes.files), notes },
    { color: false },
  )
}

describe('renderExplanation', () => {
  it('tells all that decides about an image', async () => {
    const text = await explained('lab')
    expect(text.split('\n')[0]).toMatch(/^lab: build, because Dockerfile, /)
    for (const line of [
      /found +images\/lab\/Dockerfile: named by its folder, and line 4 of spec.yml/,
      /published as +lab, to ghcr.io\/org \(registry in spec.yml\)/,
      /context +images\/lab/,
      /args +V=1/,
      /platforms +linux\/arm64/,
      /contexts +data=data/,
      /reads +the whole context\n +start\n +\*\.txt/,
      /ignores +tests\n +\*\.md/,
      /parents +base: FROM org\/base:1 in line 1; org is where this stack is published/,
      /tools: spec.yml in line 12; depends_on in spec.yml/,
      /lock made from +images\/env.yml/,
      /cache mounts +\/c \(line 4\)/,
      /changed files +images\/lab\/a.txt: COPY, ADD or a mount reads \*\.txt/,
      /images\/lab\/README.md: does not count, .dockerignore leaves it out/,
      /images\/lab\/a.ipynb: does not count, ignore in spec.yml/,
      /images\/lab\/Dockerfile: its Dockerfile/,
      /images\/env.yml: its lock is made from it/,
      /data\/x: it is in a named context/,
      /lock +is solved again/,
      /tags +lab:latest/,
      /rebuild +weekly, by a schedule's run/,
      /tests +pytest\n +described by +pip list\n/,
      /not acted on +lock.platforms: linux-64/,
      /remarks +images\/lab\/Dockerfile:3: .*HOME/,
    ])
      expect(text).toMatch(line)
    expect(text).not.toContain('images/base/x')
  })

  it('says where nothing counts', async () => {
    const text = await explained('base')
    expect(text).toMatch(/changed files +images\/base\/x: does not count, nothing reads it/)
    expect(text).toMatch(/reads +no file of the context/)
    expect(text).toMatch(/from outside +debian:13/)
    expect(await explained('tools')).toMatch(/changed files +none that concerns it/)
  })

  it('shows build_all and the spec before all else', async () => {
    const stack = await stackOf(files)
    expect(fileRules(stack, imageOf(stack, 'base'), ['images/common/x', 'images/spec.yml', 'README.md'])).toEqual([
      { file: 'images/common/x', counts: true, rule: expect.stringMatching(/build_all/) },
      { file: 'images/spec.yml', counts: true, rule: expect.stringMatching(/the spec/) },
    ])
  })
})

describe('renderFindings', () => {
  it('says what was found and what was left out, each reason once', async () => {
    const text = renderFindings(await stackOf(files), { color: false })
    expect(text).toMatch(/^3 images in images, with images\/spec.yml\n/)
    expect(text.match(/left out: examples, docs/g)).toHaveLength(1)
    expect(text).toMatch(/ {4}images\/docs\/x\/Dockerfile\n {4}images\/docs\/z\/Dockerfile\n/)
  })
})
