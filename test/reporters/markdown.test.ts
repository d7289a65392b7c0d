import assert from 'node:assert/strict'
import { test } from 'node:test'
import markdown from '../../src/reporters/markdown.ts'
import { escapeMarkdown } from '../../src/reporters/markup/markdown.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

test('markup, HTML, links, mentions and table cell ends of a text are its characters', () => {
  assert.equal(
    escapeMarkdown('*a* _b_ `c` [d](e) <f> g|h @i #1'),
    '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> g\\|h &#64;i \\#1',
  )
  assert.equal(escapeMarkdown('- list'), '\\- list')
  assert.equal(escapeMarkdown('1. list'), '1\\. list')
  assert.equal(escapeMarkdown('https://x'), 'https:\\//x')
  assert.equal(escapeMarkdown('www.x.com'), 'www\\.x.com')
})

test('every table row has as many cells as its head', () => {
  for (const report of Object.values(allReports)) {
    const tables = markdown
      .render(report, plain)
      .trimEnd()
      .split('\n\n')
      .filter(block => block.startsWith('|'))
    assert.notEqual(tables.length, 0)
    for (const table of tables) {
      const widths = table.split('\n').map(row => row.match(/(?<!\\)\|/g)!.length)
      assert.equal(new Set(widths).size, 1, table)
    }
  }
})

test('the verdict comes first', () => {
  assert.match(
    markdown.render(allReports.load, plain),
    /^## ❌ rtbench load: FAIL\n\n\*\*2 of 4 thresholds missed\*\*\n/,
  )
})
