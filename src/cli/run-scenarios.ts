// `rtbench run`: every step in turn, its report written where the step and the command line say.
import { UsageError } from '../config/errors.ts'
import type { ValuesOf } from '../config/option.ts'
import { output } from '../config/options/output.ts'
import { kubernetes, repeat, run } from '../config/options/run.ts'
import { readOptions } from '../config/read-options.ts'
import type { Report } from '../report/report.ts'
import type { Call } from './command.ts'
import { EXIT, type ExitCode, exitCode, worstExitCode } from './exit-code.ts'
import { type PreparedRun, prepareSteps } from './prepare-steps.ts'
import { readScenarios } from './read-scenarios.ts'
import { loadReporters } from './reporters-found.ts'
import { planRunOutput, type RunOutput } from './run-output.ts'
import { shardWords } from './shard-words.ts'
import { stepCommands } from './step-commands.ts'
import { stopOnSignals } from './stop.ts'

export interface Done extends PreparedRun {
  report: Report
}

export async function runScenarios(call: Call): Promise<ExitCode> {
  const { args, given, world } = call
  const values = readOptions(run, given)
  const commands = await stepCommands()
  const scenarios = readScenarios(args, commands, values.step, world)
  if (readOptions(kubernetes, given).kubernetes) {
    const { printManifest } = await import('./kubernetes-job.ts')
    return printManifest(call, scenarios)
  }
  refuseAlone(readOptions(kubernetes, given))
  const times = readOptions(repeat, given)
  const words = shardWords(given, scenarios)
  const changes = {
    url: values.url,
    against: times.against,
    repeat: times.repeat ?? 1,
    words,
    wordsWhereKnown: values.allowLimited ? { allowLimited: true } : {},
  }
  const prepared = await prepareSteps(scenarios, commands, changes, world)
  const out = planRunOutput(prepared, readOptions(output, { ...given, seed: undefined }), await loadReporters(), world)
  if (values.dryRun) {
    await world.out(prepared.map(({ scenario, step }) => `${scenario.file}: ${step.name} (${step.command})\n`).join(''))
    return EXIT.held
  }
  return conduct(prepared, out, values.bail, call)
}

async function conduct(
  prepared: PreparedRun[],
  out: RunOutput,
  bail: boolean,
  { given, world }: Call,
): Promise<ExitCode> {
  const { quiet, noProgress } = readOptions(output, { ...given, seed: undefined })
  const { progressObserver } = await import('./progress-observer.ts')
  const stop = stopOnSignals(world, quiet)
  const done: Done[] = []
  try {
    for (const next of prepared) {
      const view = progressObserver(world, quiet || noProgress)
      // A signal of its own for each run: what waits for it goes with the run.
      const own = AbortSignal.any([stop.signal])
      const report = await next.run({ observer: view.observer, stop: own }).finally(view.end)
      const named = { ...report, config: { ...report.config, scenario: labelOf(next) } }
      done.push({ ...next, report: named })
      await out.write(done.at(-1)!)
      if (stop.signal.aborted || (bail && exitCode(report) !== EXIT.held)) break
    }
  } finally {
    stop.release()
  }
  const compared = await out.finish(done, prepared.length)
  return worstExitCode([...done.map(({ report }) => exitCode(report)), compared])
}

/** Goes into the report: which step of which file it is, and which of its repetitions. */
const labelOf = ({ scenario, step, side, round }: PreparedRun) => ({
  file: scenario.file,
  name: scenario.name,
  step: step.name,
  side,
  round,
})

function refuseAlone({ shards, image }: ValuesOf<typeof kubernetes>): void {
  const alone = shards === undefined ? (image === undefined ? null : 'image') : 'shards'
  if (alone !== null) throw new UsageError(`--${alone} has no meaning without --kubernetes`, alone)
}
