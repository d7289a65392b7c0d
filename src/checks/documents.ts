import type { Spec } from './check.ts'

/** Quotes RFC 8996, Deprecating TLS 1.0 and TLS 1.1. */
export const rfc8996 = (section: string, says: string): Spec => ({ doc: 'RFC 8996', section, says })

/** Quotes RFC 6455, The WebSocket Protocol. */
export const rfc6455 = (section: string, says: string): Spec => ({ doc: 'RFC 6455', section, says })

/** Quotes RFC 7692, Compression Extensions for WebSocket. */
export const rfc7692 = (section: string, says: string): Spec => ({ doc: 'RFC 7692', section, says })

/** Quotes RFC 9110, HTTP Semantics. */
export const rfc9110 = (section: string, says: string): Spec => ({ doc: 'RFC 9110', section, says })

/** Quotes RFC 9112, HTTP/1.1. */
export const rfc9112 = (section: string, says: string): Spec => ({ doc: 'RFC 9112', section, says })

/** Quotes the HTML standard on server-sent events. */
export const html = (section: string, says: string): Spec => ({ doc: 'HTML', section, says })

/** Quotes RFC 6202, Known Issues and Best Practices for Long Polling. */
export const rfc6202 = (section: string, says: string): Spec => ({ doc: 'RFC 6202', section, says })

/**
 * A demand of good practice that no standard makes; `says` gives it in our own words. It is a must only where the server
 * itself promised it, with an id or a cursor that it gave out.
 */
export const practice = (section: string, says: string): Spec => ({ doc: 'practice', section, says })

/** Quotes RFC 6585, Additional HTTP Status Codes. */
export const rfc6585 = (section: string, says: string): Spec => ({ doc: 'RFC 6585', section, says })

/** RFC 6455 §4.2.1 on every request that is not the handshake it describes. */
export const MUST_REFUSE =
  "If the server, while reading the handshake, finds that the client did not send a handshake that matches the description below […], the server MUST stop processing the client's handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request)."

/** Quotes RFC 9111, HTTP Caching. */
export const rfc9111 = (section: string, says: string): Spec => ({ doc: 'RFC 9111', section, says })

/** Quotes the Fetch standard. */
export const fetchStandard = (section: string, says: string): Spec => ({ doc: 'Fetch', section, says })
