import type { CheckResult, CheckVerdict } from '../report/report.ts'
import { targetOf } from '../report/run-description.ts'
import { plainJson } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

// What cannot be told is no success.
const behaviors: Record<CheckVerdict, string> = {
  fail: 'FAILED',
  error: 'FAILED',
  warn: 'NON-STRICT',
  skip: 'UNIMPLEMENTED',
  info: 'INFORMATIONAL',
  pass: 'OK',
}
const worstFirst = Object.keys(behaviors) as CheckVerdict[]

/** By agent, then case; a case has the worst verdict of the checks that decide it. */
const autobahn: Reporter = {
  title: 'index.json of the Autobahn test suite, for scripts that read it: -o autobahn=DIR',
  endings: ['autobahn.json'],
  fileInFolder: 'index.json',
  render: report => {
    const decisive = new Map<string, CheckResult>()
    for (const verdict of worstFirst)
      for (const check of report.checks.filter(one => one.verdict === verdict))
        for (const id of check.autobahn ?? []) if (!decisive.has(id)) decisive.set(id, check)
    const cases = [...decisive].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, check]) => [id, caseOf(check)])
    return `${plainJson({ [targetOf(report)]: Object.fromEntries(cases) }, 3)}\n`
  },
}

export default autobahn

// One verdict is given on what a server answers and on how it closes. There is no file for each case.
function caseOf({ verdict, ms }: CheckResult) {
  return {
    behavior: behaviors[verdict],
    behaviorClose: verdict === 'warn' ? 'OK' : behaviors[verdict],
    duration: Math.round(ms),
    remoteCloseCode: null,
    reportfile: '',
  }
}
