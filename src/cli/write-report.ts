import { UsageError } from '../config/errors.ts'
import { quote } from '../config/units.ts'
import type { Report } from '../report/report.ts'
import type { RenderOptions, Reporter } from '../reporters/reporter.ts'
import type { ProcessWorld } from '../world/process.ts'
import type { OutputPlan } from './output-plan.ts'
import { reporterAssets } from './reporter-assets.ts'

const FILE_WIDTH = 100

/** Colour by the usual signs: NO_COLOR forbids, FORCE_COLOR asks, else a terminal that is not dumb. */
export function wantsColour(world: Pick<ProcessWorld, 'env' | 'outIsTerminal'>): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = world.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  return world.outIsTerminal && TERM !== 'dumb'
}

/** The text for stdout, as wide as the terminal and in colour where that is wanted. */
export function renderText(report: Report, reporter: Reporter, world: ProcessWorld, baseline?: Report): string {
  return render(report, reporter, stdoutForm(world), baseline)
}

/** How wide stdout is, and whether in colours. */
export const stdoutForm = (world: ProcessWorld): RenderOptions => ({
  width: world.outIsTerminal ? world.columns() : 80,
  colour: wantsColour(world),
})

/** Writes all files that can be written, then throws a UsageError about those that could not. */
export function writeFiles(report: Report, plan: OutputPlan, world: ProcessWorld, baseline?: Report): void {
  const failures: string[] = []
  for (const { file, reporter } of plan.files) {
    const text = render(report, reporter, { width: FILE_WIDTH, colour: false }, baseline)
    try {
      world.writeText(file, text)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === undefined) throw error
      const kept = world.keepText(file, text)
      const where = kept === null ? '' : `; it is in ${kept} instead`
      failures.push(`--output ${quote(file)} could not be written: ${message}${where}`)
    }
  }
  if (failures[0] !== undefined) throw new UsageError(failures.join('; '), 'output')
}

/** Files first, as a reader of stdout may go away early; but a file that fails does not cost the text on stdout. */
export async function writeReport(report: Report, plan: OutputPlan, world: ProcessWorld): Promise<void> {
  try {
    writeFiles(report, plan, world)
  } finally {
    if (plan.stdout !== null) await world.out(renderText(report, plan.stdout, world))
  }
}

function render(report: Report, reporter: Reporter, form: RenderOptions, baseline?: Report): string {
  const options = { ...form, assets: reporterAssets(reporter), ...(baseline !== undefined && { baseline }) }
  const text = reporter.render(report, options)
  return text.endsWith('\n') || text === '' ? text : `${text}\n`
}
