import { marked, type Token } from 'marked'
import type { Format } from './format.ts'

const MOST_OF_A_SUMMARY = 1024 * 1024
// What rtbench's own pages are made of; whatever else a parser finds came with a text and became markup.
const own = 'space heading paragraph text escape strong table list list_item code br'.split(' ')

/** Parsed as GitHub does (CommonMark with tables and bare links): no HTML, link, picture, code or rule in it. */
export const markdown: Format = {
  errors(text) {
    const found: string[] = []
    marked.walkTokens(marked.lexer(text, { gfm: true }), (token: Token) => {
      if (!own.includes(token.type)) found.push(`${token.type}: ${token.raw}`)
    })
    return found
  },
  wrong: ['<b>a</b>', '[a](b)', '![a](b)', 'https://example.com/', '`a`', '> a', '---', 'www.example.com', '~~a~~'],
}

/** The same, and no more than GitHub takes of one step. */
export const summary: Format = {
  errors: async text => [
    ...(await markdown.errors(text)),
    ...(Buffer.byteLength(text) > MOST_OF_A_SUMMARY ? ['over 1 MiB'] : []),
  ],
  wrong: ['<b>a</b>', 'a'.repeat(MOST_OF_A_SUMMARY + 1)],
}
