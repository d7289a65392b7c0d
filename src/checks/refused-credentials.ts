import { describeAnswer } from '../wire/describe-received.ts'
import type { HttpServer } from '../wire/http-server.ts'
import { pass, skip, type Verdict, warn } from './verdict.ts'

/** What a client gets whose credentials are no longer good; nothing can be said where none were given. */
export async function judgeWithoutCredentials(server: HttpServer, target = server.defaults.target): Promise<Verdict> {
  const given = server.defaults.headers.map(([name]) => name).filter(name => /^(authorization|cookie)$/i.test(name))
  if (given.length === 0) return skip('needs credentials: none are given (-H Authorization, --user, --cookie)')
  const headers = Object.fromEntries(given.map(name => [name, null]))
  const without = await server.ask({ target, headers })
  without.peer.destroy()
  const observed = describeAnswer(without.answer, ['WWW-Authenticate', 'Content-Type'])
  if (without.answer.kind === 'head') {
    const { status } = without.answer.head
    if (status === 401 || status === 403) return pass(observed)
    if (status === 200) return skip(`it asks for no credentials: ${observed}`)
    return warn(status >= 500 ? '401, not a server error' : '401', observed)
  }
  return warn('401, not silence', observed)
}
