import type { DeflateDirection } from './deflate.ts'
import { type Extension, formatExtensions } from './extension-header.ts'

export const PERMESSAGE_DEFLATE = 'permessage-deflate'

/** The parameters of permessage-deflate (RFC 7692 §7.1); null: not mentioned. */
export interface DeflateParameters {
  serverNoContextTakeover: boolean
  clientNoContextTakeover: boolean
  serverMaxWindowBits: number | null
  /** True: offered without a value, any window is fine; only in an offer. */
  clientMaxWindowBits: number | true | null
}

/** How parameters break RFC 7692 §7.1. */
export interface DeflateFault {
  kind:
    | 'unknown'
    | 'duplicate'
    | 'valued-flag'
    | 'missing-value'
    | 'not-a-number'
    | 'leading-zero'
    | 'out-of-range'
    | 'not-offered'
    | 'over-offer'
    | 'not-confirmed'
  parameter: string
  text: string
}

const SMALLEST_BITS = 8
const LARGEST_BITS = 15

/** The offer or response with these parameters as a list member. */
export function deflateExtension(parameters: Partial<DeflateParameters> = {}): Extension {
  const { serverMaxWindowBits = null, clientMaxWindowBits = null } = parameters
  const list: Extension['parameters'] = []
  if (parameters.serverNoContextTakeover) list.push(['server_no_context_takeover', null])
  if (parameters.clientNoContextTakeover) list.push(['client_no_context_takeover', null])
  if (serverMaxWindowBits !== null) list.push(['server_max_window_bits', String(serverMaxWindowBits)])
  if (clientMaxWindowBits === true) list.push(['client_max_window_bits', null])
  else if (clientMaxWindowBits !== null) list.push(['client_max_window_bits', String(clientMaxWindowBits)])
  return { name: PERMESSAGE_DEFLATE, parameters: list }
}

/** The same as the value of a Sec-WebSocket-Extensions header. */
export function formatDeflate(parameters: Partial<DeflateParameters> = {}): string {
  return formatExtensions([deflateExtension(parameters)])
}

/** Reads the parameters and lists everything wrong with them; a faulty parameter counts as not mentioned. */
export function parseDeflate(
  extension: Extension,
  role: 'offer' | 'response',
): { parameters: DeflateParameters; faults: DeflateFault[] } {
  const parameters: DeflateParameters = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: null,
    clientMaxWindowBits: null,
  }
  const faults: DeflateFault[] = []
  const seen = new Set<string>()
  for (const [name, value] of extension.parameters) {
    const problem = seen.has(name) ? duplicate(name) : parameterFault(name, value, role)
    seen.add(name)
    if (problem !== null) faults.push(problem)
    else if (name === 'server_no_context_takeover') parameters.serverNoContextTakeover = true
    else if (name === 'client_no_context_takeover') parameters.clientNoContextTakeover = true
    else if (name === 'server_max_window_bits') parameters.serverMaxWindowBits = Number(value)
    else parameters.clientMaxWindowBits = value === null ? true : Number(value)
  }
  return { parameters, faults }
}

/** What a response may not say after this offer (RFC 7692 §7.1.1.1, §7.1.2.1, §7.1.2.2). */
export function judgeDeflateResponse(response: DeflateParameters, offer: DeflateParameters): DeflateFault[] {
  const faults: DeflateFault[] = []
  const blame = (kind: DeflateFault['kind'], parameter: string, text: string) => faults.push({ kind, parameter, text })
  if (offer.serverNoContextTakeover && !response.serverNoContextTakeover) {
    blame('not-confirmed', 'server_no_context_takeover', 'accepted the offer without server_no_context_takeover')
  }
  const serverBits = 'server_max_window_bits'
  if (offer.serverMaxWindowBits !== null) {
    if (response.serverMaxWindowBits === null) {
      blame('not-confirmed', serverBits, `accepted the offer without ${serverBits}`)
    } else if (response.serverMaxWindowBits > offer.serverMaxWindowBits) {
      blame('over-offer', serverBits, `${serverBits}=${response.serverMaxWindowBits} over ${offer.serverMaxWindowBits}`)
    }
  }
  const clientBits = 'client_max_window_bits'
  if (response.clientMaxWindowBits !== null) {
    if (offer.clientMaxWindowBits === null) blame('not-offered', clientBits, `${clientBits} was not offered`)
    else if (bitsOf(response.clientMaxWindowBits) > bitsOf(offer.clientMaxWindowBits)) {
      blame('over-offer', clientBits, `${clientBits}=${response.clientMaxWindowBits} over ${offer.clientMaxWindowBits}`)
    }
  }
  return faults
}

/** How each side compresses once these parameters are agreed. */
export function deflateDirections(agreed: DeflateParameters): { client: DeflateDirection; server: DeflateDirection } {
  return {
    client: { contextTakeover: !agreed.clientNoContextTakeover, windowBits: bitsOf(agreed.clientMaxWindowBits) },
    server: { contextTakeover: !agreed.serverNoContextTakeover, windowBits: bitsOf(agreed.serverMaxWindowBits) },
  }
}

function bitsOf(bits: number | true | null): number {
  return typeof bits === 'number' ? bits : LARGEST_BITS
}

function parameterFault(name: string, value: string | null, role: 'offer' | 'response'): DeflateFault | null {
  const fault = (kind: DeflateFault['kind'], text: string) => ({ kind, parameter: name, text })
  switch (name) {
    case 'server_no_context_takeover':
    case 'client_no_context_takeover':
      return value === null ? null : fault('valued-flag', `${name} has the value ${value}`)
    case 'server_max_window_bits':
    case 'client_max_window_bits':
      break
    default:
      return fault('unknown', `unknown parameter ${name}`)
  }
  if (value === null) {
    const mayStandAlone = role === 'offer' && name === 'client_max_window_bits'
    return mayStandAlone ? null : fault('missing-value', `${name} has no value`)
  }
  if (!/^[0-9]+$/.test(value)) return fault('not-a-number', `${name}=${value} is not a decimal number`)
  if (value.length > 1 && value.startsWith('0')) return fault('leading-zero', `${name}=${value} has a leading zero`)
  const bits = Number(value)
  return bits >= SMALLEST_BITS && bits <= LARGEST_BITS
    ? null
    : fault('out-of-range', `${name}=${value} is not within ${SMALLEST_BITS}–${LARGEST_BITS}`)
}

function duplicate(name: string): DeflateFault {
  return { kind: 'duplicate', parameter: name, text: `${name} stands twice` }
}
