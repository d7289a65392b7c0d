import { defineCommand } from '../command.ts'

export default defineCommand({
  group: 'Gate and compare',
  summary: 'results again: in another format, merged from shards, or compared',
  description: `Reads results written by --json or -o, and renders them in any format; joins the shards of one run; holds thresholds
against a result; or tells whether runs are slower than earlier ones.`,
  arguments: [
    { term: '<result...>', help: 'JSON results, or lists of them as rtbench run --json prints, or - for stdin' },
  ],
  async options() {
    const { report } = await import('../../config/options/report.ts')
    const { gate } = await import('../../config/options/gate.ts')
    const { output } = await import('../../config/options/output.ts')
    const { format, json, output: files, quiet } = output.options
    return [report, gate, { title: output.title, options: { format, json, output: files, quiet } }]
  },
  examples: [
    ['rtbench report result.json -o result.html', 'the same result as a page'],
    ['rtbench report --merge part-*.json -o whole.json', 'the shards of one run as one result'],
    [
      'rtbench report --baseline old.json new.json',
      'has it become slower, or is it noise? Each a list of seven runs or more',
    ],
    ["rtbench report result.json --threshold 'msg_rtt: p(99)<50ms'", 'a gate after the run'],
  ],
  notes: `Comparing: the run is the unit, because the messages of one run share its luck,
so about seven runs a side are needed. A time counts as changed only when
Mann-Whitney (corrected over all figures), the bootstrap interval of the ratio
and --min-effect all say so; counts (losses, bytes, failed checks) are compared
exactly. Exit 1 when something became worse.

rtbench run --repeat 10 --json makes such a list; --baseline may be repeated.

Rendering alone exits 0 whatever the result says; --merge, --threshold and
--baseline exit by what they find.`,
  async run(call) {
    const { reportAgain } = await import('../report-again.ts')
    return reportAgain(call)
  },
})
