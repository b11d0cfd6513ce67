import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { binderDockerfile, binderLink, type HubImage, prepullDaemonSet, profileList } from '../../src/publish/hubs.ts'

const source = { stack: 'docker-images', commit: '2639bd3' }
const digest = `sha256:${'a'.repeat(64)}`
const image = (name: string, more: Partial<HubImage> = {}): HubImage => ({
  ...{ name, repository: `quay.io/pangeo/${name}`, digest, tag: '2026.11.21', platforms: ['linux/amd64'], size: 1.5e9 },
  ...more,
})
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

describe('profiles of zero-to-jupyterhub', () => {
  it('name each image by its digest, the first one as default', () => {
    const { singleuser } = parse(profileList([image('pangeo-notebook'), image('ml-notebook', { size: null })], source))
    expect(singleuser.profileList).toEqual([
      {
        display_name: 'pangeo-notebook',
        slug: 'pangeo-notebook',
        description: '2026.11.21 · linux/amd64 · 1.5 GB to download',
        default: true,
        kubespawner_override: { image: `quay.io/pangeo/pangeo-notebook@${digest}` },
      },
      {
        display_name: 'ml-notebook',
        slug: 'ml-notebook',
        description: '2026.11.21 · linux/amd64',
        kubespawner_override: { image: `quay.io/pangeo/ml-notebook@${digest}` },
      },
    ])
  })

  it('of no images are an empty list', () => {
    expect(parse(profileList([], source)).singleuser.profileList).toEqual([])
  })

  // Fails if a name can become a key, a comment or another type of YAML.
  it.each(['a: b', '- x', 'null', 'yes', '#', '{{ x }}', '"\n  evil: 1', '\u2028', "it's"])(
    'may be called %j',
    (name) => {
      const text = profileList([image(name)], { stack: `${name}\nsingleuser: evil`, commit: name })
      expect(parse(text).singleuser.profileList[0].display_name).toBe(name)
      expect(Object.keys(parse(text))).toEqual(['singleuser'])
    },
  )
})

describe('the puller', () => {
  it('has an init container for each image, and asks for nothing', () => {
    const set = parse(prepullDaemonSet([image('pangeo-notebook'), image('pytorch-notebook/cuda12')], source))
    expect(set).toMatchObject({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'prepull-docker-images' } })
    const pod = set.spec.template.spec
    expect(pod.initContainers.map(({ name }: { name: string }) => name)).toEqual([
      'pull-pangeo-notebook',
      'pull-pytorch-notebook-cuda12',
    ])
    expect(pod.initContainers[0]).toMatchObject({ image: `quay.io/pangeo/pangeo-notebook@${digest}` })
    expect(pod.automountServiceAccountToken).toBe(false)
    // Kubernetes refuses a set whose selector does not name its own pods.
    expect(set.spec.template.metadata.labels).toEqual(set.spec.selector.matchLabels)
  })

  // Fails if Kubernetes would refuse a name, or take two containers for one.
  it('has names that Kubernetes takes, each once', () => {
    const names = ['A_b', 'a-b', 'a/b', '---', 'ü', 'x'.repeat(100), 'x'.repeat(101)]
    const set = parse(
      prepullDaemonSet(
        names.map((name) => image(name)),
        { ...source, stack: '…'.repeat(90) },
      ),
    )
    const found = set.spec.template.spec.initContainers.map(({ name }: { name: string }) => name)
    expect(new Set(found).size).toBe(names.length)
    for (const name of [...found, set.metadata.name]) expect(name).toMatch(label)
  })
})

describe('Binder', () => {
  it('needs one line and a link', () => {
    expect(binderDockerfile(image('pangeo-notebook'))).toBe(`FROM quay.io/pangeo/pangeo-notebook@${digest}\n`)
    expect(binderLink('pangeo-data/notebook-binder', '2026.11.21')).toBe(
      'https://mybinder.org/v2/gh/pangeo-data/notebook-binder/2026.11.21?urlpath=lab',
    )
  })

  it('gets no other address by a branch’s name', () => {
    expect(binderLink('o/r', '../../gh/evil?x#y')).toBe(
      'https://mybinder.org/v2/gh/o/r/..%2F..%2Fgh%2Fevil%3Fx%23y?urlpath=lab',
    )
  })
})
