/** Tags as known stacks have them, in the language of the rules (docs/tag-rules.md). */
const presets = {
  /** pangeo-docker-images: the branch and 7 characters of the commit; a git tag is a release and `latest`. */
  pangeo: ['type=ref,event=branch', 'type=ref,event=tag', 'type=ref,event=pr', 'type=sha,prefix='],
  /** datahub-docker-stack: year and quarter before both. By the commit's date, so that a re-run gives the same tag. */
  datahub: [
    "type=ref,event=branch,prefix={{commit_date 'YYYY.Q'}}-",
    "type=sha,prefix={{commit_date 'YYYY.Q'}}-",
    'type=ref,event=pr',
  ],
  /** docker-stacks: 12 characters of the commit; on the default branch also the day and `latest`. */
  jupyter: [
    'type=sha,prefix=,length=12,priority=900',
    "type=raw,value={{date 'YYYY-MM-DD'}},enable={{is_default_branch}}",
    'type=raw,value=latest,enable={{is_default_branch}}',
    'type=ref,event=pr',
  ],
} as const

/** The name of a preset. */
export type Preset = keyof typeof presets

/** All presets. */
export const presetNames = Object.keys(presets) as Preset[]

/** Whether there is a preset of this name. */
export function isPreset(name: string): name is Preset {
  return Object.hasOwn(presets, name)
}

/** The rules of a preset, as a person would write them. */
export function presetRules(name: Preset): readonly string[] {
  return presets[name]
}
