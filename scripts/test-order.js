import Sequencer from '@jest/test-sequencer'

/**
 * Seconds of the slow files, on two cores. A fresh clone has no notes of its own, and jest goes by size there: a slow file
 * that begins last keeps one core busy while the other has nothing left to do.
 */
const seconds = {
  'e2e/cache-faults': 286,
  'e2e/registry-faults': 212,
  'e2e/publish': 168,
  'e2e/mount-safety': 151,
  'e2e/cache-registry': 151,
  'e2e/fingerprints': 137,
  'e2e/drivers': 110,
  'e2e/cache-local': 93,
  'e2e/drivers-limits': 80,
  'e2e/faults-names': 76,
  'e2e/cache-machines': 73,
  'e2e/mounts-reference': 70,
  'e2e/faults': 65,
  'e2e/mounts-drivers': 62,
  'e2e/cancel': 55,
  'e2e/flows-reference': 55,
  'e2e/image-tests-drivers': 53,
  'e2e/platforms': 53,
  'e2e/locks-build': 51,
  'e2e/world': 50,
  'e2e/cleanup': 49,
  'hostile/names': 116,
  'steps/refresh-pull': 116,
  'steps/events': 92,
  'tools/command-line': 76,
  'steps/commit': 71,
  'differential/changed-files': 69,
  'hostile/files': 63,
  'steps/lock': 63,
  'tools/solve/solver': 58,
  'hostile/texts': 50,
  'tools/actions-cache': 41,
  'steps/commit-permission': 40,
  'steps/files': 36,
  'hostile/events': 35,
  'steps/commit-deliver': 34,
  'steps/published': 30,
  'steps/condalock': 29,
  'steps/comment': 26,
  'never-miss/changes': 22,
}

/** The longest first, by `seconds`; the others as jest orders them. */
export default class TestOrder extends Sequencer {
  sort(tests) {
    const known = ({ path }) => seconds[/__tests__\/(.*)\.test\.ts$/.exec(path)?.[1]] ?? 0
    return super.sort(tests).toSorted((a, b) => known(b) - known(a))
  }
}
