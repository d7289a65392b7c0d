// Where a result goes: decided, and refused where it cannot work, before the run starts.
import path from 'node:path'
import { UsageError } from '../config/errors.ts'
import { nearNames } from '../report/near-names.ts'
import type { ValuesOf } from '../config/option.ts'
import type { output } from '../config/options/output.ts'
import { quote } from '../config/units.ts'
import type { Reporter } from '../reporters/reporter.ts'
import type { ProcessWorld } from '../world/process.ts'

export interface OutputPlan {
  /** Null: nothing goes to stdout. */
  stdout: Reporter | null
  files: { file: string; reporter: Reporter }[]
}

export type Reporters = ReadonlyMap<string, Reporter>

export function planOutput(
  values: ValuesOf<typeof output>,
  reporters: Reporters,
  world: Pick<ProcessWorld, 'whyNotWritable'>,
): OutputPlan {
  const files = values.output.map(word => readFile(word, reporters))
  for (const [index, { file }] of files.entries()) {
    if (files.findIndex(other => other.file === file) < index)
      throw new UsageError(`--output ${quote(file)} is given twice: the second would overwrite the first`, 'output')
    const reason = world.whyNotWritable(file)
    if (reason !== null) throw new UsageError(`--output ${quote(file)} cannot be written: ${reason}`, 'output')
  }
  return { stdout: stdoutReporter(values, reporters), files }
}

function stdoutReporter(values: ValuesOf<typeof output>, reporters: Reporters): Reporter | null {
  const { format, json, quiet } = values
  if (json && format !== undefined && format !== 'json')
    throw new UsageError(`--json and --format ${format} exclude each other: leave one out`, 'format')
  const asked = json ? 'json' : format
  if (quiet && asked !== undefined)
    throw new UsageError(
      `--quiet prints nothing, --${json ? 'json' : 'format'} asks for output: leave one out`,
      'quiet',
    )
  return quiet ? null : named(asked ?? 'table', '--format', reporters)
}

function named(name: string, flag: string, reporters: Reporters): Reporter {
  const reporter = reporters.get(name)
  if (reporter !== undefined) return reporter
  const near = nearNames(name, [...reporters.keys()])
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${[...reporters.keys()].join(', ')}`
  throw new UsageError(`${flag}: there is no format ${quote(name)}: ${hint}`, flag.slice(2))
}

// Without the ending of the format's own file the name is that of a folder.
function inFolder(file: string, reporter: Reporter): { file: string; reporter: Reporter } {
  const { fileInFolder } = reporter
  const isFile = fileInFolder === undefined || path.extname(file) === path.extname(fileInFolder)
  return { file: isFile ? file : path.join(file, fileInFolder), reporter }
}

// `[FORMAT=]FILE`; without a format the longest known ending names it.
function readFile(word: string, reporters: Reporters): { file: string; reporter: Reporter } {
  const [, name, rest] = /^([a-z][a-z\d-]*)=(.*)$/s.exec(word) ?? []
  const file = rest ?? word
  if (file === '' || file === '-')
    throw new UsageError('--output needs the name of a file; what goes to stdout is --format', 'output')
  if (name !== undefined) return inFolder(file, named(name, '--output', reporters))
  let best: { reporter: Reporter; length: number } | undefined
  for (const reporter of reporters.values())
    for (const ending of reporter.endings)
      if (file.toLowerCase().endsWith(`.${ending}`) && ending.length > (best?.length ?? 0))
        best = { reporter, length: ending.length }
  if (best !== undefined) return { file, reporter: best.reporter }
  const endings = [...reporters.values()].flatMap(reporter => reporter.endings.slice(0, 1)).map(ending => `.${ending}`)
  throw new UsageError(
    `--output ${quote(file)}: its ending names no format; use one of ${endings.join(' ')} or write FORMAT=FILE`,
    'output',
  )
}
