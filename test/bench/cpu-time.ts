/** ns of CPU time per unit: the median of several batches after warm-up, with the range they span. */
export function cpuTimePerUnit(units: number, batch: () => void, batches = 7): string {
  batch()
  batch()
  const times: number[] = []
  for (let index = 0; index < batches; index += 1) {
    const before = process.cpuUsage()
    batch()
    const { user, system } = process.cpuUsage(before)
    times.push(((user + system) * 1000) / units)
  }
  times.sort((a, b) => a - b)
  const median = times[times.length >> 1]!
  const range = `${times[0]!.toFixed(0)}–${times.at(-1)!.toFixed(0)}`
  return `${median.toFixed(0).padStart(6)} ns (${range}), ${(1000 / median).toFixed(2)} M per CPU second`
}
