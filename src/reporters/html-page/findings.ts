import type { Finding, Report } from '../../report/report.ts'
import type { Tone } from '../../report/section.ts'
import { escapeXml } from '../markup/xml.ts'

const tones: Record<Finding['severity'], Tone> = { error: 'bad', warning: 'warning', info: 'quiet' }
const order: Finding['severity'][] = ['error', 'warning', 'info']

/** What was found, worst first, each with what to change. */
export function findingsHtml({ findings }: Report): string {
  if (findings.length === 0) return ''
  const items = order.flatMap(severity => findings.filter(finding => finding.severity === severity)).map(findingHtml)
  return `<section id="findings" class="wide"><h2>Findings</h2>${items.join('\n')}</section>\n`
}

function findingHtml({ id, severity, text, fix }: Finding): string {
  const lines = fix.split('\n').map(line => escapeXml(line, 2000))
  const fixHtml = fix === '' ? '' : `<div class="fix"><b>Fix</b><div>${lines.join('<br>')}</div></div>`
  return `<article class="finding is-${tones[severity]}"><p>${escapeXml(text, 2000)}</p>${fixHtml}<code class="quiet">${escapeXml(id)}</code></article>`
}
