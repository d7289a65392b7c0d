import type { Recipe } from './recipe.ts'

const awsApiGateway: Recipe = {
  title: 'AWS API Gateway',
  fingerprints: [
    { header: 'x-amz-apigw-id', pattern: /./ },
    // x-amzn-requestid is no sign: function URLs of Lambda and other services send it too.
    { header: 'apigw-requestid', pattern: /./ },
  ],
  defaults: [
    'only a REST API streams, and only with responseTransferMode STREAM; a stream lasts 15 min, idle 5 min, 30 s edge-optimized',
    'WebSocket: idle 10 min, lifetime 2 h, frames of 32 KB, messages of 128 KB, 500 new connections per second',
  ],
  timeouts: [
    { seconds: 29, what: 'integration timeout without streaming' },
    { seconds: 30, what: 'edge-optimized stream idle' },
    { seconds: 300, what: 'regional or private stream idle' },
    { seconds: 600, what: 'WebSocket idle' },
    { seconds: 900, what: 'stream lifetime' },
    { seconds: 7200, what: 'WebSocket lifetime' },
  ],
  remedies: {
    buffering: ['responseTransferMode: STREAM'],
    idle: ['a heartbeat every 15 s, and a planned reconnect before two hours'],
  },
  source: 'docs.aws.amazon.com, API Gateway, response transfer mode (2026-11), WebSocket quotas',
  basis: 'documented',
}

export default awsApiGateway
