/** Demands that no check decides, and why. */
export const undecided: Readonly<Record<string, string>> = {
  'ws.sec.smuggle': 'needs both ends of a proxy: rtbench proxy',
  'ws.cl.simultaneous': 'needs a server that begins to close at a moment that the client can choose',
  'ws.cl.srv-goingaway': 'needs a restart of the server while a client is connected: rtbench outage --down-cmd',
}
