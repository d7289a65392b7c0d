import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseThreshold } from '../../src/config/threshold.ts'
import { parserTable } from './table.ts'

const read = (text: string) => parseThreshold(text, '--threshold')

describe('threshold conditions', () => {
  const cases: [string, string, number | null, string, number][] = [
    ['msg_rtt: p(99)<50ms', 'p', 99, '<', 50],
    ['msg_rtt: p99<50ms', 'p', 99, '<', 50],
    ['msg_rtt: p999<=1s', 'p', 99.9, '<=', 1000],
    ['msg_rtt:p(99.9) < 50', 'p', 99.9, '<', 50],
    ['msg_rtt: p100<50ms', 'p', 100, '<', 50],
    ['push_latency: med<2s', 'med', null, '<', 2000],
    ['push_latency: avg>1ms', 'avg', null, '>', 1],
    ['event_gap: max<=1m', 'max', null, '<=', 60_000],
    ['error_rate: rate<1%', 'rate', null, '<', 0.01],
    ['error_rate: rate<0.01', 'rate', null, '<', 0.01],
    ['reach: rate==100%', 'rate', null, '==', 1],
    ['msgs_lost: count==0', 'count', null, '==', 0],
    ['msgs_lost: count===0', 'count', null, '==', 0],
    ['msgs_lost: count!=0', 'count', null, '!=', 0],
    ['conn_opened: count>=10k', 'count', null, '>=', 10_000],
    ['msgs_received: rate>500/s', 'rate', null, '>', 500],
    ['bytes_sent: count<64KiB', 'count', null, '<', 65_536],
    ['gen_cpu: value<90%', 'value', null, '<', 0.9],
    ['recovery_t95: value<10s', 'value', null, '<', 10_000],
    ['checks: failed==0', 'failed', null, '==', 0],
    ['checks: rate>=95%', 'rate', null, '>=', 0.95],
  ]
  for (const [text, aggregate, percentile, operator, limit] of cases)
    it(`reads ${text}`, () => {
      const { expr, ...rest } = read(text)
      assert.equal(expr, text)
      assert.deepEqual(
        { aggregate: rest.aggregate, percentile: rest.percentile, operator: rest.operator, limit: rest.limit },
        { aggregate, percentile, operator, limit },
      )
    })
})

describe('threshold selectors and abort', () => {
  it('reads tags', () => {
    const { metric, tags } = read('conn_opened{transport:sse, stage:two}: count>=1000')
    assert.equal(metric, 'conn_opened')
    assert.deepEqual(tags, { transport: 'sse', stage: 'two' })
  })
  it('does not abort by itself', () => {
    const { abortOnFail, delayAbortMs } = read('msgs_lost: count==0')
    assert.deepEqual({ abortOnFail, delayAbortMs }, { abortOnFail: false, delayAbortMs: 0 })
  })
  it('reads abort, with and without a delay', () => {
    assert.equal(read('msgs_lost: count==0 abort').abortOnFail, true)
    assert.equal(read('msgs_lost: count==0 abort').delayAbortMs, 0)
    assert.equal(read('msgs_lost: count==0  abort after 10s').delayAbortMs, 10_000)
  })
})

describe('threshold mistakes', () => {
  parserTable('--threshold', parseThreshold, {
    reads: {},
    refuses: {
      msg_rtt: /no colon after the metric/,
      'msg_rt: p(99)<50ms': /no metric "msg_rt": did you mean msg_rtt/,
      'msg_rtt: p(99)': /"p\(99\)" is not a condition/,
      'msg_rtt: p(99)<50sec': /limit "50sec" is not written like 50ms/,
      'msg_rtt: p(101)<50ms': /p\(101\) is not a percentile/,
      'msg_rtt: p<50ms': /is not a percentile/,
      'msg_rtt: avg(3)<50ms': /avg takes no number/,
      'msg_rtt: rate<1%': /msg_rtt has no "rate"; it has avg, min, med, max, p\(N\), count/,
      'error_rate: p(99)<1': /error_rate has no "p"/,
      'error_rate: rate<1s': /limit "1s"/,
      'msgs_lost: count==0 soon': /"soon" after the limit/,
      'msgs_lost: count==0 abort after 10': /only "abort" or "abort after 10s"/,
      'conn_opened{transport}: count>1': /the tag "transport" is not written name:value/,
      'conn_opened{transport:sse: count>1': /is not a metric|no colon/,
      ': count>1': /no metric ""/,
      '__proto__: count>1': /no metric/,
    },
  })
})
