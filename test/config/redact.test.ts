import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resolveLoad } from '../../src/config/load-config.ts'
import { redact, redactUrl } from '../../src/config/redact.ts'

describe('redaction', () => {
  it('leaves no secret of a load configuration behind', () => {
    const files: Record<string, string> = { k: '-----BEGIN PRIVATE KEY-----SECRET', c: 'CERT' }
    const config = resolveLoad(
      'wss://SECRETUSER:SECRETPASS@h/x?access_token=SECRET&room=1&Key=SECRET',
      {
        header: ['X-Api-Key: SECRET', 'X-Room: 7', 'Proxy-Authorization: Basic SECRET'],
        cookie: ['sid=SECRET'],
        subprotocol: ['chat', 'bearer.SECRET'],
        cert: 'c',
        key: 'k',
        publish: 'https://a:SECRET@h/p?sig=SECRET',
        publishHeader: ['Authorization: Bearer SECRET'],
      },
      path => files[path]!,
    )
    const text = JSON.stringify(redact(config))
    assert.doesNotMatch(text, /SECRET/)
    assert.match(text, /room=1/)
    assert.match(text, /"X-Room","7"/)
    assert.match(text, /Bearer \[redacted\]/)
    assert.match(text, /"CERT"/)
    assert.match(text, /"chat"/)
  })
  it('hides --user both as given and as the header it stands for', () => {
    const config = resolveLoad('ws://h/', { user: 'me:SECRET' }, () => '')
    const text = JSON.stringify(redact(config))
    assert.doesNotMatch(text, /SECRET|bWU6U0VDUkVU/)
    assert.match(text, /Basic \[redacted\]/)
  })
  it('keeps numbers, nulls and the names of fields', () => {
    const config = { cursor: { kind: 'query-json', name: 'since', key: 'last' }, n: 1, none: null, flag: true }
    assert.deepEqual(redact(config), config)
  })
  it('does not change what it was given', () => {
    const config = { headers: [['Cookie', 'a=b']] }
    redact(config)
    assert.deepEqual(config, { headers: [['Cookie', 'a=b']] })
  })
  it('finds URLs inside sentences', () =>
    assert.equal(
      redactUrl('connect to ws://u:p@h:1/x?jwt=abc&n=1 failed'),
      'connect to ws://[redacted]@h:1/x?jwt=[redacted]&n=1 failed',
    ))
})
