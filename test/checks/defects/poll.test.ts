import { catchDefects } from './catch-defects.ts'

catchDefects('poll')
