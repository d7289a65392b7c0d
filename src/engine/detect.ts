import type { TargetConfig, Transport } from '../config/run-config.ts'
import { createHttpClient } from '../wire/http-client.ts'
import { type Failure, failureOf } from '../wire/failure.ts'

export type Detected = { transport: Transport; url: string } | { failure: Failure }

const REDIRECTS_MAX = 5
/** A head that takes longer is held back on purpose: a long poll. */
const HELD_MS = 3000

/** Asks an http(s) address once for an event stream and takes SSE or polling by the answer. */
export async function detectTransport(target: TargetConfig, url: string): Promise<Detected> {
  const client = createHttpClient(target, 1)
  try {
    let at = url
    for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
      const answer = await client.send({
        url: at,
        method: 'GET',
        headers: [['Accept', 'text/event-stream'], ...target.headers],
        body: null,
        timeoutMs: Math.min(HELD_MS, target.timeoutMs),
      })
      answer.body.on('error', () => {})
      answer.body.destroy()
      const { location } = answer.headers
      if (answer.status >= 300 && answer.status < 400 && answer.status !== 304 && location !== undefined) {
        at = new URL(location, at).href
        continue
      }
      return judge(answer.status, answer.headers['content-type'] ?? '', at)
    }
    return { failure: { kind: 'redirect', text: `${url} redirects more than ${REDIRECTS_MAX} times` } }
  } catch (error) {
    const { name, code } = error as Error & { code?: string }
    // A held answer has no head yet: only long polls do that.
    if (code === 'UND_ERR_HEADERS_TIMEOUT' || name === 'HeadersTimeoutError') return { transport: 'poll', url }
    return { failure: failureOf(error as Error, new URL(url).host) }
  } finally {
    await client.close()
  }
}

function judge(status: number, contentType: string, url: string): Detected {
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  if (status === 200 && type === 'text/event-stream') return { transport: 'sse', url }
  if (status === 426) {
    const text = `${url} answered HTTP 426: it wants a WebSocket; write ${url.replace(/^http/, 'ws')}`
    return { failure: { kind: 'http-status', text } }
  }
  const polls = status === 204 || status === 304 || status === 408 || (status >= 200 && status < 300)
  if (polls && type !== 'text/html') return { transport: 'poll', url }
  if (polls) {
    return {
      failure: { kind: 'content-type', text: `${url} is a web page (text/html), not an event stream or a poll` },
    }
  }
  return { failure: { kind: 'http-status', text: `${url} answered HTTP ${status}` } }
}
