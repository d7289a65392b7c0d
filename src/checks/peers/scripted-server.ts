import type { Peer } from '../../wire/peer.ts'
import type { Shown } from '../../wire/tls-access.ts'

/** A server in memory for one self-test: state of its own, made anew for each run. */
export interface RunningServer {
  /** Serves one connection; `connection` is its side of the bytes. */
  accept(connection: Peer): Promise<void>
  /** Makes it emit a message, as --publish would. */
  publish?(message: string): void
  /** What lies beside it where `accept` is reached over TLS. */
  tls?: {
    /** The certificate for that name. */
    shown?(servername: string | null): Shown
    /** Serves a connection without TLS. */
    cleartext?(connection: Peer): Promise<void> | void
  }
}

export type ScriptedServer = () => RunningServer

/** A server whose every connection runs the same script. */
export function scriptedServer(accept: (connection: Peer) => Promise<void> | void): ScriptedServer {
  return () => ({
    async accept(connection) {
      await accept(connection)
    },
  })
}

/** Accepts connections, reads, and never says a word. */
export const silent: ScriptedServer = scriptedServer(() => {})

/** Ends every connection at once. */
export const hangsUp: ScriptedServer = scriptedServer(connection => connection.finish())

/** Answers whatever it reads with the same text. */
export function answers(text: string): ScriptedServer {
  return scriptedServer(async connection => {
    const read = await connection.read(60_000)
    if (read.kind === 'bytes') connection.send(Buffer.from(text, 'latin1'))
    connection.finish()
  })
}
