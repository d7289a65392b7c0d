import { UsageError } from '../config/errors.ts'
import { compareRuns } from './compare-runs.ts'
import { comparisonText } from './comparison-text.ts'
import { EXIT, type ExitCode, worstExitCode } from './exit-code.ts'
import type { RenderOptions } from '../reporters/reporter.ts'
import type { Done } from './run-scenarios.ts'

/** Per step, the runs against the other endpoint held against those of the step's own. */
export function compareSides(done: readonly Done[], form: RenderOptions): { text: string; code: ExitCode } {
  const steps = new Set(done.map(({ step }) => step))
  const parts = [...steps].map(step => {
    const side = (wanted: Done['side']) =>
      done.filter(other => other.step === step && other.side === wanted).map(({ report }) => report)
    const [before, after] = [side('a'), side('b')]
    try {
      const comparison = compareRuns(before, after)
      const code = comparison.verdict === 'fail' ? EXIT.failed : EXIT.held
      return { text: comparisonText(comparison, step.name, form), code }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      // The runs themselves tell by their exit codes what is wrong with them.
      return { text: `Not compared ${step.name}: ${error.message}\n`, code: EXIT.invalid }
    }
  })
  return { text: parts.map(({ text }) => text).join('\n'), code: worstExitCode(parts.map(({ code }) => code)) }
}
