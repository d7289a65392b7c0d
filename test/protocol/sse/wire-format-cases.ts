import type { SseEvent } from '../../../src/protocol/sse/events.ts'

/** A stream and what a client makes of it. */
export interface WireFormatCase {
  name: string
  stream: string | Buffer
  events: Partial<SseEvent>[]
  retries?: number[]
  comments?: string[]
  lastEventId?: string
}

const long = 'x'.repeat(300)

/** The situations that the format tests of web-platform-tests' eventsource suite cover, in our own words. */
export const wireFormatCases: WireFormatCase[] = [
  { name: 'a byte order mark at the start is dropped', stream: '\ufeffdata:1\n\n', events: [{ data: '1' }] },
  {
    name: 'only one byte order mark is dropped',
    stream: '\ufeff\ufeffdata:1\n\ndata:2\n\ndata:3\n\n',
    events: [{ data: '2' }, { data: '3' }],
  },
  {
    name: 'a byte order mark on a later line is part of the field name',
    stream: 'data:1\n\n\ufeffdata:2\n\ndata:3\n\n',
    events: [{ data: '1' }, { data: '3' }],
  },
  {
    name: 'half a byte order mark belongs to the first field name',
    stream: Buffer.concat([Buffer.from([0xef, 0xbb]), Buffer.from('data:1\n\ndata:2\n\n')]),
    events: [{ data: '2' }],
  },
  {
    name: 'a byte order mark inside data stays',
    stream: 'data:\ufeff1\n\n',
    events: [{ data: '\ufeff1' }],
  },
  {
    name: 'comments are not data, however long',
    stream: `data:1\r:\0\n:\r\ndata:2\n:${long}\rdata:3\n:data:fail\r:${long}\ndata:4\n\n`,
    events: [{ data: '1\n2\n3\n4' }],
    comments: ['\0', '', long, 'data:fail', long],
  },
  {
    name: 'data before the final blank line is dispatched',
    stream: 'retry:1000\ndata:test1\n\nid:test\ndata:test2\n\n',
    events: [
      { data: 'test1', lastEventId: '' },
      { data: 'test2', lastEventId: 'test' },
    ],
    retries: [1000],
    lastEventId: 'test',
  },
  {
    name: 'an event without its blank line is lost, and so is its id',
    stream: 'id:1\ndata:test1\n\nid:2\ndata:test2\n',
    events: [{ data: 'test1' }],
    lastEventId: '1',
  },
  {
    name: 'an event whose line is not ended is lost',
    stream: 'data:test1\n\ndata:test2',
    events: [{ data: 'test1' }],
  },
  {
    name: 'data with no value still makes an event, and several lines are joined',
    stream: 'data:\n\ndata\ndata\n\ndata:test\n\n',
    events: [{ data: '' }, { data: '\n' }, { data: 'test' }],
  },
  {
    name: 'event sets the type of one event only',
    stream: 'event:test\ndata:x\n\ndata:x\n\n',
    events: [
      { type: 'test', data: 'x' },
      { type: 'message', data: 'x' },
    ],
  },
  {
    name: 'an empty event name means message',
    stream: 'event: \ndata:data\n\nevent:a\nevent:\ndata:b\n\n',
    events: [
      { type: 'message', data: 'data' },
      { type: 'message', data: 'b' },
    ],
  },
  {
    name: 'the last of several event names wins',
    stream: 'event:a\nevent:b\ndata:c\n\n',
    events: [{ type: 'b' }],
  },
  {
    name: 'an event name without data is forgotten at the blank line',
    stream: 'event:a\n\ndata:b\n\n',
    events: [{ type: 'message', data: 'b' }],
  },
  {
    name: 'an id lasts until the next one, and an empty one resets it',
    stream: 'id:…1\ndata:1\n\ndata:2\n\nid\ndata:3\n\n',
    events: [
      { data: '1', lastEventId: '…1' },
      { data: '2', lastEventId: '…1' },
      { data: '3', lastEventId: '' },
    ],
  },
  {
    name: 'an id without data is remembered',
    stream: 'id:1\n\ndata:2\n\nid: 3\n\n',
    events: [{ data: '2', lastEventId: '1' }],
    lastEventId: '3',
  },
  {
    name: 'an id with NUL is ignored',
    stream: 'id:a\0b\ndata:1\n\nid:c\nid:\0\ndata:2\n\n',
    events: [
      { data: '1', lastEventId: '' },
      { data: '2', lastEventId: 'c' },
    ],
  },
  {
    name: 'field parsing: only exact names count, one space is dropped, NUL is data',
    stream:
      'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    events: [{ data: '\0\n 2\n1\n3\n\n4' }],
  },
  { name: 'retry takes digits', stream: 'retry:03000\ndata:x\n\n', events: [{ data: 'x' }], retries: [3000] },
  {
    name: 'retry ignores anything but digits',
    stream: 'retry:3000\nretry:1000x\nretry:-1\nretry:+2\nretry:  3\nretry:4.0\nretry:\nretry\ndata:x\n\n',
    events: [{ data: 'x' }],
    retries: [3000],
  },
  {
    name: 'a retry of many digits is bounded',
    stream: `retry:${'9'.repeat(40)}\n`,
    events: [],
    retries: [Number.MAX_SAFE_INTEGER],
  },
  {
    name: 'unknown fields are ignored',
    stream:
      'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndatax:1\nevents:2\nidx:3\nretry2:4\n\n',
    events: [{ type: 'message', data: 'test\n' }],
  },
  {
    name: 'only one leading space is dropped and a tab is not',
    stream: 'data:\ttest\rdata: \ndata:test\n\ndata:  two \n\n',
    events: [{ data: '\ttest\n\ntest' }, { data: ' two ' }],
  },
  {
    name: 'LF, CR and CRLF end lines, also mixed',
    stream: 'data:test\r\ndata\ndata:test\r\n\r\n\ndata:a\r\rdata:b\r\n\r\ndata:c\n\r',
    events: [{ data: 'test\n\ntest' }, { data: 'a' }, { data: 'b' }, { data: 'c' }],
  },
  { name: 'NUL is an ordinary character of data', stream: 'data:\0\n\n\n\n', events: [{ data: '\0' }] },
  {
    name: 'UTF-8 is decoded',
    stream: 'data:ok…\n\ndata:日本語 😀\n\n',
    events: [{ data: 'ok…' }, { data: '日本語 😀' }],
  },
  {
    name: 'each invalid UTF-8 sequence becomes one U+FFFD',
    stream: Buffer.from(
      'data: a\xffb\xe2\x82\ndata: \xc0\xaf\xed\xa0\x80\xf0\x9f\x98\nevent: \xfe\nid: \xe9\n\n',
      'latin1',
    ),
    events: [{ data: 'a\ufffdb\ufffd\n\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd', type: '\ufffd', lastEventId: '\ufffd' }],
  },
  {
    name: 'lines longer than a fast path would scan at once',
    stream: `data:${long}\r\ndata:${long}\rdata: ${long}\nid:${long}\n\n`,
    events: [{ data: `${long}\n${long}\n${long}`, lastEventId: long }],
  },
]
