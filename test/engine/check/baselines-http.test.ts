import { holdBaselines } from './hold-baseline.ts'

holdBaselines('nchan-sse', 'nchan-poll', 'sse-behind-nginx', 'sse-behind-caddy')
