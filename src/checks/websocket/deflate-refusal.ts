import { parseDeflate, PERMESSAGE_DEFLATE } from '../../protocol/websocket/deflate-parameters.ts'
import { parseExtensions } from '../../protocol/websocket/extension-header.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import { answerHeader, answerStatus, type WebSocketServer } from '../../wire/websocket-server.ts'
import { tryCases } from '../cases.ts'
import { fail, pass, type Verdict, warn } from '../verdict.ts'

const NAME = 'Sec-WebSocket-Extensions'
const EXPECTED = '101 without permessage-deflate'

/** Each of these offers must be declined: the connection opens without the extension. */
export function tryRefusedOffers(server: WebSocketServer, offers: readonly string[]): Promise<Verdict> {
  return tryCases(
    offers.map(name => ({ name })),
    async ({ name }) => {
      const { answer, peer } = await server.upgrade({ extensions: `${PERMESSAGE_DEFLATE}; ${name}` })
      const observed = describeAnswer(answer, [NAME])
      const status = answerStatus(answer)
      peer.finish()
      if (status === 101) return accepted(answerHeader(answer, NAME)) ? fail(EXPECTED, observed) : pass()
      // An offer that cannot be parsed may fail the handshake (RFC 6455 §9.1), an own breakdown is none of the answers.
      return status !== null && status >= 400 && status < 500 ? warn(EXPECTED, observed) : fail(EXPECTED, observed)
    },
  )
}

const accepted = (values: readonly string[]) => values.join(', ').toLowerCase().includes(PERMESSAGE_DEFLATE)

/** What is wrong with the parameters of a response by themselves, or null; several are joined. */
export function responseFaults(values: readonly string[]): string | null {
  const parsed = parseExtensions(values.join(', '))
  if (!parsed.ok) return parsed.text
  const answers = parsed.extensions.filter(({ name }) => name === PERMESSAGE_DEFLATE)
  if (answers.length > 1) return 'permessage-deflate stands twice'
  const faults = answers.flatMap(answer => parseDeflate(answer, 'response').faults)
  return faults.length === 0 ? null : faults.map(({ text }) => text).join('; ')
}
