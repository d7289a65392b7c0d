import type { CheckLevel } from '../report/report.ts'
import type { HttpServer } from '../wire/http-server.ts'
import type { WebSocketServer } from '../wire/websocket-server.ts'
import type { Capabilities, Capability } from '../wire/capability.ts'
import type { ScriptedServer } from './peers/scripted-server.ts'
import type { Verdict } from './verdict.ts'

/** Where a demand is written, in the document's own words. */
export interface Spec {
  doc: string
  section: string
  says: string
}

/** A row of the catalogue that this check decides, with the cases of the Autobahn suite that belong to it. */
export interface Coverage {
  row: string
  /** Decided by this check. A range is written `6.5.1-6.5.5`. */
  autobahn?: readonly string[]
  /** Those among them whose very octets are sent, in the order of the case. */
  literally?: readonly string[]
}

/** One self-test: the peer, and what it changes of the usual surroundings. */
export interface SelfTestCase {
  peer: ScriptedServer
  /** A text that the observation must contain. */
  says?: string
  given?: Partial<Capabilities>
  /** Path and query of the URL under test; default `/`. */
  target?: string
  /** Header lines that the user gave. */
  headers?: readonly (readonly [name: string, value: string])[]
}

export type SelfTests = Readonly<Record<string, ScriptedServer | SelfTestCase>>

/** One demand on a server. Its file's path is its id; it is decided alone, on connections of its own. */
export interface Check<Server> {
  /** A sentence that the server makes true or false. */
  title: string
  level: CheckLevel
  spec: Spec
  /** What breaks where it is not so. */
  why: string
  /** How a server's author mends it. */
  fix: string
  covers: readonly Coverage[]
  /** Without these the check is skipped, naming what is missing. */
  needs?: readonly Capability[]
  /** Checks that must not fail first, besides that of the section's transport. */
  blockedBy?: readonly string[]
  /** Takes over 15 s: only with --slow. */
  slow?: true
  /** Loads the server, measures its speed or sends what others would trip over: runs after them, nothing beside it. */
  alone?: true
  /** Longest time in ms that it may take; default 60 s. */
  limitMs?: number
  run(server: Server): Promise<Verdict>
  /** Peers for every verdict that it can give; `passes` where the check can pass. */
  selfTest: { passes?: SelfTests; warns?: SelfTests; fails?: SelfTests; infos?: SelfTests; skips?: SelfTests }
}

export type WebSocketCheck = Check<WebSocketServer>
export type HttpCheck = Check<HttpServer>
