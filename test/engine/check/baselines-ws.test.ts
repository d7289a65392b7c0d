import { holdBaselines } from './hold-baseline.ts'

holdBaselines('ws', 'websockets', 'ws-behind-haproxy')
