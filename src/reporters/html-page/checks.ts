import type { CheckResult, CheckVerdict } from '../../report/report.ts'
import { bySubject } from '../../report/sections/check-subject.ts'
import { checkTones } from '../../report/sections/checks.ts'
import { escapeXml } from '../markup/xml.ts'

const verdicts: CheckVerdict[] = ['fail', 'error', 'warn', 'info', 'pass', 'skip']
const needsALook = new Set<CheckVerdict>(['fail', 'error', 'warn'])

/** What did not hold in full; then every check below its subject, shut; above both a filter. */
export function checksHtml(checks: CheckResult[]): string {
  if (checks.length === 0) return ''
  const present = verdicts.filter(verdict => checks.some(check => check.verdict === verdict))
  const ordered = present.flatMap(verdict => checks.filter(check => check.verdict === verdict))
  const boxes = present.map(
    verdict =>
      `<label class="${checkTones[verdict]}"><input type="checkbox" value="${verdict}" checked> ${verdict} ${count(checks, verdict)}</label>`,
  )
  const search = '<input type="search" id="check-search" placeholder="filter" aria-label="filter the checks">'
  const first = ordered.filter(({ verdict }) => needsALook.has(verdict)).map(checkHtml)
  const groups = bySubject(ordered.filter(({ verdict }) => !needsALook.has(verdict)))
  return `<section id="checks" class="wide"><h2>Checks</h2><div class="filters">${boxes.join('')}${search}</div>
${first.join('\n')}${[...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(groupHtml)
    .join('\n')}</section>\n`
}

const count = (checks: CheckResult[], verdict: CheckVerdict) => checks.filter(check => check.verdict === verdict).length

function groupHtml([subject, checks]: [string, CheckResult[]]): string {
  const counts = verdicts
    .filter(verdict => count(checks, verdict) > 0)
    .map(verdict => `<span class="${checkTones[verdict]}">${count(checks, verdict)} ${verdict}</span>`)
  return `<details class="group"><summary><b>${escapeXml(subject)}</b> ${counts.join(' ')}</summary>${checks.map(checkHtml).join('\n')}</details>`
}

function checkHtml(check: CheckResult): string {
  const rows = [
    ['why', check.reason],
    ['expected', check.expected],
    ['observed', check.observed],
    ['fix', check.fix ?? ''],
    ['demanded by', check.spec === '' ? check.level : `${check.spec} (${check.level})`],
    ['took', check.ms > 0 ? `${check.ms} ms` : ''],
  ].filter(([, text]) => text !== '')
  const open = check.verdict === 'fail' || check.verdict === 'error' ? ' open' : ''
  const facts = rows.map(([name, text]) => `<dt>${name}</dt><dd>${escapeXml(text!, 2000)}</dd>`).join('')
  const title = `<b class="tag ${checkTones[check.verdict]}">${check.verdict}</b> ${escapeXml(check.title)} <code class="quiet">${escapeXml(check.id)}</code>`
  return `<details class="check" data-verdict="${check.verdict}"${open}><summary>${title}</summary><dl>${facts}</dl></details>`
}
