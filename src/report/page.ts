import type { Report } from './report.ts'
import type { Section, SectionOf, SectionsOf } from './section.ts'
import { brokenChecks } from './sections/broken-checks.ts'
import { bytes } from './sections/bytes.ts'
import { checks } from './sections/checks.ts'
import { connections } from './sections/connections.ts'
import { failures } from './sections/failures.ts'
import { findings } from './sections/findings.ts'
import { generator } from './sections/generator.ts'
import { arrivals } from './sections/arrivals.ts'
import { outage } from './sections/outage.ts'
import { messages } from './sections/messages.ts'
import { overhead } from './sections/overhead.ts'
import { thresholds } from './sections/thresholds.ts'
import { latency, setupTimes } from './sections/timings.ts'

// The order of a page: what happened, how fast, at what cost, what went wrong, whether to believe it, what was demanded.
const order: (SectionOf | SectionsOf)[] = [
  outage,
  arrivals,
  connections,
  messages,
  setupTimes,
  latency,
  bytes,
  overhead,
  brokenChecks,
  checks,
  failures,
  findings,
  generator,
  thresholds,
]

/** Everything there is to show of a report for people, in order. */
export function pageOf(report: Report): Section[] {
  return order.flatMap(section => section(report) ?? [])
}
