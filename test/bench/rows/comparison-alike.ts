// Whether a comparison of runs can be trusted: how often it cries wolf.
import { withoutCompiler } from '../c-programs.ts'
import { comparisons, DELAY_MS } from '../comparison-series.ts'
import type { Rows } from '../row.ts'

const COMPARED = 200
const LENGTH = { duration: '300ms' }

const rows: Rows = [
  {
    title: `A server compared with itself: ${COMPARED} comparisons of 10 with 10 runs of ${LENGTH.duration}`,
    figures: { alarms: 'share of comparisons that fail' },
    rounds: 1,
    anyNoise: true,
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        async run() {
          const all = await comparisons(DELAY_MS, DELAY_MS, COMPARED, LENGTH)
          return { alarms: all.filter(({ verdict }) => verdict === 'fail').length / all.length }
        },
      },
    },
    goals: [{ figure: 'alarms', against: null, most: 0.01 }],
  },
]

export default rows
