// Runs every compiled *.test.js (or those whose path contains one of the given words) with node:test and ends with
// one line: N passed, N failed, N skipped. Each skip is printed with its reason. Files run two at a time: the tests
// open real sockets on a machine that may have two cores.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const root = path.resolve(import.meta.dirname, '../dist/test')
const words = process.argv.slice(2)
const files = readdirSync(root, { recursive: true })
  .map(name => path.join(root, name))
  .filter(name => name.endsWith('.test.js') && (words.length === 0 || words.some(word => name.includes(word))))
  .sort()
if (files.length === 0) {
  console.error(`no test file matches ${words.join(' ')}`)
  process.exit(2)
}

const count = { passed: 0, failed: 0, skipped: 0 }
const skips = []
const stream = run({ files, concurrency: 2, timeout: 300_000 })
const leaf = event => event.details?.type !== 'suite' && !files.includes(event.name)
stream.on('test:pass', event => {
  if (!leaf(event)) return
  if (event.skip === undefined) count.passed += 1
  else {
    count.skipped += 1
    skips.push(`skipped: ${event.name}: ${event.skip}`)
  }
})
stream.on('test:fail', event => {
  if (
    leaf(event) ||
    event.details?.error?.failureType === 'testCodeFailure' ||
    event.details?.error?.failureType === 'testTimeoutFailure'
  )
    count.failed += 1
})
stream.compose(spec).pipe(process.stdout)
stream.on('end', () => {
  setImmediate(() => {
    for (const line of skips) console.log(line)
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
    process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0
  })
})
