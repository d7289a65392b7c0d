import type { IncomingMessage } from 'node:http'

export interface RequestTarget {
  readonly path: string
  readonly query: URLSearchParams
}

/** The path and query of origin-form and absolute-form targets (RFC 9112 §3.2); undefined for what is neither. */
export function requestTarget(request: IncomingMessage): RequestTarget | undefined {
  const target = request.url ?? ''
  if (!target.startsWith('/') && !/^(https?|wss?):\/\//i.test(target)) return undefined
  // A target such as //host/path is a path here, not the authority that URL would read in it.
  const text = target.startsWith('/') ? `http://endpoint${target}` : target
  if (!URL.canParse(text)) return undefined
  const { pathname, searchParams } = new URL(text)
  return { path: pathname, query: searchParams }
}

/** RFC 9112 §3.2: exactly one Host in HTTP/1.1, and never two. */
export function hasValidHost(request: IncomingMessage): boolean {
  if (request.httpVersionMajor >= 2) return true
  const hosts = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
  return hosts === 1 || (hosts === 0 && request.httpVersion === '1.0')
}
