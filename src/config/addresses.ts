// `--local-address`: one address, a range `127.0.0.11-127.0.0.14`, or a block `10.0.0.0/24`.
import { UsageError } from './errors.ts'
import { type Parse, quote } from './units.ts'

const MOST = 65_536

/** An IPv4 address as a number, or null. */
function ipv4(text: string): number | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

const dotted = (address: number) => [24, 16, 8, 0].map(shift => (address >>> shift) & 255).join('.')

// The URL parser knows every spelling of an IPv6 address.
function isIpv6(text: string): boolean {
  return /^[\da-fA-F:.]+$/.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`)
}

export const parseLocalAddress: Parse<string[]> = (text, flag) => {
  if (isIpv6(text)) return [text]
  const [first = '', last, ...more] = text.split('-')
  const [base = '', bits] = first.split('/')
  const start = ipv4(base)
  const wrong = (why: string) => new UsageError(`${flag} ${quote(text)} ${why}`)
  if (start === null || more.length > 0)
    throw wrong('is not an address: write 127.0.0.11, 127.0.0.11-127.0.0.14, 10.0.0.0/24 or one IPv6 address')
  if (last !== undefined) {
    const end = bits === undefined ? ipv4(last) : null
    if (end === null) throw wrong('is not a range: write 127.0.0.11-127.0.0.14')
    if (end < start) throw wrong('is a range that ends before it begins')
    return expand(start, end, wrong)
  }
  if (bits === undefined) return [text]
  if (!/^\d{1,2}$/.test(bits) || Number(bits) > 32) throw wrong('is not a block: the part after the slash is 0 to 32')
  const size = 2 ** (32 - Number(bits))
  const network = start - (start % size)
  // The first and the last address of a block name the network and its broadcast.
  return size <= 2 ? expand(network, network + size - 1, wrong) : expand(network + 1, network + size - 2, wrong)
}

function expand(start: number, end: number, wrong: (why: string) => UsageError): string[] {
  const count = end - start + 1
  if (count > MOST) throw wrong(`names ${count} addresses: at most ${MOST}`)
  return Array.from({ length: count }, (_, i) => dotted(start + i))
}
