import { plainLine } from '../../report/text.ts'

/** One line of Markdown that renders as exactly this text: no markup, no HTML, no link, no mention, no table cell end. */
export function escapeMarkdown(text: string, most?: number): string {
  return plainLine(text, most)
    .replace(/[\\`*_{}[\]<>|~$#&!]/g, '\\$&')
    .replace(/^(\s*\d*)([-+=.)])/, '$1\\$2')
    .replaceAll('@', '&#64;')
    .replaceAll('://', ':\\//')
    .replace(/\b(www)\./gi, '$1\\.')
}
