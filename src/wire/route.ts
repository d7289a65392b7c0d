import type { TargetConfig } from '../config/run-config.ts'
import { httpAddress } from '../protocol/http1/url.ts'
import type { DialTarget } from './dial.ts'
import { tlsSettings } from './tls.ts'

/** Where a URL leads under the run's routing options, and what requests to it say. */
export interface Route {
  url: string
  dial: DialTarget
  /** origin-form target of the request line. */
  requestTarget: string
  host: string
  /** From user information in the URL. */
  authorization: string | null
}

/** Null: not a URL that rtbench speaks to. */
export function routeOf(config: TargetConfig, url: string): Route | null {
  if (!URL.canParse(url)) return null
  const address = httpAddress(new URL(url))
  if (address === undefined) return null
  return {
    url,
    dial: {
      host: config.connectTo?.host ?? address.host,
      port: config.connectTo?.port ?? address.port,
      unixSocket: config.unixSocket,
      // The certificate is checked for the name in the URL, wherever the connection goes.
      tls: address.secure ? tlsSettings(config.tls, address.servername ?? address.host) : null,
      requestTarget: address.target,
      authority: address.authority,
    },
    requestTarget: address.target,
    host: address.authority,
    authorization: address.authorization ?? null,
  }
}
