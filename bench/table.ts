import type { Results, Row } from './types.ts'

/** docs/benchmarks.md from results.json. */
export function renderPage({ date, machine, versions, results }: Results): string {
  const list = (values: Readonly<Record<string, string>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')
  return [
    '# Benchmarks',
    '',
    'Written by `make bench` from bench/results.json; `make bench ONLY=name` measures one benchmark again and keeps the other',
    'rows. Ours and its peer run in turns in the same run, after a warm-up that does not count. Numbers are medians, with the',
    'smallest and the largest in brackets: where these overlap, the difference is noise. A ratio below 1 is in our favour.',
    '',
    '| name | what | ours | peer | ratio | goal | met | runs | command |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(line),
    '',
    ...notes(results),
    `Measured on ${date}: ${list(machine)}.`,
    `With ${list(versions)}.`,
    '',
  ].join('\n')
}

/** A row for a terminal. */
export function renderRow(row: Row): string {
  const peer = row.against === null ? '' : ` against ${numbers(row.peer, row.peerRange, row.unit)} of ${row.against}`
  const goal = row.goal === null ? '' : `; goal ${row.goal}: ${row.met ? 'met' : 'MISSED'}`
  return `${row.name}: ${numbers(row.value, row.range, row.unit)}${peer}${row.ratio === null ? '' : `, ratio ${row.ratio}`}${goal}`
}

function line(row: Row): string {
  const { name, title, value, unit, range, against, peer, peerRange, ratio, goal, met, runs, command } = row
  const cells = [
    name,
    title,
    numbers(value, range, unit),
    against === null ? '–' : `${numbers(peer, peerRange, unit)}, ${against}`,
    ratio ?? '–',
    goal ?? '–',
    met === null ? '–' : met ? 'yes' : '**no**',
    runs,
    `\`${command}\``,
  ]
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
}

function numbers(value: number | null, range: readonly [number, number] | null, unit: string): string {
  return value === null ? '–' : `${value} ${unit}${range ? ` (${range[0]}–${range[1]})` : ''}`
}

function notes(results: readonly Row[]): string[] {
  const lines = results.filter((row) => row.note !== null).map((row) => `* **${row.name}**: ${row.note}`)
  return lines.length === 0 ? [] : [...lines, '']
}
