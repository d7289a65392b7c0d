import type { CursorConfig } from '../config/run-config.ts'

/** What an endpoint may be able to do; found out once, before the checks that need it. */
export type Capability =
  /** Sends every WebSocket message back. */
  | 'echo'
  /** Sends messages or events without being asked. */
  | 'push'
  /** Speaks a subprotocol that is known (`--subprotocol`, or found among the usual ones). */
  | 'subprotocol'
  /** Accepts permessage-deflate. */
  | 'deflate'
  /** `--publish` makes it emit a message. */
  | 'publish'
  | 'tls'
  /** The run has credentials: an Authorization or Cookie header. */
  | 'credentials'
  /** `--origin-allowed` names an Origin that is let in. */
  | 'allowed-origin'
  /** Its events carry ids. */
  | 'ids'
  /** Continues after a Last-Event-ID. */
  | 'resume'
  /** Holds a poll until there is news. */
  | 'hold'
  /** Its answers say where to continue. */
  | 'cursor'

/** What was found out about the endpoint. */
export interface Capabilities {
  /** Why a capability is missing; one that is not named here is there. */
  absent: Partial<Record<Capability, string>>
  /** Data messages that a WebSocket connection receives at its beginning without asking. */
  greetings: number
  /** Subprotocols that the endpoint speaks, as far as they are known. */
  subprotocols: readonly string[]
  allowedOrigin: string | null
  /** How a long poll says what it has seen. */
  cursor: CursorConfig
  /** Makes the endpoint emit a message on the URL under test. */
  publish: (message: string) => Promise<void>
}

/** The first need that is not met, in words, or null. */
export function missingCapability(needs: readonly Capability[] | undefined, found: Capabilities): string | null {
  for (const need of needs ?? []) {
    const reason = found.absent[need]
    if (reason !== undefined) return `needs ${need}: ${reason}`
  }
  return null
}
