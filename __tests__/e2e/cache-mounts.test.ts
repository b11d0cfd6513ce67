import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { World } from '../../sandbox/world/index.ts'
import { freshBuilder, mountStep, outcomes, printed, pull, pushed, warningsOf, withService } from './mounts-scene.ts'
import { openSmallStage, startTestWorld } from './small-stack.ts'

let world: World
beforeAll(async () => {
  world = await startTestWorld()
}, 600_000)
afterAll(async () => {
  await world.stop()
})

const contents = [
  'mkdir -p -m 2750 "d e" && { [ -e "d e/one" ] || echo one > "d e/one"; }',
  'touch -t 202001020304.05 "d e/one" && chown -R 12:34 "d e" && chmod 4751 "d e/one" && chmod 1777 .',
  'ln -sfn ../../etc/passwd up && ln -sfn /etc abs',
].join(' && ')

/** Three ways to choose a directory, two of them with one id. */
const several = {
  'images/app/Dockerfile': [
    'FROM busybox\nARG N=plain\nWORKDIR /opt/app\nCOPY word /word\n',
    mountStep('id=$N,target=/plain', '/plain', 'plain', contents),
    mountStep(
      'uid=1000,gid=100,mode=0775,target=relative',
      '/opt/app/relative',
      'owned',
      '{ [ -e f ] || echo f > f; }',
    ),
    mountStep('id=plain,from=other,target=/image', '/image', 'image', '{ [ -e f ] || echo f > f; }'),
    mountStep('id=plain,from=busybox,target=/base', '/base', 'base', '{ [ -e bin/f ] || echo f > bin/f; }'),
    'FROM scratch AS other\nCOPY word /of-stage\n',
  ]
    .toSorted((a, b) => Number(b.startsWith('FROM scratch')) - Number(a.startsWith('FROM scratch')))
    .join(''),
  'images/app/word': 'one\n',
}

describe('cache mounts', () => {
  it('are the same on the next machine: owners, modes, times, links; what is the same is not saved again', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, several)
    const first = await pushed(stage, service, { 'images/app/word': 'two\n' })
    expect([outcomes(first), warningsOf(first)]).toEqual([['success', 'success'], []])
    expect(first.log).toMatch(/cache mounts: 3 of 3 kept for later runs \(/)
    const kept = service.entries().map(({ key }) => key)
    expect(kept).toHaveLength(3)
    const second = await pushed(stage, service, { 'images/app/word': 'three\n' })
    expect([outcomes(second), warningsOf(second)]).toEqual([['success', 'success'], []])
    // Broken by: options that are not repeated, a target that is read without its WORKDIR or ARG.
    expect(second.log).toMatch(/cache mounts: 3 restored \([^)]*\), 3 mounts unchanged \(/)
    expect(printed(second, 'plain')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\. 43ff 0 0 /),
        expect.stringMatching(/^\.\/d e 45e8 12 34 /),
        './d e/one 89e9 12 34 4 1577934245',
      ]),
    )
    expect(printed(second, 'plain-link').toSorted()).toEqual(['../../etc/passwd', '/etc'])
    expect(printed(second, 'owned')[0]).toMatch(/^\. 41fd 1000 100 /)
    expect(printed(second, 'owned')[1]).toMatch(/^\.\/f /)
    expect(printed(second, 'base').join('\n')).toContain('./bin/f ')
    // A stage is there only while its image is built.
    expect(printed(second, 'image').join('\n')).not.toContain('./f ')
    expect(service.entries().map(({ key }) => key)).toEqual(kept)
    // A run that BuildKit's cache has all steps of reads nothing: the builder is not asked.
    const third = await stage.push(
      { files: { 'other.txt': '' } },
      withService(service, [], { inputs: { images: 'app' } }),
    )
    expect(third.log).not.toContain('unchanged (read')
    expect(service.problems()).toEqual([])
  }, 240_000)

  it('keep archives of conda without what is unpacked beside them, and not what apt is in the middle of', async () => {
    await using service = await startCacheService()
    const conda =
      'mkdir -p a-1-0 cache b-2-0 && touch a-1-0.conda a-1-0/x b-2-0.tar.bz2 b-2-0/y c-3-0.conda cache/r.json urls.txt'
    const apt = 'mkdir -p partial && touch lock x_InRelease partial/y'
    const other = 'mkdir -p partial cache && touch lock-not partial/y cache/z'
    const steps = [
      mountStep('target=/conda', '/conda', 'conda', conda),
      mountStep('target=/apt', '/apt', 'apt', apt),
      mountStep('target=/other', '/other', 'other', other),
    ]
    const files = {
      'images/app/Dockerfile': `FROM busybox\nCOPY word /word\n${steps.join('')}`,
      'images/app/word': '1\n',
    }
    await using stage = await openSmallStage(world, files)
    await pushed(stage, service, { 'images/app/word': '2\n' })
    const second = await pushed(stage, service, { 'images/app/word': '3\n' })
    const names = (mark: string) => printed(second, mark).map((line) => line.split(' ')[0])
    expect(names('conda')).toEqual(['.', './a-1-0.conda', './b-2-0.tar.bz2', './c-3-0.conda', './urls.txt'])
    expect(names('apt')).toEqual(['.', './partial', './x_InRelease'])
    expect(names('other')).toEqual(['.', './cache', './cache/z', './lock-not', './partial', './partial/y'])
    expect(warningsOf(second)).toEqual([])
  }, 240_000)

  it('leave the oldest files of the largest mount out where there is no room, and say so once', async () => {
    await using service = await startCacheService()
    const block = (name: string, time: string) =>
      `dd if=/dev/zero of=${name} bs=100000 count=4 2>&1 && touch -t ${time} ${name}`
    const steps = [
      mountStep(
        'target=/large',
        '/large',
        'large',
        `${block('old', '202001010000')} && ${block('new', '202101010000')}`,
      ),
      mountStep('target=/small', '/small', 'small', 'echo x > x && touch -t 201901010000 x'),
    ]
    const files = {
      'images/app/Dockerfile': `FROM busybox\nCOPY word /word\n${steps.join('')}`,
      'images/app/word': '1\n',
    }
    await using stage = await openSmallStage(world, files)
    const inputs = { 'cache-mounts-size': '500kB' }
    const first = await pushed(stage, service, { 'images/app/word': '2\n' }, { inputs })
    expect(first.log.match(/oldest files left out: 1 of \/large \(cache-mounts-size: 500 kB\)/g)).toHaveLength(1)
    const second = await pushed(stage, service, { 'images/app/word': '3\n' }, { inputs })
    expect(printed(second, 'large').map((line) => line.split(' ')[0])).toEqual(['.', './new'])
    expect(printed(second, 'small').map((line) => line.split(' ')[0])).toEqual(['.', './x'])
  }, 240_000)

  it('of a pull request are those of its base, and are not kept: its entries would take the room of all others’', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, small('echo main > main'))
    await pushed(stage, service, { 'images/app/word': '2\n' })
    const kept = service.entries()
    await freshBuilder(world)
    const run = await stage.pullRequest({ files: { 'images/app/word': '3\n' } }, withService(service, pull))
    expect([outcomes(run), warningsOf(run)]).toEqual([['success', 'success'], []])
    expect(run.log).toContain('cache mounts: 1 restored')
    expect(service.entries()).toEqual(kept)
  }, 240_000)

  it('of an image that failed are not kept, those of others are', async () => {
    await using service = await startCacheService()
    const good = mountStep('target=/good', '/good', 'good', 'echo x > x')
    const bad = mountStep('target=/bad', '/bad', 'bad', 'echo x > x && false')
    await using stage = await openSmallStage(world, {
      'images/good/Dockerfile': `FROM busybox\nCOPY word /word\n${good}`,
      'images/good/word': '1\n',
      'images/bad/Dockerfile': `FROM busybox\nCOPY word /word\n${bad}`,
      'images/bad/word': '1\n',
    })
    const run = await pushed(stage, service, { 'images/good/word': '2\n', 'images/bad/word': '2\n' })
    expect(outcomes(run)).toEqual(['failure', 'success'])
    expect(run.log).toMatch(/cache mounts: 1 of 1 kept/)
    expect(service.entries()).toHaveLength(1)
  }, 240_000)

  it('are left alone by a builder that keeps them itself, unless they are asked for', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, small('echo x > x'))
    for (const asked of ['auto', 'false']) {
      const run = await pushed(
        stage,
        service,
        { 'images/app/word': `${asked}\n` },
        { inputs: { 'cache-mounts': asked } },
      )
      expect([outcomes(run), service.requests()]).toEqual([['success', 'success'], []])
    }
  }, 240_000)
})

/** One image with one mount. */
function small(commands: string): Record<string, string> {
  const text = `FROM busybox\nCOPY word /word\n${mountStep('id=shared,target=/mount', '/mount', 'mount', commands)}`
  return { 'images/app/Dockerfile': text, 'images/app/word': '1\n' }
}
