/** How one test ended. */
export type CaseOutcome = 'passed' | 'failed' | 'skipped'

/** One test that ran in an image. All text of it is untrusted. */
export interface TestCase {
  /** The command, or the file's name. */
  readonly name: string
  /** The image that the test is of: another one where it is inherited. */
  readonly image: string
  readonly kind: 'command' | 'script' | 'pytest' | 'notebook' | 'container'
  readonly outcome: CaseOutcome
  /** Its failure stops nothing. */
  readonly allowed: boolean
  readonly seconds: number | null
  /** Why it failed or was left out, one line; empty where it passed. */
  readonly reason: string
  /** The last lines that it wrote, oldest first. */
  readonly tail: readonly string[]
  /** What its reports say; null where it wrote none that can be read. */
  readonly reported: Reported | null
  /** Where it is written, for people; 1-based line. */
  readonly place: { readonly file: string; readonly line: number | null } | null
}

/** What JUnit files say: how many cases, and which of them failed. */
export interface Reported {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly { readonly name: string; readonly message: string }[]
}

/** The tests of one image. */
export interface TestReport {
  readonly outcome: CaseOutcome
  readonly cases: readonly TestCase[]
  /** The platform that they ran on; null: the builder's own. */
  readonly platform: string | null
  /** What was left out or could not be read, a sentence each. */
  readonly notes: readonly string[]
}

/** A package of an image, as its package manager names it. */
export interface Package {
  readonly name: string
  readonly version: string
  /** conda's build, empty elsewhere. */
  readonly build?: string
}

/** What is in an image. All text of it is untrusted. */
export interface Manifest {
  /** `Ubuntu 24.04.1 LTS`; null where the image does not say. */
  readonly system: string | null
  readonly python: string | null
  readonly cuda: string | null
  /** By the manager's name (`conda`, `pip`, `apt`, `apk`, `rpm`), sorted by name. */
  readonly packages: Readonly<Record<string, readonly Package[]>>
  /** Commands of spec.yml with the end of what they wrote. */
  readonly commands: readonly { readonly command: string; readonly status: number | null; readonly output: string }[]
}
