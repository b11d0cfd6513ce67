/** What `--help` prints. */
export const usage = `usage: buildx-action plan|build|merge|cleanup|lock [IMAGE…] [options]
       buildx-action diff REV1 REV2 [IMAGE…] [options]
       buildx-action promote|revert|release [IMAGE…] --from TAG --to TAG [options]

  plan               decide what would be built, taken or left, and why
  build              build it: the images named (and their parents), else the whole stack
  merge              join what several builds pushed by digest (--digests) into one index an image, then set the tags
  lock               relock what is stale: conda-lock.yml, conda-<platform>.lock and packages.txt in the images' folders
  diff               which packages differ between the locks of two commits or tags
  promote            point a tag (--to) at what another tag or a commit (--from) points at; builds nothing
  revert             point a tag back at a tag, a commit or what it was (--to previous)
  release            give what the commit of a git tag (--from) published that tag
  cleanup            which old tags of caches and fingerprints would go; --dry-run=false removes them
  history            what was published: images and sizes, what stands on what, since when it has a package, who moved tags

  --repo DIR         the repository's root (default: this folder)
  --base REV         compare with this revision; without it every image is planned as changed
  --head REV         plan the files of this revision instead of the work tree
  --event-name NAME  --event-path FILE   decide as GitHub's event would
  --format text|json
  --explain [IMAGE]  with plan: all that decides about an image; without a name: what was found and left out
  --graph KIND       with plan: the graph as text, mermaid or dot
  --check            with lock: relock nothing, fail where a lock is stale or breaks the rules (--lock-mode check)
  --render           with lock: explicit locks and package lists from the locks, without solving (--lock-mode render)
  --dry-run          decide as a build would, and stop there
  --quiet            no progress    --debug    all that is known

  Each input of the action is an option of the same name: --path, --registry, --platforms, --build-args, --push, …
  An option for a list can be given several times. See README.md.

exit code: 0 done, 1 failed, 2 wrong usage
`
