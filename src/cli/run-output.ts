// Where the results of several steps go.
import { UsageError } from '../config/errors.ts'
import type { ValuesOf } from '../config/option.ts'
import { output } from '../config/options/output.ts'
import { outputName, type ResultName } from '../config/output-name.ts'
import { readOptions } from '../config/read-options.ts'
import type { ScenarioStep } from '../config/scenario.ts'
import type { ProcessWorld } from '../world/process.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type OutputPlan, planOutput, type Reporters } from './output-plan.ts'
import type { PreparedRun } from './prepare-steps.ts'
import type { Done } from './run-scenarios.ts'
import { runSummary } from './run-summary.ts'
import { renderText, stdoutForm, writeFiles } from './write-report.ts'

export interface RunOutput {
  write(done: Done): Promise<void>
  /** After the last run: what is said about all of them. */
  finish(done: readonly Done[], planned: number): Promise<ExitCode>
}

// Formats whose texts may follow one another in one stream.
const STREAMS = new Set(['table', 'json', 'ndjson', 'markdown', 'github', 'csv'])

export function planRunOutput(
  prepared: readonly PreparedRun[],
  values: ValuesOf<typeof output>,
  reporters: Reporters,
  world: ProcessWorld,
): RunOutput {
  const { stdout } = planOutput({ ...values, output: [] }, reporters, world)
  const format = [...reporters].find(([, reporter]) => reporter === stdout)?.[0] ?? null
  const isOnly = prepared.length === 1
  if (!isOnly && format !== null && !STREAMS.has(format))
    throw new UsageError(
      `--format ${format} is one document, but ${prepared.length} results come: write -o '${format}=results/{step}', or name one with --step`,
      'format',
    )
  refuseInStep(prepared, own => planOutput({ ...values, output: [...own] }, reporters, world))
  const plans = new Map(prepared.map(run => [labelOf(run), fileWords(run, values.output, prepared)]))
  const all = planOutput({ ...values, output: [...plans.values()].flat() }, reporters, world).files
  const texts: string[] = []
  return {
    async write(done) {
      const words = plans.get(labelOf(done))!
      const first = [...plans.values()].flat().indexOf(words[0] ?? '')
      const plan: OutputPlan = { stdout, files: words.length === 0 ? [] : all.slice(first, first + words.length) }
      writeFiles(done.report, plan, world)
      if (stdout === null) return
      const text = renderText(done.report, stdout, world)
      if (format === 'json' && !isOnly) texts.push(text.trimEnd())
      else await world.out(format === 'table' && !isOnly ? `${heading(done)}\n${text}\n` : text)
    },
    async finish(done, planned) {
      if (format === 'json' && !isOnly) await world.out(`[\n${texts.join(',\n')}\n]\n`)
      if (format === 'table' && !isOnly) await world.out(runSummary(done, planned))
      if (!prepared.some(({ side }) => side === 'b')) return EXIT.held
      const { compareSides } = await import('./compare-sides.ts')
      const { text, code } = compareSides(done, stdoutForm(world))
      // Other formats have no place for it: it must not spoil what a program reads.
      if (format === 'table') await world.out(`\n${text}`)
      else if (format !== null) world.err(text)
      return code
    },
  }
}

const labelOf = ({ scenario, step, side, round }: PreparedRun) => `${scenario.file}\n${step.name}\n${side}${round}`

const heading = ({ scenario, step, side, round }: Done) =>
  `# ${scenario.name}: ${step.name} ${side}${round}`.replace(/ a1$/, '')

// A step's own files are refused where the step names them.
function refuseInStep(prepared: readonly PreparedRun[], plan: (own: readonly string[]) => void): void {
  for (const step of new Set(prepared.map(run => run.step)))
    try {
      plan(ownWords(step))
    } catch (error) {
      throw error instanceof UsageError ? step.locate(error) : error
    }
}

const ownWords = ({ given }: ScenarioStep) => readOptions(output, { output: given['output'] }).output

// The step's own files, then those of the command line, each with the name of this run.
function fileWords(run: PreparedRun, words: readonly string[], prepared: readonly PreparedRun[]): string[] {
  const files = new Set(prepared.map(({ scenario }) => scenario.file))
  const isRepeated = prepared.some(({ side, round }) => side === 'b' || round > 1)
  const name: ResultName = {
    step: files.size > 1 ? `${run.scenario.name}-${run.step.name}` : run.step.name,
    run: isRepeated ? `${run.side}${run.round}` : null,
  }
  return [
    ...ownWords(run.step).map(word => outputName(word, { ...name, step: '' }, !isRepeated)),
    ...words.map(word => outputName(word, name, prepared.length === 1)),
  ]
}
