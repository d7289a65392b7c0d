// Whether a comparison of runs can be trusted: how often it cries wolf, and how often it sees one.
import { withoutCompiler } from '../c-programs.ts'
import { comparisons } from '../comparison-series.ts'
import type { Rows } from '../row.ts'

const DELAY_MS = 20
const OF_EQUALS = 200
const ALIKE = { duration: '300ms' }
const OF_SLOWER = 40
// At 1,000 messages per second the p99 of each run stands on the ten slowest: none of them for the start of the run alone.
const APART = { duration: '1s', warmUp: '1s', undisturbed: true }

const rows: Rows = [
  {
    title: `A server that is 10 % slower: ${OF_SLOWER} comparisons of 10 with 10 runs of ${APART.duration}`,
    figures: { found: 'share of comparisons in which p99 is worse' },
    rounds: 1,
    anyNoise: true,
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        async run() {
          const all = await comparisons(DELAY_MS, DELAY_MS * 1.1, OF_SLOWER, APART)
          const isFound = ({ times }: (typeof all)[number]) =>
            times.some(({ name, change }) => name === 'msg_rtt p99' && change === 'worse')
          return { found: all.filter(isFound).length / all.length }
        },
      },
    },
    goals: [{ figure: 'found', against: null, least: 0.9 }],
  },
  {
    title: `A server compared with itself: ${OF_EQUALS} comparisons of 10 with 10 runs of ${ALIKE.duration}`,
    figures: { alarms: 'share of comparisons that fail' },
    rounds: 1,
    anyNoise: true,
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        async run() {
          const all = await comparisons(DELAY_MS, DELAY_MS, OF_EQUALS, ALIKE)
          return { alarms: all.filter(({ verdict }) => verdict === 'fail').length / all.length }
        },
      },
    },
    goals: [{ figure: 'alarms', against: null, most: 0.01 }],
  },
]

export default rows
