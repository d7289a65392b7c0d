// node dist/test/bench/write-comparison.js: the comparison table of README.md anew, without measuring.
import { readFileSync, writeFileSync } from 'node:fs'
import { README, withComparison } from './comparison.ts'

writeFileSync(README, withComparison(readFileSync(README, 'utf8')))
