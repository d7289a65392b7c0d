// Words → the frozen configuration of a check run.
import { readBaseline } from './baseline.ts'
import { DEFAULT_CURSOR } from './cursor.ts'
import { freeze } from './freeze.ts'
import { check } from './options/check.ts'
import { gate } from './options/gate.ts'
import { poll } from './options/poll.ts'
import { publish } from './options/publish.ts'
import { target } from './options/target.ts'
import { tls } from './options/tls.ts'
import { resolvePublish } from './publish.ts'
import type { OptionWords } from './option-words.ts'
import { type Given, givenWords, readOptions, refuseUnknown } from './read-options.ts'
import type { CheckConfig } from './run-config.ts'
import { type ReadText, resolveTarget } from './target.ts'

/** All options of a check run but where its result goes, in the order of the help. */
export const CHECK_GROUPS = [check, target, tls, publish, poll, gate] as const

const USUAL_JOBS = 4

export function resolveCheck(url: string | null | undefined, given: Given, readText: ReadText): CheckConfig {
  const publishing = resolvePublish(readOptions(publish, given), url ?? null)
  const targetValues = { ...readOptions(target, given), ...readOptions(tls, given) }
  const values = readOptions(check, given)
  const resolved = resolveTarget(url, targetValues, readText, publishing?.url ?? null)
  return freeze({
    kind: 'check',
    given: givenWords(CHECK_GROUPS, given),
    // Without a URL the embedded endpoint is checked on every transport, unless one is named.
    target: url === null || url === undefined ? { ...resolved, transport: targetValues.transport ?? 'auto' } : resolved,
    publish: publishing,
    cursor: readOptions(poll, given).cursor ?? DEFAULT_CURSOR,
    only: values.only,
    skip: values.skip,
    strict: values.strict,
    baseline: values.baseline === undefined ? null : readBaseline(values.baseline, readText),
    jobs: values.jobs ?? USUAL_JOBS,
    echo: values.echo ?? null,
    originAllowed: values.originAllowed ?? null,
    slow: values.slow,
    wire: values.wire !== undefined,
    thresholds: readOptions(gate, given).threshold,
  })
}

/** The options of `rtbench check` as an object; without `url` the embedded endpoint is checked. */
export type CheckWords = { url?: string | undefined } & Omit<
  OptionWords<(typeof CHECK_GROUPS)[number]>,
  'list' | 'wire'
>

/** The words as they are, after a look for misspelt ones. */
export function checkWords(words: CheckWords): Given {
  refuseUnknown(CHECK_GROUPS, words, ['url'])
  return words
}
