import type { Recipe } from './recipe.ts'

const awsApiGateway: Recipe = {
  title: 'AWS API Gateway',
  fingerprints: [
    { header: 'x-amz-apigw-id', pattern: /./ },
    { header: 'x-amzn-requestid', pattern: /./ },
  ],
  defaults: [
    'a REST API collects the whole answer unless its integration streams; a stream lasts 15 min, idle 5 min, 30 s on the edge',
    'WebSocket: idle 10 min, lifetime 2 h, frames of 32 KB, messages of 128 KB, 500 new connections per second',
  ],
  timeouts: [
    { seconds: 30, what: 'edge stream idle' },
    { seconds: 300, what: 'regional stream idle' },
    { seconds: 600, what: 'WebSocket idle' },
    { seconds: 900, what: 'stream lifetime' },
    { seconds: 7200, what: 'WebSocket lifetime' },
  ],
  remedies: {
    buffering: ['responseTransferMode: STREAM'],
    idle: ['a heartbeat every 15 s, and a planned reconnect before two hours'],
  },
  source: 'docs.aws.amazon.com, API Gateway, response transfer mode, quotas',
  basis: 'documented',
}

export default awsApiGateway
