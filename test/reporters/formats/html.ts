import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import type { Format } from './format.ts'

type Node = DefaultTreeAdapterTypes.Node

/** No parse error of the HTML standard; nothing that is loaded or run but the two scripts of the page. */
export const html: Format = {
  errors(text) {
    const errors: string[] = []
    const document = parse(text, {
      onParseError: ({ code, startLine, startCol }) => errors.push(`${startLine}:${startCol} ${code}`),
    })
    const elements = elementsOf(document)
    const scripts = elements.filter(({ tagName }) => tagName === 'script').length
    if (scripts !== 2) errors.push(`${scripts} scripts`)
    for (const { tagName, attrs } of elements) {
      if (['iframe', 'object', 'embed', 'base', 'img', 'form'].includes(tagName)) errors.push(`<${tagName}>`)
      for (const { name, value } of attrs)
        if (name.startsWith('on') || (/^(href|src|srcset|action)$/.test(name) && !/^(#|data:image)/.test(value)))
          errors.push(`<${tagName} ${name}="${value}">`)
    }
    return errors
  },
  wrong: [
    '<!doctype html><title>a</title><script></script><script></script></p>',
    '<!doctype html><title>a</title><script></script><script></script><script></script>',
    '<!doctype html><title>a</title><script></script><script></script><p onclick="a">',
    '<!doctype html><title>a</title><script></script><script></script><a href="https://example.com/">a</a>',
    '<!doctype html><title>a</title><script></script><script></script>\0',
  ],
}

function elementsOf(node: Node): DefaultTreeAdapterTypes.Element[] {
  const own = 'tagName' in node ? [node] : []
  return 'childNodes' in node ? [...own, ...node.childNodes.flatMap(elementsOf)] : own
}
