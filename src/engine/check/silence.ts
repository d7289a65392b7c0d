import type { Dial } from '../../wire/byte-pipe.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { readAnswer } from '../../wire/http-answer.ts'
import { createHttpServer } from '../../wire/http-server.ts'
import { createServerUnderTest, type Surroundings } from '../../wire/server-under-test.ts'

/** A dial that remembers whether a single byte ever came back. */
export interface HeardDial {
  readonly dial: Dial
  readonly heard: boolean
}

/** Silence looks like a held poll: what rests on it is worth something only of a server that speaks at other times. */
export function watchDial(dial: Dial): HeardDial {
  let heard = false
  return {
    get heard() {
      return heard
    },
    async dial() {
      const opened = await dial()
      if (!opened.ok) return opened
      const { pipe } = opened
      return {
        ok: true,
        pipe: {
          ...pipe,
          listen: listener =>
            pipe.listen({
              ...listener,
              bytes(bytes) {
                heard = true
                listener.bytes(bytes)
              },
            }),
        },
      }
    },
  }
}

/**
 * Whether anything at all comes back, be it the end of the connection, on a request that waits for no news and on
 * octets that are no request (RFC 9112 §2.2: a server should answer them with 400 and close).
 */
export async function reacts(around: Surroundings, unwatched: Dial): Promise<boolean> {
  const http = createHttpServer(around, '*/*')
  const bare = createServerUnderTest(around)
  async function garbled() {
    const peer = await bare.dial(unwatched)
    peer.send(Buffer.from('rtbench\r\n\r\n'))
    return readAnswer(peer, around.timeoutMs)
  }
  try {
    const options = http.ask({ method: 'OPTIONS' }).then(({ answer }) => answer)
    const answers = await Promise.all([options, garbled()])
    return answers.some(answer => answer.kind !== 'silence' || answer.bytes.length > 0)
  } catch (error) {
    if (error instanceof CannotTell) return false
    throw error
  } finally {
    http.dispose()
    bare.dispose()
  }
}
