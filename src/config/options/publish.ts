import { parseHeader } from '../headers.ts'
import { list, value } from '../option.ts'
import { oneOf } from '../units.ts'
import { parseHttpUrl } from '../url.ts'
import { parsePublishBody } from '../publish-body.ts'

const patterns = ['publish'] as const

/** How to make the endpoint emit a message: shared by every command that takes a URL. */
export const publish = {
  title: 'Publishing',
  options: {
    publish: value({
      flags: '--publish <url>',
      help: 'where a message is posted so that the endpoint emits it',
      parse: parseHttpUrl,
      patterns,
    }),
    publishMethod: value({
      flags: '--publish-method <method>',
      help: 'POST or PUT (default: POST)',
      parse: oneOf(['POST', 'PUT']),
      words: ['POST', 'PUT'],
      patterns,
    }),
    publishHeader: list({
      flags: "--publish-header <'K: V'>",
      help: 'add a header to each publishing request; repeatable',
      parse: parseHeader,
      isPair: true,
      patterns,
    }),
    publishBody: value({
      flags: '--publish-body <template>',
      help: "body with {{message}} in it (default: '{{message}}')",
      parse: parsePublishBody,
      patterns,
    }),
  },
} as const
