import { SaxesParser } from 'saxes'

// The content model of Apache Ant's JUnit schema: attributes (a trailing ? makes one optional) and child elements; with
// at least one property, as Jenkins' schema demands.
const integer = /^\d+$/
const decimal = /^\d+(\.\d+)?$/
const any = /^[^]*$/
const text = /^[^]+$/
const elements: Record<string, { attributes: Record<string, RegExp>; children: RegExp }> = {
  testsuites: { attributes: {}, children: /^(testsuite )*$/ },
  testsuite: {
    attributes: {
      name: text,
      package: text,
      id: integer,
      timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
      hostname: text,
      tests: integer,
      failures: integer,
      errors: integer,
      'skipped?': integer,
      time: decimal,
    },
    children: /^properties (testcase )*system-out system-err $/,
  },
  properties: { attributes: {}, children: /^(property )+$/ },
  property: { attributes: { name: text, value: any }, children: /^$/ },
  testcase: { attributes: { name: any, classname: any, time: decimal }, children: /^((skipped|error|failure) )?$/ },
  skipped: { attributes: { 'message?': any }, children: /^$/ },
  failure: { attributes: { 'message?': any, type: any }, children: /^$/ },
  error: { attributes: { 'message?': any, type: any }, children: /^$/ },
  'system-out': { attributes: {}, children: /^$/ },
  'system-err': { attributes: {}, children: /^$/ },
}

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

/** Everything in which the document departs from the schema. */
export function junitErrors(node: XmlNode): string[] {
  const model = elements[node.name]
  if (model === undefined) return [`<${node.name}> is not an element of JUnit`]
  const names = new Set(Object.keys(model.attributes).map(name => name.replace('?', '')))
  const errors = Object.keys(node.attributes)
    .filter(name => !names.has(name))
    .map(name => `<${node.name}> has no attribute ${name}`)
  for (const [key, pattern] of Object.entries(model.attributes)) {
    const value = node.attributes[key.replace('?', '')]
    if (value === undefined ? !key.endsWith('?') : !pattern.test(value)) errors.push(`<${node.name}> ${key}: ${value}`)
  }
  const children = node.children.map(({ name }) => `${name} `).join('')
  if (!model.children.test(children)) errors.push(`<${node.name}> contains ${children}`)
  return [...errors, ...node.children.flatMap(junitErrors)]
}
