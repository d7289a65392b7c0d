import type { TestContext } from 'node:test'
import { beforeClose } from './with-endpoint.ts'

/** An event stream read block by block. */
export async function openEventStream(t: TestContext, url: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController()
  beforeClose(t, () => leaving.abort())
  const response = await fetch(url, { headers, signal: leaving.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  return {
    response,
    leave: () => leaving.abort(),
    /** The next lines up to a blank one; rejects at the end of the stream. */
    async block(): Promise<string> {
      for (;;) {
        const end = rest.indexOf('\n\n')
        if (end >= 0) {
          const block = rest.slice(0, end)
          rest = rest.slice(end + 2)
          return block
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        rest += value
      }
    },
    /** True once the stream has ended cleanly. */
    async ends(): Promise<boolean> {
      for (;;) if ((await reader.read()).done) return true
    },
  }
}
