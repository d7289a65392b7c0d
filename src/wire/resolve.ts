import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { now } from '../world/clock.ts'

// A client population resolves a name once per cache lifetime, not once per connection; thousands of getaddrinfo calls
// would measure this machine's thread pool. Addresses are used in turn, as a resolver's rotation would hand them out.
const CACHE_MS = 30_000

interface Entry {
  addresses: { address: string; family: number }[]
  next: number
  until: number
}

export interface Resolved {
  address: string
  /** Null where nothing was asked: a literal address or a cached answer. */
  tookMs: number | null
}

/** Resolves names for one process: `localhost` and literals at once, others by getaddrinfo, cached for 30 s. */
export function createResolver(): (host: string) => Resolved | Promise<Resolved> {
  const cache = new Map<string, Entry>()
  const pending = new Map<string, Promise<Resolved>>()

  const take = (entry: Entry, tookMs: number | null): Resolved => {
    const { address } = entry.addresses[entry.next % entry.addresses.length]!
    entry.next += 1
    return { address, tookMs }
  }

  const ask = async (host: string): Promise<Resolved> => {
    const startedAt = now()
    try {
      const addresses = await lookup(host, { all: true })
      // IPv4 first: most servers under test listen there, and a refused ::1 would only add failures.
      addresses.sort((a, b) => a.family - b.family)
      const family = addresses[0]!.family
      const entry = { addresses: addresses.filter(a => a.family === family), next: 0, until: now() + CACHE_MS }
      cache.set(host, entry)
      return take(entry, now() - startedAt)
    } finally {
      pending.delete(host)
    }
  }

  return host => {
    const bare = host.startsWith('[') ? host.slice(1, -1) : host
    if (isIP(bare) !== 0) return { address: bare, tookMs: null }
    const entry = cache.get(bare)
    if (entry !== undefined && entry.until > now()) return take(entry, null)
    const running = pending.get(bare)
    if (running !== undefined) return running.then(() => take(cache.get(bare)!, null))
    const answer = ask(bare)
    pending.set(bare, answer)
    return answer
  }
}
