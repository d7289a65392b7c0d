const steps = '▁▂▃▄▅▆▇█'

/** The last `width` values as bars on a logarithmic scale; a space where there was no sample. */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const shown = width > 0 ? values.slice(-width) : []
  const logs = shown.map(value => (value === null || value <= 0 ? null : Math.log(value)))
  const real = logs.filter(value => value !== null)
  const lowest = Math.min(...real)
  // Less than a doubling between the extremes is noise, and is not drawn as mountains.
  const span = Math.max(Math.max(...real) - lowest, Math.LN2)
  return logs.map(value => (value === null ? ' ' : steps[Math.round(((value - lowest) / span) * 7)]!)).join('')
}
