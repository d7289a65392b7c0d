// The file of --baseline: which verdicts are known.
import { parseDocument } from 'yaml'
import { UsageError } from './errors.ts'
import type { CheckConfig, ExpectedVerdict } from './run-config.ts'
import type { ReadText } from './target.ts'

const VERDICTS: readonly string[] = ['pass', 'warn', 'fail', 'info', 'skip', 'error']

/** YAML (JSON is YAML): `id: verdict`, or `id: {verdict: …, because: …}`, with comments. */
export function readBaseline(file: string, readText: ReadText): NonNullable<CheckConfig['baseline']> {
  const wrong = (what: string) => new UsageError(`--baseline ${JSON.stringify(file)}: ${what}`, 'baseline')
  const document = parseDocument(readText(file, '--baseline'))
  const [error] = document.errors
  if (error !== undefined) throw wrong(error.message.split('\n')[0]!.replace(/:$/, ''))
  const value: unknown = document.toJS() ?? {}
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('it is not a list of lines "id: verdict"')
  return Object.fromEntries(
    Object.entries(value).map(([id, written]) => {
      const { verdict, because = '' } = (typeof written === 'string' ? { verdict: written } : (written ?? {})) as {
        verdict?: unknown
        because?: unknown
      }
      if (typeof verdict !== 'string' || !VERDICTS.includes(verdict) || typeof because !== 'string')
        throw wrong(`${JSON.stringify(id)} is one of ${VERDICTS.join(', ')}, or {verdict: …, because: …}`)
      return [id, { verdict: verdict as ExpectedVerdict, because }]
    }),
  )
}
