import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basicAuthorization, httpAddress } from '../../../src/protocol/http1/url.ts'

const addresses: [string, Record<string, unknown>][] = [
  [
    'http://example.test',
    {
      secure: false,
      host: 'example.test',
      port: 80,
      authority: 'example.test',
      target: '/',
      servername: 'example.test',
    },
  ],
  [
    'wss://Example.test:443/a/b?c=d#e',
    {
      secure: true,
      host: 'example.test',
      port: 443,
      authority: 'example.test',
      target: '/a/b?c=d',
      servername: 'example.test',
    },
  ],
  [
    'ws://example.test.:8080?x',
    {
      secure: false,
      host: 'example.test.',
      port: 8080,
      authority: 'example.test.:8080',
      target: '/?x',
      servername: 'example.test',
    },
  ],
  ['https://[::1]:8443/', { secure: true, host: '::1', port: 8443, authority: '[::1]:8443', target: '/' }],
  ['http://[::1]/', { secure: false, host: '::1', port: 80, authority: '[::1]', target: '/' }],
  ['ws://127.1/', { secure: false, host: '127.0.0.1', port: 80, authority: '127.0.0.1', target: '/' }],
  [
    'http://us%65r:p%3Ass@127.0.0.1:81/x',
    {
      secure: false,
      host: '127.0.0.1',
      port: 81,
      authority: '127.0.0.1:81',
      target: '/x',
      authorization: basicAuthorization('user', 'p:ss'),
    },
  ],
]

for (const [url, expected] of addresses) {
  test(`${url} leads to ${expected.host} port ${expected.port}`, () => {
    assert.deepEqual(httpAddress(new URL(url)), expected)
  })
}

test('other schemes lead nowhere', () => {
  for (const url of ['ftp://x/', 'mailto:a@b', 'file:///etc/hosts']) assert.equal(httpAddress(new URL(url)), undefined)
})

test('user and password are UTF-8 and a stray percent sign stands for itself', () => {
  assert.equal(basicAuthorization('Aladdin', 'open sesame'), 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
  assert.equal(
    httpAddress(new URL('http://100%:é@x/'))?.authorization,
    `Basic ${Buffer.from('100%:é').toString('base64')}`,
  )
})
