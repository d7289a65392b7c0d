import type { ExtensionOffer } from './extension-offers.ts'

/**
 * The first offer of permessage-deflate that can be accepted (RFC 7692 §5, §7.1), as the header value that `ws` shall
 * answer to; undefined if all have to be declined.
 *
 * A window of 2^8 is declined: zlib cannot write it raw, it takes 2^9. What the client says of its own window is
 * noted but not confirmed, which leaves it free to use up to 2^15 and is allowed by §7.1.2.2.
 */
export function acceptableDeflateOffer(offers: readonly ExtensionOffer[]): string | undefined {
  for (const { name, parameters } of offers) {
    if (name !== 'permessage-deflate') continue
    const names = new Set(parameters.map(([parameter]) => parameter))
    if (names.size !== parameters.length || !parameters.every(isAcceptable)) continue
    const kept = parameters.filter(([parameter]) => parameter !== 'client_max_window_bits')
    return [name, ...kept.map(([key, value]) => (value === true ? key : `${key}=${value}`))].join('; ')
  }
  return undefined
}

function isAcceptable([name, value]: ExtensionOffer['parameters'][number]): boolean {
  switch (name) {
    case 'server_no_context_takeover':
    case 'client_no_context_takeover':
      return value === true
    case 'server_max_window_bits':
      return value !== true && /^(9|1[0-5])$/.test(value)
    case 'client_max_window_bits':
      return value === true || /^([89]|1[0-5])$/.test(value)
    default:
      return false
  }
}
