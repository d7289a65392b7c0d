// `rtbench report`: results that are there already, merged, gated, compared and rendered.
import { UsageError } from '../config/errors.ts'
import { gate } from '../config/options/gate.ts'
import { output } from '../config/options/output.ts'
import { report as reportOptions } from '../config/options/report.ts'
import { outputName } from '../config/output-name.ts'
import { readOptions } from '../config/read-options.ts'
import { mergeReports } from '../report/merge.ts'
import type { Report } from '../report/report.ts'
import type { Call } from './command.ts'
import { compareRuns, orUsageError } from './compare-runs.ts'
import { comparisonText } from './comparison-text.ts'
import { EXIT, type ExitCode, exitCode, worstExitCode } from './exit-code.ts'
import { gateReport } from './gate-report.ts'
import { planOutput } from './output-plan.ts'
import { readResults } from './read-results.ts'
import { loadReporters } from './reporters-found.ts'
import { renderText, stdoutForm, writeFiles } from './write-report.ts'

export async function reportAgain(call: Call): Promise<ExitCode> {
  const { args, given, world } = call
  const values = readOptions(reportOptions, given)
  const thresholds = readOptions(gate, given).threshold
  if (values.minEffect !== undefined && values.baseline.length === 0)
    throw new UsageError('--min-effect has no meaning without --baseline', 'min-effect')
  if (values.merge && values.baseline.length > 0)
    throw new UsageError('--merge and --baseline exclude each other: merge first, then compare the results', 'merge')
  const found = args.flatMap(file => readResults(file, 'result', world))
  const before = values.baseline.flatMap(file => readResults(file, '--baseline', world))
  const whole = values.merge ? [orUsageError(() => mergeReports(found))] : found
  const results = whole.map(result => gateReport(result, thresholds))
  const comparison = before.length === 0 ? null : compareRuns(before, results, values.minEffect)
  await writeResults(results, before, call)
  const gates = values.merge || thresholds.length > 0 ? results.map(exitCode) : []
  if (comparison === null) return worstExitCode(gates)
  const { json, format, quiet } = readOptions(output, given)
  if (json || format === 'json') await world.out(`${JSON.stringify(comparison, null, 2)}\n`)
  else if (!quiet) await world.out(comparisonText(comparison, '', stdoutForm(world)))
  return worstExitCode([...gates, comparison.verdict === 'fail' ? EXIT.failed : EXIT.held])
}

// Compared results are many and alike: on stdout only the comparison is shown.
async function writeResults(results: Report[], before: Report[], { given, world }: Call): Promise<void> {
  const values = readOptions(output, given)
  const reporters = await loadReporters()
  const isOnly = results.length === 1
  const words = results.map((result, index) =>
    values.output.map(word => outputName(word, { step: nameOf(result, index), run: null }, isOnly)),
  )
  const { stdout, files } = planOutput({ ...values, output: words.flat() }, reporters, world)
  const texts: string[] = []
  for (const [index, result] of results.entries()) {
    const own = files.slice(index * values.output.length, (index + 1) * values.output.length)
    // A page can lay one earlier run over the new one; more are figures of the comparison.
    writeFiles(result, { stdout, files: own }, world, before.length === 1 ? before[0] : undefined)
    if (stdout !== null && before.length === 0) texts.push(renderText(result, stdout, world))
  }
  const isJson = stdout === reporters.get('json')
  if (isJson && !isOnly && texts.length > 0) await world.out(`[\n${texts.map(text => text.trimEnd()).join(',\n')}\n]\n`)
  else for (const text of texts) await world.out(text)
}

function nameOf({ config, kind }: Report, index: number): string {
  const { step } = (config['scenario'] ?? {}) as { step?: unknown }
  return `${typeof step === 'string' ? step : kind}-${index + 1}`
}
