import { output } from '../config/options/output.ts'
import { readOptions } from '../config/read-options.ts'
import type { RunContext } from '../engine/progress.ts'
import type { Report } from '../report/report.ts'
import type { Call } from './command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { planOutput } from './output-plan.ts'
import { progressObserver } from './progress-observer.ts'
import { loadReporters } from './reporters-found.ts'
import { stopOnSignals } from './stop.ts'
import { writeReport } from './write-report.ts'

/**
 * What every command that makes a Report does around its run: refuse output that cannot be written, show progress,
 * turn signals into a request to stop, write the report (also a partial one), answer with the exit code.
 */
export async function runAndReport(call: Call, run: (context: RunContext) => Promise<Report>): Promise<ExitCode> {
  const { world } = call
  const values = readOptions(output, call.given)
  const plan = planOutput(values, await loadReporters(), world)
  const stop = stopOnSignals(world, values.quiet)
  try {
    const view = progressObserver(world, values.quiet || values.noProgress)
    const report = await run({ observer: view.observer, stop: stop.signal }).finally(view.end)
    await writeReport(report, plan, world)
    return exitCode(report)
  } finally {
    stop.release()
  }
}
