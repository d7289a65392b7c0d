import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reporterAssets } from '../../src/cli/reporter-assets.ts'
import { reporterParts, type Reporter } from '../../src/reporters/reporter.ts'
import { findUnits, loadUnit } from '../../src/world/units.ts'
import { allReports } from './fixtures/all-reports.ts'

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u

for (const unit of findUnits('reporters', reporterParts)) {
  const reporter = await loadUnit<Reporter>(unit)
  const assets = reporterAssets(reporter)
  const render = (colour: boolean) => {
    const text = reporter.render(allReports.hostile, { width: 80, colour, assets })
    // What came with the package is not the peer's; it is compared by the golden sample.
    return Object.values(assets).reduce((rest, asset) => rest.replace(asset, ''), text)
  }

  test(`${unit.id} shows no control or invisible character of a hostile server`, () => {
    for (const line of render(false).split(/\r?\n/)) assert.doesNotMatch(line, invisible)
  })

  test(`${unit.id} in colours holds only colour codes of its own`, () => {
    const withoutColours = render(true).replace(/\x1b\[\d{1,2}m/g, '')
    for (const line of withoutColours.split(/\r?\n/)) assert.doesNotMatch(line, invisible)
  })

  test(`${unit.id} lets no workflow command and no end marker of a hostile server stand in a line`, () => {
    const lines = render(false).split(/\r?\n/)
    assert.ok(lines.filter(line => line === '# EOF').length <= 1)
    const commands = lines.filter(line => /^\s*::|##\[/.test(line))
    assert.deepEqual(
      commands.filter(line => unit.id !== 'github' || !/^::(error|warning|notice) title=[^:,]+::/.test(line)),
      [],
    )
  })

  if (['junit', 'html', 'markdown', 'github-summary'].includes(unit.id)) {
    test(`${unit.id} holds no tag of a hostile server`, () => {
      assert.doesNotMatch(render(false).replaceAll('\\<', ''), /<script>alert|<img src=x|<\/script><script/)
    })
  }
}
