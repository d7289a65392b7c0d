import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { reporterAssets } from '../../src/cli/reporter-assets.ts'
import html from '../../src/reporters/html.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(file =>
  existsSync(file),
)
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// Runs in the page: counts charts whose canvas holds more than one colour. As text, because Node has no DOM types.
const paintedCharts = `[...document.querySelectorAll('.plot[data-drawn] canvas')].filter(canvas => {
  const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)
  return pixels.some(pixel => pixel !== pixels[0])
}).length`

// What a wide screen has room for is not to be scrolled to, and no label is broken into letters.
const hidden = `[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1).length`
const broken = `[...document.querySelectorAll('.fix b')].filter(label => label.clientHeight > 40).length`

test('the page in Chromium without a network: no complaint, no request, every chart painted, in both themes and on a phone', async t => {
  if (browser === undefined) return t.skip('chromium is not installed')
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-html-'))
  const context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath: browser,
    headless: true,
    offline: true,
    args: switches,
  })
  t.after(async () => {
    await context.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('dialog', dialog => complaints.push(dialog.message()))
  page.on('request', request => void (request.url().startsWith('file:') || complaints.push(request.url())))
  const charts = { load: 10, check: 0, outage: 5, proxy: 0, overhead: 0, hostile: 10 }
  for (const [name, report] of Object.entries(allReports)) {
    const file = path.join(folder, `${name}.html`)
    writeFileSync(file, html.render(report, { ...plain, assets: reporterAssets(html) }))
    for (const [width, colorScheme] of [
      [1100, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      await page.goto(`file://${file}`)
      assert.equal(await page.evaluate(paintedCharts), charts[name as keyof typeof charts], `${name} at ${width}`)
      assert.ok(
        (await page.evaluate<number>('document.documentElement.scrollWidth')) <= width,
        `${name} scrolls sideways`,
      )
      if (width > 1000 && name !== 'hostile') assert.equal(await page.evaluate(hidden), 0, `${name} hides columns`)
      assert.equal(await page.evaluate(broken), 0, `${name} breaks a label`)
    }
  }
  await filterTheChecks(page, path.join(folder, 'check.html'))
  assert.deepEqual(complaints, [])
})

async function filterTheChecks(page: Page, file: string): Promise<void> {
  await page.goto(`file://${file}`)
  const shown = () => page.locator('.check:visible').count()
  // Shut below their subjects: what held.
  assert.equal(await shown(), 3)
  await page.evaluate('for (const group of document.querySelectorAll(".group")) group.open = true')
  assert.equal(await shown(), 9)
  await page.getByLabel('pass 3').uncheck()
  assert.equal(await shown(), 6)
  await page.getByLabel('filter the checks').fill('permessage')
  assert.equal(await shown(), 2, 'a search opens the subject')
  await page.getByLabel('filter the checks').fill('close ECHO')
  assert.equal(await shown(), 1)
  assert.match((await page.locator('.check:visible').textContent()) ?? '', /expected.*a close frame with code 1000/)
}
