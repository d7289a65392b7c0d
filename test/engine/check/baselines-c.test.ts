import { holdBaselines } from './hold-baseline.ts'

holdBaselines('libwebsockets', 'nchan-ws')
