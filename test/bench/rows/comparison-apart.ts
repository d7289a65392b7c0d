// Whether a comparison of runs can be trusted: how often it sees that a server has become slower.
import { withoutCompiler } from '../c-programs.ts'
import { comparisons, DELAY_MS } from '../comparison-series.ts'
import type { Rows } from '../row.ts'

const COMPARED = 40
const SLOWER = 1.1
// At 1,000 messages per second the p99 of each run stands on the thirty slowest: none of them for its start alone, and
// with 2 ms between the servers a neighbour's few percent of the machine are felt.
const LENGTH = { duration: '3s', warmUp: '500ms', stolenMax: 0.03 }

const rows: Rows = [
  {
    title: `A server that is 10 % slower: ${COMPARED} comparisons of 10 with 10 runs of ${LENGTH.duration}`,
    figures: { found: 'share of comparisons in which p99 is worse' },
    rounds: 1,
    anyNoise: true,
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        async run() {
          const all = await comparisons(DELAY_MS, DELAY_MS * SLOWER, COMPARED, LENGTH)
          const isFound = ({ times }: (typeof all)[number]) =>
            times.some(({ name, change }) => name === 'msg_rtt p99' && change === 'worse')
          return { found: all.filter(isFound).length / all.length }
        },
      },
    },
    goals: [{ figure: 'found', against: null, least: 0.9 }],
  },
]

export default rows
