/** One run of a step: the endpoint the step names is A, that of --against is B. */
export interface PlannedRun {
  side: 'a' | 'b'
  /** Counted from 1, for each side. */
  round: number
}

/**
 * The order of repeated runs. Two sides alternate as A B B A: a machine that slowly warms up or fills up then favours
 * neither.
 */
export function runOrder(repeat: number, hasOther: boolean): PlannedRun[] {
  return Array.from({ length: repeat }, (_, index): PlannedRun[] => {
    const round = index + 1
    if (!hasOther) return [{ side: 'a', round }]
    return index % 2 === 0
      ? [
          { side: 'a', round },
          { side: 'b', round },
        ]
      : [
          { side: 'b', round },
          { side: 'a', round },
        ]
  }).flat()
}
