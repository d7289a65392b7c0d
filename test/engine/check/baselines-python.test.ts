import { holdBaselines } from './hold-baseline.ts'

holdBaselines('tornado', 'aiohttp')
