/** The file of the artifact that holds all changes. */
export const patchName = 'locks.patch'

/** Where locks that could not be committed are to be had: an artifact of a run. */
export interface LockArtifact {
  readonly id: number
  readonly name: string
  /** `owner/name` of the repository that the run belongs to. */
  readonly repository: string
  readonly runId: string
  /** `https://api.github.com`. */
  readonly apiUrl: string
}

/** What runs in a shell is made of nothing else: none of it comes from a pull request, and none is to act if it did. */
const plain = /^[\w./:@-]+$/

/**
 * Ready lines by which a person takes the locks into a clone that has the pull request's branch checked out: with gh, and
 * with curl and a token. Each is one paste. Empty where a part is not what GitHub's own names are.
 */
export function applyLines(artifact: LockArtifact): { readonly gh: string; readonly curl: string } | null {
  const { id, name, repository, runId, apiUrl } = artifact
  if (![name, repository, runId, apiUrl].every((part) => plain.test(part)) || !Number.isSafeInteger(id)) return null
  const zip = `${apiUrl}/repos/${repository}/actions/artifacts/${id}/zip`
  return {
    gh: [
      `gh run download ${runId} --repo ${repository} --name ${name} --dir .locks`,
      `git apply .locks/${patchName} && rm -r .locks`,
    ].join('\n'),
    curl: [
      `curl -fsSL -H "Authorization: Bearer $GITHUB_TOKEN" -o locks.zip ${zip}`,
      `unzip -p locks.zip ${patchName} | git apply && rm locks.zip`,
    ].join('\n'),
  }
}
