import type { Observer } from '../engine/progress.ts'
import type { ProcessWorld } from '../world/process.ts'
import { progressLine } from './progress-line.ts'

export interface View {
  observer: Observer
  /** Takes the view off the terminal again. */
  end: () => void
}

const NOTHING: View = { observer: () => {}, end: () => {} }

// \r: to the start of the line; CSI 2K: erase it.
const ERASE = '\r\u001b[2K'

/** One line on stderr that is written anew at each report of progress; nothing where stderr is no terminal. */
export function progressObserver(world: ProcessWorld, isOff: boolean): View {
  if (isOff || !world.errIsTerminal || world.env['TERM'] === 'dumb') return NOTHING
  return {
    observer: progress => world.err(`${ERASE}${progressLine(progress, world.columns() - 1)}`),
    end: () => world.err(ERASE),
  }
}
