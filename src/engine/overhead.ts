import { wall } from '../world/clock.ts'
import type { OverheadConfig } from '../config/overhead-config.ts'
import { redact } from '../config/redact.ts'
import type { PublishConfig, TargetConfig } from '../config/run-config.ts'
import { spawnEndpoint } from '../endpoint/spawn.ts'
import { type FailureClass, type Report, SCHEMA_VERSION } from '../report/report.ts'
import { evaluateThresholds } from '../report/thresholds.ts'
import { now } from '../world/clock.ts'
import { version } from '../world/version.ts'
import { detectTransport } from './detect.ts'
import { environmentOf } from './environment.ts'
import { costMetrics } from './overhead/cost.ts'
import { overheadFindings } from './overhead/findings.ts'
import { type Measured, measureTransport, type Way } from './overhead/measure-transport.ts'
import { machineLimits } from './preflight.ts'
import type { RunContext } from './progress.ts'

interface Subject {
  way: Way
  target: TargetConfig
}

/** Measures each transport after the other: side by side they would share the machine. */
export async function runOverhead(config: OverheadConfig, context: RunContext): Promise<Report> {
  const startedAt = new Date(wall())
  const startMs = now()
  const isEmbedded = config.targets[0]!.url === null
  const endpoint = isEmbedded ? await spawnEndpoint({}) : null
  const failures: FailureClass[] = []
  const measured: Measured[] = []
  try {
    const own: PublishConfig | null =
      endpoint === null ? null : { url: endpoint.url('/publish'), method: 'POST', headers: [], body: '{{message}}' }
    const subjects = endpoint === null ? await subjectsOf(config, failures) : embeddedSubjects(config, endpoint.url)
    for (const { way, target } of subjects) {
      if (context.stop.aborted) break
      measured.push(await measureTransport(config, target, way, own ?? config.publish))
    }
  } finally {
    await endpoint?.stop()
  }
  for (const { way, url, failure } of measured)
    if (failure !== null) failures.push({ class: way, count: 1, examples: [`${url}: ${failure}`] })
  return overheadReport(config, context, { measured, failures, startedAt, durationMs: Math.round(now() - startMs) })
}

function embeddedSubjects(config: OverheadConfig, urlOf: (path: string, scheme?: 'http' | 'ws') => string): Subject[] {
  const target = config.targets[0]!
  const at = (way: Way, path: string): Subject => ({
    way,
    target: { ...target, url: urlOf(path, way === 'ws' ? 'ws' : 'http') },
  })
  return [at('ws', '/ws'), at('sse', '/events'), at('poll', '/messages'), at('plain-poll', '/messages?timeout=1ms')]
}

async function subjectsOf(config: OverheadConfig, failures: FailureClass[]): Promise<Subject[]> {
  const subjects: Subject[] = []
  for (const target of config.targets) {
    if (/^wss?:/.test(target.url!)) {
      subjects.push({ way: 'ws', target })
      continue
    }
    const found = await detectTransport(target, target.url!)
    if ('failure' in found) failures.push({ class: found.failure.kind, count: 1, examples: [found.failure.text] })
    else if (found.transport === 'poll') subjects.push({ way: 'poll', target }, { way: 'plain-poll', target })
    else subjects.push({ way: 'sse', target: { ...target, url: found.url } })
  }
  return subjects
}

interface Outcome {
  measured: Measured[]
  failures: FailureClass[]
  startedAt: Date
  durationMs: number
}

function overheadReport(config: OverheadConfig, { stop }: RunContext, outcome: Outcome): Report {
  const { measured, failures, startedAt, durationMs } = outcome
  const good = measured.filter(({ failure, messages }) => failure === null && messages > 0)
  const metrics = Object.assign({}, ...good.map(costMetrics)) as Report['metrics']
  const thresholds = evaluateThresholds(config.thresholds, { metrics, durationMs })
  const holds = thresholds.every(({ ok }) => ok) && failures.length === 0
  return {
    schema: SCHEMA_VERSION,
    tool: { name: 'rtbench', version: version() },
    kind: 'overhead',
    startedAt: startedAt.toISOString(),
    durationMs,
    config: redact(config),
    environment: environmentOf(machineLimits(), 0),
    validity: { verdict: 'valid', reasons: [] },
    checks: [],
    metrics,
    timeline: { intervalMs: 1000, series: {} },
    failures,
    thresholds,
    findings: overheadFindings(config, measured),
    ...(stop.aborted && { interrupted: stop.reason === 'SIGTERM' ? ('SIGTERM' as const) : ('SIGINT' as const) }),
    verdict: good.length === 0 && !stop.aborted ? 'unreachable' : holds ? 'pass' : 'fail',
  }
}
