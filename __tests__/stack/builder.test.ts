import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import { type BuilderFacts, type BuilderNeeds, chooseBuilder } from '../../src/stack/builder.ts'

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7']

function createBuilder(name: string, overrides: Partial<BuilderFacts> = {}): BuilderFacts {
  return {
    name,
    driver: 'docker-container',
    current: false,
    running: true,
    nodes: 1,
    platforms,
    containerdStore: false,
    error: null,
    ...overrides,
  }
}

const classic = createBuilder('default', { driver: 'docker', current: true })
const containerd = { ...classic, containerdStore: true }
const remote = createBuilder('remote', { driver: 'remote', current: true })
const broken = createBuilder('gone', { driver: '', error: 'dial unix: connection refused\nmore', running: false })
const needs: BuilderNeeds = { platforms: [], annotations: false }
const two = { ...needs, platforms: ['linux/amd64', 'linux/arm64'] }

describe('without a name', () => {
  it.each<[string, BuilderFacts[], BuilderNeeds, string]>([
    ['the current one', [createBuilder('x'), classic], needs, 'default'],
    ['the default one where none is current', [createBuilder('x'), { ...classic, current: false }], needs, 'default'],
    ['Docker with containerd’s store', [containerd], { platforms: two.platforms, annotations: true }, 'default'],
    ['a remote one', [remote], two, 'remote'],
    ['one that does not run yet and may be able', [{ ...remote, running: false, platforms: [] }], two, 'remote'],
    ['one with the plain name of a variant', [remote], { ...needs, platforms: ['linux/arm64/v8'] }, 'remote'],
    ['kubernetes', [createBuilder('k', { driver: 'kubernetes', current: true, nodes: 3 })], two, 'k'],
  ])('takes %s', (_title, builders, asked, name) => {
    expect(chooseBuilder(builders, '', asked)).toMatchObject({ use: { name } })
  })

  it.each<[string, BuilderFacts[], BuilderNeeds, string]>([
    [
      'two platforms',
      [classic],
      two,
      'builder default (driver docker) builds one platform at a time, not linux/amd64, linux/arm64',
    ],
    [
      'annotations',
      [classic],
      { ...needs, annotations: true },
      'builder default (driver docker) drops annotations (of the input or of spec.yml)',
    ],
    [
      'another platform',
      [classic],
      { ...needs, platforms: ['linux/s390x'] },
      'builder default (driver docker) cannot build for linux/s390x (it has linux/amd64, linux/arm64, linux/arm/v7)',
    ],
    [
      'one that is gone',
      [
        { ...broken, current: true },
        { ...classic, current: false },
      ],
      needs,
      'the current builder gone cannot be reached',
    ],
  ])('makes one for %s', (_title, builders, asked, create) => {
    expect(chooseBuilder(builders, '', asked)).toEqual({ create })
  })

  it.each<[string, BuilderFacts[], BuilderNeeds, string, string]>([
    ['there is none', [], needs, 'there is no builder: buildx knows none', 'start Docker'],
    [
      'none answers',
      [{ ...broken, current: true }],
      needs,
      'there is no builder: dial unix: connection refused',
      'start Docker',
    ],
    [
      'it cannot, and no engine is there',
      [remote],
      { ...needs, platforms: ['linux/s390x'] },
      'builder remote (driver remote) cannot build for linux/s390x',
      'input builder',
    ],
  ])('is an error where %s', (_title, builders, asked, message, remedy) => {
    expectError(() => chooseBuilder(builders, '', asked), message, remedy)
  })
})

describe('a builder that is named', () => {
  it('is taken, current or not', () => {
    expect(chooseBuilder([classic, createBuilder('mine')], 'mine', two)).toMatchObject({ use: { name: 'mine' } })
  })

  it.each<[string, BuilderFacts[], string, BuilderNeeds, string, string]>([
    [
      'is not there',
      [classic, remote],
      'mine',
      needs,
      'input builder: "mine" is not a builder here',
      'buildx knows default, remote',
    ],
    [
      'is not reached',
      [classic, broken],
      'gone',
      needs,
      'builder gone cannot be reached: dial unix: connection refused',
      'start it',
    ],
    [
      'cannot',
      [classic],
      'default',
      two,
      'builder default (driver docker) builds one platform at a time',
      'docker-container driver',
    ],
    [
      'has no such name where there is none',
      [],
      'mine',
      needs,
      'input builder: "mine" is not a builder here',
      'buildx knows none',
    ],
  ])('%s: an error, never another builder', (_title, builders, name, asked, message, remedy) => {
    expectError(() => chooseBuilder(builders, name, asked), message, remedy)
  })
})

function expectError(choose: () => unknown, message: string, remedy: string): void {
  let error: unknown
  try {
    choose()
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(ActionError)
  expect(error).toMatchObject({ code: 'builder', message: expect.stringContaining(message) })
  expect((error as ActionError).message).not.toContain('\n')
  expect((error as ActionError).details.join('\n')).toContain(remedy)
}
