import { header, headerHasToken } from '../../../protocol/http1/head.ts'
import { describeAnswer, describeBytes } from '../../../wire/describe-received.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { encodeResponse, refusal, withHeader } from '../../peers/http-response.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { scriptedServer } from '../../peers/scripted-server.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const { answer, peer } = await server.ask({ method: 'HEAD' })
  const observed = describeAnswer(answer, ['Content-Type', 'Connection', 'Allow'])
  if (answer.kind !== 'head') return warn('an answer to HEAD', observed)
  const { head } = answer
  if (head.status !== 200) return warn('HTTP 200, as to GET', observed)
  const content = await peer.read(server.quietMs)
  if (content.kind === 'bytes') return fail('no content after the head', describeBytes(content.bytes))
  if (header(head, 'content-type') !== header((await server.events()).head, 'content-type'))
    return warn('the Content-Type that GET gets', observed)
  if (content.kind !== 'silence') return pass(`${observed}, then the connection ends`)
  if (headerHasToken(head, 'connection', 'close'))
    return warn('the end of the connection', `${observed}, but it stays open`)
  const second = await server.ask({ method: 'HEAD', peer })
  return second.answer.kind === 'head' || second.answer.kind === 'ended'
    ? pass(`${observed}, and the connection can be used again`)
    : warn('a connection that ends or goes on', describeAnswer(second.answer))
}

const headAnswer = (...headers: [string, string][]) =>
  encodeResponse({ status: 200, headers: [['Content-Type', 'text/event-stream'], ...headers] })

/** Answers HEAD with these octets, keeps the connection, and streams to everybody else. */
const onHead = (octets: Buffer) => () => {
  const streams = eventStreamServer()()
  return {
    ...streams,
    async accept(connection: Parameters<typeof streams.accept>[0]) {
      const read = await connection.read(60_000)
      if (read.kind !== 'bytes') return
      if (read.bytes.toString('latin1').startsWith('HEAD')) return connection.send(octets)
      connection.unread(read.bytes)
      await streams.accept(connection)
    },
  }
}

export default {
  title: 'HEAD gets the headers alone, and an end',
  level: 'must',
  spec: rfc9110(
    '9.3.2',
    'The HEAD method is identical to GET except that the server MUST NOT send content in the response. […] The server SHOULD send the same header fields in response to a HEAD request as it would have sent if the request method had been GET.',
  ),
  why: 'Monitors ask with HEAD; a server that starts a stream for them keeps a subscriber that nobody reads.',
  fix: 'Answer HEAD with the headers and end the response before subscribing.',
  covers: [{ row: 'sse.hd.head' }],
  run,
  selfTest: {
    passes: {
      'ends the connection': eventStreamServer(),
      'goes on': scriptedServer(async connection => {
        for (;;) {
          const read = await connection.read(60_000)
          if (read.kind !== 'bytes') return
          connection.send(headAnswer())
        }
      }),
    },
    fails: { 'starts a stream': onHead(Buffer.concat([headAnswer(), Buffer.from('data: a\n\n')])) },
    warns: {
      refused: eventStreamServer({ respond: (usual, { method }) => (method === 'HEAD' ? refusal(405, '') : usual) }),
      'not answered': eventStreamServer({ respond: (usual, { method }) => (method === 'HEAD' ? null : usual) }),
      'another type': eventStreamServer({
        respond: (usual, { method }) => (method === 'HEAD' ? withHeader(usual, 'Content-Type', 'text/html') : usual),
      }),
      'stays open after close': onHead(headAnswer(['Connection', 'close'])),
      'hangs afterwards': { peer: onHead(headAnswer()), says: 'no response head' },
    },
  },
} satisfies HttpCheck
