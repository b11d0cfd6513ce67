import { describe, expect, it } from '@jest/globals'
import { pipPlatform } from '../../src/lock/pip-platform.ts'

const glibc = (...versions: string[]) => versions.map((version) => ({ name: '__glibc', version, build: '0' }))

describe('a platform of conda for uv', () => {
  it.each([
    ['linux-64', glibc(), 'x86_64-manylinux_2_28'],
    ['linux-64', glibc('2.17'), 'x86_64-manylinux_2_17'],
    ['linux-64', glibc('2.24'), 'x86_64-manylinux_2_17'],
    ['linux-aarch64', glibc('2.35'), 'aarch64-manylinux_2_35'],
    ['linux-aarch64', glibc('2.99'), 'aarch64-manylinux_2_40'],
    // Several: the oldest, or a wheel would not start on it.
    ['linux-64', glibc('2.31', '2.28'), 'x86_64-manylinux_2_28'],
    ['osx-64', [], 'x86_64-apple-darwin'],
    ['osx-arm64', [], 'aarch64-apple-darwin'],
    ['win-64', [], 'x86_64-pc-windows-msvc'],
  ])('%s with %j is %s', (platform, virtual, uv) => expect(pipPlatform(platform, virtual, '3.12.7').uv).toBe(uv))

  it('sets the variables of markers', () => {
    expect(pipPlatform('osx-arm64', [], '3.12.7').environment).toMatchObject({
      ...{ sys_platform: 'darwin', platform_machine: 'arm64', os_name: 'posix', implementation_name: 'cpython' },
      ...{ python_version: '3.12', python_full_version: '3.12.7' },
    })
  })

  it.each([
    ['linux-64', glibc('2.12'), /glibc 2\.12/],
    ['linux-ppc64le', [], /linux-ppc64le/],
  ])('refuses %s with %j: no wheel would be found, or the wrong one', (platform, virtual, message) => {
    expect(() => pipPlatform(platform, virtual, '3.12.7')).toThrow(message)
  })
})
