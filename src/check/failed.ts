import type { Failure } from '../report/types.ts'
import type { Manifest, TestReport } from './types.ts'

/** An image's tests failed, or could not run. `report` is null where there is none. */
export class TestsFailed extends Error {
  readonly failure: Failure
  readonly report: TestReport | null
  readonly manifest: Manifest | null

  constructor(failure: Failure, report: TestReport | null, manifest: Manifest | null) {
    super(failure.message)
    this.failure = failure
    this.report = report
    this.manifest = manifest
  }
}
