import type { Observer } from '../engine/progress.ts'
import type { ProcessWorld } from '../world/process.ts'
import { liveView } from './live-view.ts'

export interface View {
  observer: Observer
  /** Takes the view off the terminal again. */
  end: () => void
}

const NOTHING: View = { observer: () => {}, end: () => {} }

/** A live view on stderr; nothing where stderr is no terminal. */
export function progressObserver(world: ProcessWorld, isOff: boolean): View {
  if (isOff || !world.errIsTerminal || world.env['TERM'] === 'dumb') return NOTHING
  const { NO_COLOR } = world.env
  const colour = NO_COLOR === undefined || NO_COLOR === ''
  return liveView({ write: text => world.err(text), columns: () => world.columns(), colour })
}
