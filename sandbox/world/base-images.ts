import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Builder, buildAndPush } from './builder.ts'
import { aptTransport, debianMirrors, ensureCommand, requireRoot, unpackPackages } from './debian.ts'
import { run, which } from './run.ts'
import { contentKey, type Seed } from './seeds.ts'
import { tool, toolKey } from './tools.ts'
import { dockerfileVersion } from './versions.ts'

type Push = (registry: string, refs: readonly string[], context: string) => Promise<unknown>

const suite = 'trixie'

/** What every world's docker.io mirror holds, in the order in which it can be built. */
export async function baseImages(builder: Builder): Promise<readonly Seed[]> {
  const push: Push = (registry, refs, context) =>
    buildAndPush(
      builder,
      refs.map((ref) => `${registry}/${ref}`),
      context,
    )
  return [await frontendImage(push), await busyboxImage(push), await debianImage(push)]
}

/** The Dockerfile frontend, for `# syntax=docker/dockerfile:1`. */
async function frontendImage(push: Push): Promise<Seed> {
  const refs = ['1', dockerfileVersion, 'latest'].map((tag) => `docker/dockerfile:${tag}`)
  return {
    key: `dockerfile-${await contentKey([], [await toolKey('dockerfile-frontend'), frontendDockerfile, ...refs])}`,
    build: async (registry, work) => {
      await copyFile(await tool('dockerfile-frontend'), join(work, 'dockerfile-frontend'))
      await writeFile(join(work, 'Dockerfile'), frontendDockerfile)
      await push(registry, refs, work)
    },
  }
}

// The labels tell BuildKit what the frontend can do; without them it is not given inputs and named contexts.
const frontendDockerfile = `FROM scratch
LABEL moby.buildkit.frontend.network.none="true"
LABEL moby.buildkit.frontend.caps="moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts"
COPY dockerfile-frontend /bin/dockerfile-frontend
ENTRYPOINT ["/bin/dockerfile-frontend"]
`

/** Debian's static busybox: the smallest image with a shell. */
async function busyboxImage(push: Push): Promise<Seed> {
  return {
    key: `busybox-${await contentKey([], [process.arch, busyboxDockerfile])}`,
    build: async (registry, work) => {
      const root = join(work, 'root')
      await unpackPackages(root, { 'busybox-static': null })
      const context = join(work, 'context')
      await mkdir(context)
      await copyFile(which('busybox', `${root}/bin:${root}/usr/bin`) ?? '', join(context, 'busybox'))
      await writeFile(join(context, 'Dockerfile'), busyboxDockerfile)
      await push(registry, ['library/busybox:latest', 'library/busybox:stable'], context)
    },
  }
}

const busyboxDockerfile = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
RUN mkdir -p /etc /root && mkdir -p -m 1777 /tmp && \\
    echo 'root:x:0:0:root:/root:/bin/sh' > /etc/passwd && echo 'root:x:0:' > /etc/group
CMD ["sh"]
`

/** A minimal Debian, also under the name of ubuntu:24.04, which it stands in for. */
async function debianImage(push: Push): Promise<Seed> {
  const { archive, security } = await debianMirrors()
  const transport = await aptTransport()
  const key = await contentKey(
    [],
    [suite, debianDockerfile, JSON.stringify(slim), archive ?? '', security ?? '', transport, process.arch],
  )
  return {
    key: `${suite}-${key}`,
    build: async (registry, work) => {
      const root = join(work, 'root')
      const context = join(work, 'context')
      await mkdir(context)
      await debootstrap(root, archive)
      await writeApt(root, archive, security, transport)
      await run('tar', ['--numeric-owner', '--exclude=./dev/*', '-C', root, '-cf', join(context, 'root.tar'), '.'])
      await writeFile(join(context, 'Dockerfile'), debianDockerfile)
      const debian = [`${suite}-slim`, suite, 'stable-slim'].map((tag) => `library/debian:${tag}`)
      await push(registry, [...debian, 'library/ubuntu:24.04', 'library/ubuntu:noble'], context)
    },
  }
}

const debianDockerfile = 'FROM scratch\nADD root.tar /\nCMD ["bash"]\n'

/** Without a mirror of this machine's own, debootstrap takes Debian's default. */
async function debootstrap(root: string, archive: string | null): Promise<void> {
  requireRoot('to make a Debian file system')
  const include = archive?.startsWith('https:') ? ['--include=ca-certificates'] : []
  const command = await ensureCommand('debootstrap')
  await run(command, ['--variant=minbase', '--force-check-gpg', ...include, suite, root, ...(archive ? [archive] : [])])
  for (const path of slim.removed) await rm(join(root, path), { recursive: true, force: true })
  for (const path of slim.folders) await mkdir(join(root, path), { recursive: true })
  for (const [path, text] of Object.entries(slim.files)) await writeFile(join(root, path), text)
  await chmod(join(root, 'usr/sbin/policy-rc.d'), 0o755)
}

/** What makes Debian's own container images smaller and quieter than a machine: no documents, no kept packages, no services. */
const slim = {
  removed: ['var/lib/apt/lists', 'var/cache/apt/archives', 'usr/share/doc', 'usr/share/man', 'usr/share/locale'],
  folders: ['var/lib/apt/lists/partial', 'var/cache/apt/archives/partial'],
  files: {
    'etc/apt/apt.conf.d/docker-clean':
      'APT::Keep-Downloaded-Packages "false";\nDir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n',
    'etc/dpkg/dpkg.cfg.d/slim': ['doc', 'man', 'locale', 'info']
      .map((name) => `path-exclude /usr/share/${name}/*\n`)
      .join(''),
    'usr/sbin/policy-rc.d': '#!/bin/sh\nexit 101\n',
  },
} as const

/** Let the image's apt reach the mirrors in the way this machine's does. */
async function writeApt(
  root: string,
  archive: string | null,
  security: string | null,
  transport: string,
): Promise<void> {
  if (!archive) return
  const sources = [`deb ${archive} ${suite} main`, `deb ${archive} ${suite}-updates main`]
  if (security) sources.push(`deb ${security} ${suite}-security main`)
  await writeFile(join(root, 'etc/apt/sources.list'), `${sources.join('\n')}\n`)
  const lines = [transport]
  if (archive.startsWith('https:')) {
    lines.push('Acquire::https::CAInfo "/usr/local/share/machine-ca.crt";')
    await writeFile(join(root, 'usr/local/share/machine-ca.crt'), await readFile('/etc/ssl/certs/ca-certificates.crt'))
  }
  await writeFile(join(root, 'etc/apt/apt.conf.d/99machine'), `${lines.join('\n')}\n`)
}
