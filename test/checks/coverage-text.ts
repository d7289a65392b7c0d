import type { Unit } from '../../src/engine/check/units.ts'
import { autobahnCases, expandCases } from '../../src/checks/autobahn-cases.ts'
import { sections } from './catalogue/sections.ts'
import { undecided } from './catalogue/undecided.ts'

/** reports/coverage.md: which check decides which demand, and which cases of Autobahn that takes in. */
export function coverageText(units: readonly Unit[]): string {
  const { mapped, literal } = autobahnCoverage(units)
  const open = rowsWithout(units)
  const all = Object.values(sections).flat().length
  const parts = Object.entries(sections).map(([title, rows]) => {
    const lines = rows.map(([row, about]) => {
      const deciding = units.filter(({ check }) => check.covers.some(cover => cover.row === row))
      const names = deciding.map(({ id }) => `\`${id}\``).join(', ') || undecided[row] || 'none yet'
      const cases = deciding.flatMap(({ check }) =>
        check.covers.flatMap(cover => (cover.row === row ? (cover.autobahn ?? []) : [])),
      )
      const levels = [...new Set(deciding.map(({ check }) => check.level))].join(', ')
      return `| ${row} | ${about.replaceAll('|', '\\|')} | ${names} | ${levels} | ${[...new Set(cases)].join(', ')} |`
    })
    const head = [`## ${title}`, '', '| demand | about | check | level | Autobahn |', '| --- | --- | --- | --- | --- |']
    return head.concat(lines, '')
  })
  return [
    '# What the checks cover',
    '',
    'Generated from the checks: `npm run build && UPDATE=1 node test/run.js test/checks/coverage`. Do not edit.',
    '',
    `- ${units.length} checks; ${all - open.length} of ${all} demands are decided by a check or cannot be from outside.`,
    `- Autobahn test suite 25.10.1: ${mapped.size} of ${autobahnCases.length} cases covered, ${literal.size} of them sent octet for octet.`,
    '',
    ...parts.flat(),
  ].join('\n')
}

/** The demands that neither a check nor a reason accounts for. */
export function rowsWithout(units: readonly Unit[]): string[] {
  const covered = new Set(units.flatMap(({ check }) => check.covers.map(({ row }) => row)))
  return Object.values(sections).flatMap(rows =>
    rows.map(([row]) => row).filter(row => !covered.has(row) && undecided[row] === undefined),
  )
}

export function autobahnCoverage(units: readonly Unit[]): { mapped: Set<string>; literal: Set<string> } {
  const covers = units.flatMap(({ check }) => check.covers)
  const literal = new Set(covers.flatMap(({ literally = [] }) => literally.flatMap(expandCases)))
  const mapped = new Set([...literal, ...covers.flatMap(({ autobahn = [] }) => autobahn.flatMap(expandCases))])
  return { mapped, literal }
}
