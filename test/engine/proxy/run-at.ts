// One proxy run as the command line would start it, against a port on loopback.
import { resolveProxy } from '../../../src/config/proxy-config.ts'
import { runProxy } from '../../../src/engine/proxy.ts'
import { CERTIFICATE } from './proxies/certificate.ts'
import type { Report } from '../../../src/report/report.ts'

export async function runAt(port: number, words: Record<string, unknown> = {}, path = '/events'): Promise<Report> {
  return runAtUrl(`http://127.0.0.1:${port}${path}`, words)
}

/** `cacert` names no file: whatever it is called, it holds the certificate of the test proxies. */
export async function runAtUrl(url: string, words: Record<string, unknown>): Promise<Report> {
  const config = resolveProxy(url, words, () => CERTIFICATE)
  // A machine that was too busy to measure says so; then the run says nothing of the path, and is made again.
  for (let tries = 1; ; tries += 1) {
    const report = await runProxy(config, { observer: () => {}, stop: new AbortController().signal })
    if (report.verdict !== 'invalid' || tries === 3) return report
  }
}

export const findingOf = (report: Report, id: string) => {
  const found = report.findings.find(finding => finding.id === id)
  if (found === undefined) throw new Error(`no finding ${id}, only ${report.findings.map(one => one.id).join(', ')}`)
  return found
}
