import { writeFileSync } from 'node:fs'

/** Loaded before a program by `node --import`: writes its peak resident memory, KiB, into the file that BENCH_PEAK_FILE names. */
process.on('exit', () => {
  if (process.env.BENCH_PEAK_FILE) writeFileSync(process.env.BENCH_PEAK_FILE, String(process.resourceUsage().maxRSS))
})
