import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { withoutCredentials } from '../../src/tools/docker-config.ts'
import { childEnvironment } from '../../src/tools/environment.ts'
import { createTemporary } from '../helpers/temporary.ts'

describe('childEnvironment', () => {
  it('hands on nothing that carries inputs, tokens, the event or the run’s state', () => {
    const secret = {
      INPUT_SECRETS: 'a=hunter2',
      'INPUT_GITHUB-TOKEN': 't',
      STATE_builder: 'x',
      GITHUB_TOKEN: 't',
      GITHUB_EVENT_PATH: '/event.json',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
      ACTIONS_RUNTIME_TOKEN: 't',
    }
    const kept = {
      PATH: '/bin',
      HOME: '/h',
      DOCKER_HOST: 'x',
      HTTPS_PROXY: 'p',
      ACTIONS_CACHE_URL: 'u',
      BUILDX_BUILDER: 'b',
    }
    const env = childEnvironment({ ...secret, ...kept })
    expect(env).toMatchObject(kept)
    for (const name of Object.keys(secret)) expect(env).not.toHaveProperty([name])
  })

  it('asks buildx to keep the event out of its metadata', () => {
    expect(childEnvironment({ BUILDX_METADATA_PROVENANCE: 'max' })).toMatchObject({
      BUILDX_METADATA_PROVENANCE: 'disabled',
      BUILDX_METADATA_WARNINGS: '0',
    })
  })
})

describe('withoutCredentials', () => {
  it('leaves builders, contexts and plugins, and no credential', async () => {
    await using temporary = await createTemporary()
    const own = path.join(temporary.folder, 'own')
    mkdirSync(path.join(own, 'contexts/meta'), { recursive: true })
    mkdirSync(path.join(own, 'cli-plugins'))
    writeFileSync(path.join(own, 'contexts/meta/x'), 'x')
    writeFileSync(
      path.join(own, 'config.json'),
      JSON.stringify({
        auths: { 'q.io': { auth: 'c2VjcmV0' } },
        credsStore: 'x',
        credHelpers: { a: 'b' },
        HttpHeaders: { Authorization: 'secret' },
        currentContext: 'mine',
        cliPluginsExtraDirs: ['/p'],
      }),
    )
    const folder = path.join(temporary.folder, 'docker')
    const env = await withoutCredentials(
      { DOCKER_CONFIG: own, DOCKER_AUTH_CONFIG: '{"auths":{}}', PATH: '/bin' },
      folder,
    )
    expect(env).toEqual({
      DOCKER_CONFIG: folder,
      DOCKER_AUTH_CONFIG: undefined,
      BUILDX_CONFIG: path.join(own, 'buildx'),
      PATH: '/bin',
    })
    expect(JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'))).toEqual({
      currentContext: 'mine',
      cliPluginsExtraDirs: ['/p'],
    })
    expect(existsSync(path.join(folder, 'contexts/meta/x'))).toBe(true)
  })

  it('works where there is no configuration, or none that can be read', async () => {
    await using temporary = await createTemporary()
    writeFileSync(path.join(temporary.folder, 'config.json'), 'not json')
    for (const [at, DOCKER_CONFIG] of [temporary.folder, '/nonexistent'].entries()) {
      const folder = path.join(temporary.folder, String(at))
      const env = await withoutCredentials({ DOCKER_CONFIG, BUILDX_CONFIG: '/b' }, folder)
      expect(env).toMatchObject({ DOCKER_CONFIG: folder, BUILDX_CONFIG: '/b' })
      expect(readFileSync(path.join(folder, 'config.json'), 'utf8')).toBe('{}')
    }
  })
})
