// Packages that ship no types of their own: only what the tests use.
declare module 'phoenix' {
  export class Socket {
    constructor(url: string, options?: object)
    connect(): void
  }
}
declare module '@rails/actioncable' {
  export class ConnectionMonitor {
    constructor(connection: object)
    reconnectAttempts: number
    getPollInterval(): number
  }
}
declare module 'launchdarkly-eventsource' {
  export class EventSource extends EventTarget {
    constructor(url: string, options?: object)
    close(): void
  }
}
declare module 'launchdarkly-eventsource/lib/retry-delay.js' {
  export function defaultJitter(ratio: number): (delayMs: number) => number
}
