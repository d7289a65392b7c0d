import { parseCursor } from '../cursor.ts'
import { value } from '../option.ts'

/** How a long poll continues: shared by every command that takes a URL. */
export const poll = {
  title: 'Long polling',
  options: {
    cursor: value({
      flags: '--cursor <spec>',
      help: 'how a poll says what it has seen: query:since=json:last (default), query:a=header:B, header:A=header:B, etag, none',
      parse: parseCursor,
      transports: ['poll'],
    }),
  },
} as const
