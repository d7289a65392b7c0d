import { describe } from 'node:test'
import {
  oneOf,
  parseCount,
  parseDuration,
  parseDurationOrZero,
  parseRate,
  parseSeed,
  parseSize,
} from '../../src/config/units.ts'
import { parserTable } from './table.ts'

describe('durations', () => {
  parserTable('--duration', parseDuration, {
    reads: {
      '500ms': 500,
      '30s': 30_000,
      '1.5s': 1500,
      '5m': 300_000,
      '1h': 3_600_000,
      '1m30s': 90_000,
      '250us': 0.25,
    },
    refuses: {
      '10': /has no unit: write 10s, 500ms or 2m/,
      '0.5': /has no unit: write 0.5s/,
      '0s': /longer than zero/,
      '-5s': /is not a duration/,
      '5 s': /is not a duration/,
      '10sec': /is not a duration: write 500ms, 30s, 5m or 1h/,
      '': /is not a duration/,
      '30d': /at most 24d/,
      '5s\n': /is not a duration/,
    },
  })
  parserTable('--warm-up', parseDurationOrZero, { reads: { '0s': 0 }, refuses: { '0': /has no unit/ } })
})

describe('sizes', () => {
  parserTable('--size', parseSize, {
    reads: { '10B': 10, '64KiB': 65_536, '1MB': 1_000_000, '1kB': 1000, '1.5KiB': 1536, '0B': 0 },
    refuses: {
      '128': /has no unit: write 128B, 64KiB or 1MB/,
      '64k': /is not a size/,
      '0.3B': /is not a size/,
      '2GiB': /at most 1GiB/,
      '64kib': /is not a size/,
    },
  })
})

describe('counts', () => {
  parserTable('--connections', parseCount, {
    reads: { '1': 1, '200': 200, '10k': 10_000, '1.5k': 1500, '1M': 1_000_000, '1m': 1_000_000 },
    refuses: {
      '0': /at least 1/,
      '1.5': /is not a count/,
      '-1': /is not a count/,
      '1e3': /is not a count/,
      ten: /is not a count: write 200, 10k or 1M/,
      '200M': /at most 100M/,
      '10s': /is not a count/,
    },
  })
})

describe('rates', () => {
  parserTable('--rate', parseRate, {
    reads: { '2': 2, '500/s': 500, '10k/s': 10_000, '30/m': 0.5, '36/h': 0.01, '0.5': 0.5, '60/min': 1 },
    refuses: {
      '0': /more than zero/,
      '5/x': /is not a rate: write 500\/s/,
      fast: /is not a rate/,
      '/s': /is not a rate/,
    },
  })
})

describe('seeds and words', () => {
  parserTable('--seed', parseSeed, {
    reads: { '0': 0, '4294967295': 4_294_967_295 },
    refuses: { '4294967296': /is not a seed/, '-1': /is not a seed/, '1.5': /is not a seed/ },
  })
  parserTable('--transport', oneOf(['auto', 'ws', 'sse']), {
    reads: { ws: 'ws' },
    refuses: { websocket: /is unknown: write auto, ws or sse/ },
  })
})
