import { describe, expect, it } from '@jest/globals'
import { commandsOf } from '../../bench/stack-sides.ts'

const prefix = '127.0.0.1:5000/p'

describe('commandsOf', () => {
  it('builds image by image with the parent from the registry, parents first', () => {
    const commands = commandsOf('sequential', prefix).map(({ file, args }) => [file, ...args].join(' '))
    expect(commands).toHaveLength(4)
    expect(commands[0]).toBe(
      `buildx build --push --tag ${prefix}/base-image:bench --tag ${prefix}/base-image:latest images/base-image`,
    )
    for (const command of commands.slice(1)) expect(command).toContain(`--build-arg REGISTRY=${prefix} images/`)
  })

  it('is one command for the product and for bake', () => {
    expect(commandsOf('ours', prefix)[0]?.args.slice(1)).toEqual([
      // Broken by: tests and package lists, which a bake file by hand does not make.
      ...['build', '--push', '--path', 'images', '--tests', 'false', '--manifests', 'false', '--registry', prefix],
    ])
    expect(commandsOf('bake', prefix).map(({ file, args }) => [file, ...args].join(' '))).toEqual([
      expect.stringMatching(/^buildx bake --push --file .*docker-bake\.hcl$/),
    ])
  })
})
