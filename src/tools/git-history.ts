import { type Command, output } from './exec.ts'
import { gitEnvironment, gitSettings } from './git-settings.ts'

/** A repository on this machine. */
interface Place {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A name for a commit. */
export interface NamedCommit {
  readonly name: string
  readonly commit: string
}

/** The tags of commits that HEAD holds, oldest first by the time of the tag; annotated ones by the commit that they name. */
export async function tagsOfHead(place: Place, limit: number): Promise<NamedCommit[]> {
  const format = '--format=%(refname:strip=2)%09%(objectname)%09%(*objectname)%09%(objecttype)%09%(*objecttype)'
  const args = ['for-each-ref', '--sort=-creatordate', `--count=${limit}`, '--merged=HEAD', format, 'refs/tags']
  const lines = (await output(command(place, args))).toString().split('\n').filter(Boolean)
  return lines
    .map((line) => line.split('\t'))
    .filter(([, , , type, peeled]) => (peeled || type) === 'commit')
    .map(([name = '', own = '', peeled = '']) => ({ name, commit: peeled || own }))
    .toReversed()
}

/** The newest commits of HEAD's first-parent line that touch some files, oldest first, by their first seven characters. */
export async function commitsTouching(place: Place, paths: readonly string[], limit: number): Promise<NamedCommit[]> {
  if (paths.length === 0) return []
  const args = ['rev-list', '--first-parent', `--max-count=${limit}`, 'HEAD', '--', ...paths]
  const commits = (await output(command(place, args))).toString().split('\n').filter(Boolean)
  return commits.map((commit) => ({ name: commit.slice(0, 7), commit })).toReversed()
}

function command({ cwd, env }: Place, args: readonly string[]): Command {
  const base = { file: 'git', cwd, env: gitEnvironment(env), code: 'git' as const, title: `git ${args[0]}` }
  return { ...base, args: [...gitSettings, ...args] }
}
