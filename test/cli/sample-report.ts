import type { Report } from '../../src/report/report.ts'

/** The smallest complete Report. */
export function sampleReport(changes: Partial<Report> = {}): Report {
  return {
    schema: 1,
    tool: { name: 'rtbench', version: '0.0.0' },
    kind: 'load',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 5000,
    config: { target: { url: 'ws://127.0.0.1:1/', transport: 'ws' }, pattern: 'echo', connections: 1 },
    environment: {},
    validity: { verdict: 'valid', reasons: [] },
    checks: [],
    metrics: { msgs_sent: { type: 'counter', value: 3 } },
    timeline: { intervalMs: 1000, series: {} },
    failures: [],
    thresholds: [],
    findings: [],
    verdict: 'pass',
    ...changes,
  }
}
