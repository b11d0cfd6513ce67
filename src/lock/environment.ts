import type { ActionError } from '../errors.ts'
import { readChannel } from './conda-channel.ts'
import { readCondaSpec } from './conda-spec.ts'
import { BadSpec } from './conda-version-text.ts'
import { YamlFile, type YamlNode } from './environment-yaml.ts'
import { markerHolds } from './pip-marker.ts'
import { readPipRequirement } from './pip-requirement.ts'
import { selectLines } from './selectors.ts'
import type { Channel, CondaSpec, PipSpec, Spec } from './types.ts'

/** An environment.yml as conda-lock reads it. Selectors count in `specs` alone. */
export interface Environment {
  readonly file: string
  /** As written; `nodefaults` is among them where the file names it. */
  readonly channels: readonly Channel[]
  /** Those that the file asks for, none where it says nothing. */
  readonly platforms: readonly string[]
  readonly category: string
  readonly pipRepositories: readonly string[]
  /** `allow-pypi-requests: false`: Python packages come from `pipRepositories` only. */
  readonly allowPypiRequests: boolean
  /** What a platform asks for, in the file's order; `pip` stands where a `pip:` list ends. Throws ActionError('lock'). */
  readonly specs: (platform: string) => readonly Spec[]
}

/**
 * Reads an environment.yml by conda-lock 4.0.3's rules (src_parser/environment_yaml.py). Throws ActionError('lock') with file
 * and line for what that could not read either, and for a password or token written into a channel's URL.
 */
export function readEnvironment({ file, text }: { file: string; text: string }): Environment {
  const whole = new YamlFile(file, text)
  const given = <T>(key: string, read: (node: YamlNode) => T, absent: T) => {
    const node = whole.top.get(key)
    return node === undefined ? absent : read(node)
  }
  const category = given('category', (node) => (whole.isNull(node) ? '' : whole.text(node, 'category')), '') || 'main'
  let everywhere: readonly Spec[] | null = null
  return {
    file,
    channels: given('channels', (node) => channelsOf(whole, node), []),
    platforms: given('platforms', (node) => whole.texts(node, 'platforms'), []),
    category,
    pipRepositories: given('pip-repositories', (node) => whole.texts(node, 'pip-repositories'), []),
    allowPypiRequests: given('allow-pypi-requests', (node) => booleanOf(whole, node), true),
    specs: (platform) => {
      const selected = selectLines(text, platform)
      if (selected.filtered)
        return onPlatform(specsOf(new YamlFile(file, selected.text, selected.lines), file, category), platform)
      everywhere ??= specsOf(whole, file, category)
      return onPlatform(everywhere, platform)
    },
  }
}

function channelsOf(yaml: YamlFile, list: YamlNode): Channel[] {
  return yaml.list(list, 'channels').map((node) => {
    const channel = readChannel(yaml.text(node, 'a channel'))
    if (channel) return channel
    throw yaml.fail(
      node,
      'a channel has a password or a token written into its URL',
      'It would be published with the lock: write the name of a variable in its place, $TOKEN',
    )
  })
}

function booleanOf(yaml: YamlFile, node: YamlNode): boolean {
  if (yaml.isPlain(node, /^(?:true|yes|on)$/i)) return true
  if (yaml.isPlain(node, /^(?:false|no|off)$/i)) return false
  throw yaml.fail(node, 'allow-pypi-requests is neither true nor false', 'Write one of them')
}

/** What the list of dependencies asks for on the platforms that see it as `yaml` has it; markers are not asked yet. */
function specsOf(yaml: YamlFile, file: string, category: string): Spec[] {
  const place = { yaml, file, category }
  const list = yaml.top.get('dependencies')
  if (list === undefined) throw yaml.fail(null, 'no dependencies', 'An environment needs the list `dependencies:`')
  const nodes = yaml.list(list, 'dependencies')
  const conda = nodes.filter((node) => !yaml.isMapping(node)).map((node) => condaSpecOf(node, place))
  const pip = nodes.filter((node) => yaml.isMapping(node)).flatMap((node) => pipSpecsOf(node, place))
  return [...conda, ...pip]
}

const specForms = 'Write it as conda has it: numpy, numpy>=1.2,<2, numpy=1.2, numpy=1.2=py312* or conda-forge::numpy'
const requirementForms = 'Write it as PEP 508 has it: numpy, numpy>=1.2,<2 or numpy[extra] @ https://…'

interface Place {
  readonly yaml: YamlFile
  readonly file: string
  readonly category: string
}

function condaSpecOf(node: YamlNode, { yaml, file, category }: Place): CondaSpec {
  const text = yaml.text(node, 'a dependency')
  const parts = explained(
    () => readCondaSpec(text),
    (why) => yaml.fail(node, `\`${text}\` is no conda spec: ${why}`, specForms),
  )
  return { manager: 'conda', ...parts, category, origin: { file, line: yaml.line(node) } }
}

/** The `pip:` list of a mapping, and conda's pip, without which it could not be installed. */
function pipSpecsOf(mapping: YamlNode, place: Place): Spec[] {
  const { yaml, file } = place
  const list = yaml.mapping(mapping, 'a dependency').get('pip')
  if (list === undefined || yaml.isNull(list)) return []
  const lines = yaml.list(list, 'pip').map((node) => ({ node, text: yaml.text(node, 'a requirement') }))
  const specs = lines.filter(({ text }) => !isEditable(text)).map(({ node, text }) => pipSpecOf(node, text, place))
  return [...specs, { ...condaPip, origin: { file, line: yaml.line(mapping) } }]
}

/** `-e .`: conda-lock leaves it out of a lock. */
function isEditable(requirement: string): boolean {
  return /^-e .*$/.test(requirement)
}

const condaPip: Omit<CondaSpec, 'origin'> = {
  manager: 'conda',
  name: 'pip',
  version: '*',
  build: null,
  condaChannel: null,
  subdirectory: null,
  category: 'main',
}

function pipSpecOf(node: YamlNode, text: string, { yaml, file, category }: Place): PipSpec {
  const fail = (why: string) => yaml.fail(node, `\`${text}\` is no requirement: ${why}`, requirementForms)
  const parts = explained(() => readPipRequirement(text), fail)
  explained(() => holdsOn(parts.markers, 'linux-64'), fail)
  return { manager: 'pip', ...parts, category, origin: { file, line: yaml.line(node) } }
}

/** The same list where no marker takes anything away. */
function onPlatform(specs: readonly Spec[], platform: string): readonly Spec[] {
  const kept = specs.filter((spec) => spec.manager === 'conda' || holdsOn(spec.markers, platform))
  return kept.length === specs.length ? specs : kept
}

function holdsOn(markers: string | null, platform: string): boolean {
  return markers === null || markerHolds(markers, platform)
}

function explained<T>(read: () => T, fail: (why: string) => ActionError): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof BadSpec ? fail(error.message) : error
  }
}
