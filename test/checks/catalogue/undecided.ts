/** Demands that no check decides, and why. */
export const undecided: Readonly<Record<string, string>> = {
  'sse.hd.204': 'nothing from outside can tell the server to send a client away for good',
  'sse.hd.h2': 'the checks see octets of HTTP/1.1; HTTP/2 frames are not read',
  'ws.sec.smuggle': 'needs both ends of a proxy: rtbench proxy',
  'ws.cl.simultaneous': 'needs a server that begins to close at a moment that the client can choose',
  'ws.cl.srv-goingaway': 'needs a restart of the server while a client is connected: rtbench outage --down-cmd',
}
