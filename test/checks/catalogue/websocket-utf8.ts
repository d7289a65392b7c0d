/** UTF-8: the demands by id, with what each is about. */
export const websocketUtf8: readonly (readonly [row: string, about: string])[] = [
  ['ws.u8.empty', 'empty text'],
  ['ws.u8.valid', 'multi-byte, whole / split at and inside code points'],
  ['ws.u8.prefixes', 'every byte prefix of a multi-byte text'],
  ['ws.u8.boundary-ok', 'first/last sequence per length, U+D7FF, E000, FFFD, 10FFFF'],
  ['ws.u8.nonchar-ok', 'non-characters, specials, BOM, NUL inside text'],
  ['ws.u8.invalid', '5/6-byte, >10FFFF, lone continuation/start, cut, FE/FF'],
  ['ws.u8.overlong', 'overlong ASCII, maximum overlong, overlong NUL'],
  ['ws.u8.surrogates', 'single and paired surrogates'],
  ['ws.u8.frag-invalid', 'invalid split over 1-octet frames'],
  ['ws.u8.failfast-frame', 'bad octet in fragment 2 of 3, then wait'],
  ['ws.u8.failfast-chop', 'same inside one frame'],
  ['ws.u8.binary-free', 'invalid UTF-8 as binary'],
  ['ws.u8.close-reason', 'invalid UTF-8 in close reason'],
  ['ws.u8.server-out', 'server text and close reasons are UTF-8'],
]
