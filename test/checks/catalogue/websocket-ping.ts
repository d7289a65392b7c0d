/** Ping and pong: the demands by id, with what each is about. */
export const websocketPing: readonly (readonly [row: string, about: string])[] = [
  ['ws.pp.empty', 'ping, no payload'],
  ['ws.pp.payload', 'text / binary / 125 / octet-wise'],
  ['ws.pp.unsolicited', 'pong unasked'],
  ['ws.pp.mixed', 'pong then ping'],
  ['ws.pp.burst', '10 pings'],
  ['ws.pp.during-frag', 'see ws.fr.frag-ping'],
  ['ws.pp.latency', 'pong delay while a large echo runs'],
  ['ws.pp.srv-keepalive', 'server pings? interval'],
  ['ws.pp.srv-no-pong', 'client withholds pong'],
]
