import { SaxesParser } from 'saxes'

export interface XmlNode {
  name: string
  attributes: Record<string, string>
  children: XmlNode[]
  text: string
}

/** Parses with a strict XML 1.0 parser, which throws on anything malformed, and returns the root. */
export function parseXml(xml: string): XmlNode {
  const parser = new SaxesParser()
  const top: XmlNode = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const node: XmlNode = { name, attributes: { ...attributes } as Record<string, string>, children: [], text: '' }
    open.at(-1)!.children.push(node)
    open.push(node)
  })
  parser.on('text', part => {
    open.at(-1)!.text += part
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  return top.children[0]!
}
