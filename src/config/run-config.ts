// What a run is told to do, resolved and frozen: no defaults are left to fill in, every duration is in ms, every size in
// bytes. It is plain JSON, so it goes into the report and over a process border as it is.

export type Transport = 'ws' | 'sse' | 'poll'
export type TransportChoice = Transport | 'auto'
export type Pattern = 'echo' | 'publish' | 'listen' | 'idle'
export type HeaderLine = [name: string, value: string]

export interface TlsConfig {
  insecure: boolean
  /** PEM texts, already read from their files. */
  cacert: string | null
  cert: string | null
  key: string | null
  servername: string | null
  minVersion: 'TLSv1.2' | 'TLSv1.3' | null
}

/** The words that were written, by the long name of the option: what the configuration was resolved from. */
export type GivenWords = Record<string, string | string[] | true>

export interface TargetConfig {
  /** ws:, wss:, http: or https:. Null: the embedded endpoint, started for the run. */
  url: string | null
  /** The URL is that of the embedded endpoint, which is there for this run only. */
  embedded?: true
  transport: TransportChoice
  /** In the order given; includes what --cookie and --user stand for. */
  headers: HeaderLine[]
  subprotocols: string[]
  tls: TlsConfig
  connectTo: { host: string; port: number } | null
  unixSocket: string | null
  /** Single addresses, ranges already expanded; empty: the kernel chooses. */
  localAddresses: string[]
  /** Per handshake and per awaited answer. */
  timeoutMs: number
}

/** Where the next poll continues. `template` forms are kept as written for the report. */
export type CursorConfig =
  /** `query:NAME=json:KEY`: the answer's JSON field KEY goes into the query as NAME. */
  | { kind: 'query-json'; name: string; key: string }
  /** `query:NAME=header:H` */
  | { kind: 'query-header'; name: string; header: string }
  /** `header:A=header:B`: the answer's header B goes into the request's header A. */
  | { kind: 'header'; pairs: { request: string; response: string }[] }
  /** Validators, as nchan: ETag → If-None-Match, Last-Modified → If-Modified-Since. */
  | { kind: 'etag' }
  | { kind: 'none' }

export interface PublishConfig {
  url: string
  method: 'POST' | 'PUT'
  headers: HeaderLine[]
  /** Contains `{{message}}`; the message alone by default. */
  body: string
}

export interface StageConfig {
  durationMs: number
  /** Connections at the end of the stage; reached in a straight line. */
  connections: number
}

/** How messages are paced. Open: on a schedule, whatever the answers do. Closed: the next one when an answer came. */
export type PaceConfig =
  | { kind: 'open'; perConnection: number; arrival: 'constant' | 'poisson' }
  | { kind: 'open-total'; total: number; arrival: 'constant' | 'poisson' }
  | { kind: 'closed'; inFlight: number }
  | { kind: 'none' }

/** The aggregates of the threshold grammar, e.g. `p(99)`, `rate`, `count`. */
export interface Threshold {
  expr: string
  metric: string
  tags: Record<string, string>
  aggregate: 'count' | 'rate' | 'value' | 'failed' | 'avg' | 'min' | 'med' | 'max' | 'p'
  /** Only with aggregate `p`: 0–100. */
  percentile: number | null
  operator: '<' | '<=' | '>' | '>=' | '==' | '!='
  /** In the metric's base unit: ms, bytes, a share of 1, a count. */
  limit: number
  abortOnFail: boolean
  delayAbortMs: number
}

export interface LoadConfig {
  kind: 'load'
  given: GivenWords
  target: TargetConfig
  pattern: Pattern
  connections: number
  /** From all connections open (or the first stage's start) to the last scheduled send. */
  durationMs: number
  /** Empty: all connections at once, at `connectRate`. */
  stages: StageConfig[]
  /** New connections per second over all workers; null: as fast as they open. */
  connectRate: number | null
  pace: PaceConfig
  message: MessageConfig
  /** Null with the pattern `publish`: the embedded endpoint's own. */
  publish: PublishConfig | null
  cursor: CursorConfig
  /** Plain polling at this interval instead of long polling; null: the next poll follows the answer. */
  pollIntervalMs: number | null
  /** Null: never (ws); otherwise an id of `reconnect/`. SSE and polls continue by their own rules. */
  reconnect: string | null
  deflate: boolean
  warmUpMs: number
  /** `json:ts`: where a server's message carries its emission time, in ms since 1970. */
  timestamp: { kind: 'json'; key: string } | null
  /** Null: one per core, more where the file limit asks for it. */
  workers: number | null
  onWorkerExit: 'fail' | 'continue'
  findMax: Threshold | null
  thresholds: Threshold[]
  timelineMs: number
  seed: number
  allowLimited: boolean
  /** `index` counts from zero, though it is written 1/10 to 10/10. */
  shard: { index: number; count: number; runId: string; startAt: string | null } | null
}

export interface MessageConfig {
  /** As given with --message; null: the mark and padding alone. `{{mark}}` is where the mark goes (default: in front). */
  text: string | null
  /** Total payload bytes of a message, at least the mark's length. 0: as long as mark and text are. */
  size: number
  binary: boolean
}

export type ExpectedVerdict = 'pass' | 'warn' | 'fail' | 'info' | 'skip' | 'error'

export interface CheckConfig {
  kind: 'check'
  /** What was written, for a command line that repeats a single check. */
  given: GivenWords
  target: TargetConfig
  publish: PublishConfig | null
  cursor: CursorConfig
  /** Globs on ids; empty: all. */
  only: string[]
  skip: string[]
  strict: boolean
  /** By id: the verdict that is known and accepted, and why. Null: no baseline. */
  baseline: Record<string, { verdict: ExpectedVerdict; because: string }> | null
  /** Checks at work at the same time. */
  jobs: number
  /** Whether the endpoint sends WebSocket messages back; null: found out. */
  echo: boolean | null
  /** An Origin that the endpoint lets in. */
  originAllowed: string | null
  /** Run the checks that wait for long times too. */
  slow: boolean
  /** Keep what went over the wire. */
  wire: boolean
  thresholds: Threshold[]
}
