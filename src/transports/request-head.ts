import type { HeaderLine } from '../config/run-config.ts'
import type { DialTarget } from '../wire/dial.ts'
import type { RequestParts } from './transport.ts'

/** The GETs of one worker: what all of them say is put together once per target. */
export class GetRequests {
  private readonly parts: RequestParts
  private readonly own: readonly HeaderLine[]
  private readonly given: Set<string>
  private to: DialTarget | null = null
  private fields = ''

  /** `own`: fields that every request has unless the user gave them; theirs replace ours, as in curl. */
  constructor(parts: RequestParts, own: readonly HeaderLine[]) {
    this.parts = parts
    this.own = own
    this.given = new Set(parts.headers.map(([name]) => name.toLowerCase()))
  }

  /** The bytes of one request; `extra`: fields of this one alone. */
  bytes(to: DialTarget, query: string, extra: readonly HeaderLine[]): Buffer {
    if (to !== this.to) {
      const host: HeaderLine = ['Host', to.authority]
      this.fields = this.lines([host, ...this.own]) + this.parts.headers.map(lineOf).join('')
      this.to = to
    }
    const { requestTarget } = to
    const target = query === '' ? requestTarget : `${requestTarget}${requestTarget.includes('?') ? '&' : '?'}${query}`
    const own = extra.length === 0 ? '' : this.lines(extra)
    return Buffer.from(`GET ${target} HTTP/1.1\r\n${this.fields}${own}\r\n`, 'latin1')
  }

  private lines(fields: readonly HeaderLine[]): string {
    return fields
      .filter(([name]) => !this.given.has(name.toLowerCase()))
      .map(lineOf)
      .join('')
  }
}

const lineOf = ([name, value]: HeaderLine): string => `${name}: ${value}\r\n`
