// The part of the SARIF 2.1.0 schema that rtbench's results use. As in the whole schema, no object may hold a property
// that its definition does not name.
const string = { type: 'string' }
const message = { type: 'object', additionalProperties: false, required: ['text'], properties: { text: string } }
const index = { type: 'integer', minimum: -1 }
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more })
const object = (required: string[], properties: Record<string, object>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})

const rule = object(['id'], {
  id: string,
  name: string,
  shortDescription: message,
  help: message,
  properties: { type: 'object', properties: { tags: list(string, { uniqueItems: true }) } },
})
const location = object([], {
  physicalLocation: object(['artifactLocation'], {
    artifactLocation: object([], { uri: { type: 'string', pattern: "^[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$" } }),
    region: object([], { startLine: { type: 'integer', minimum: 1 } }),
  }),
  logicalLocations: list(object([], { fullyQualifiedName: string, kind: string }), { uniqueItems: true }),
})
const result = object(['message'], {
  ruleId: string,
  ruleIndex: index,
  level: { enum: ['none', 'note', 'warning', 'error'] },
  message,
  locations: list(location),
  partialFingerprints: { type: 'object', additionalProperties: string },
})
const run = object(['tool'], {
  tool: object(['driver'], {
    driver: object(['name'], { name: string, version: string, rules: list(rule, { uniqueItems: true }) }),
  }),
  invocations: list(
    object(['executionSuccessful'], {
      executionSuccessful: { type: 'boolean' },
      startTimeUtc: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' },
    }),
  ),
  results: list(result),
})

export const sarifSubset = object(['version', 'runs'], {
  $schema: string,
  version: { enum: ['2.1.0'] },
  runs: list(run, { maxItems: 20 }),
})
