// Load tools that somebody may have installed. They count in their own ways, so the C server counts for them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { endProcess, withoutCompiler } from './c-programs.ts'
import { steadyCost } from './generator.ts'
import type { Contestant } from './row.ts'
import { withTarget } from './target-server.ts'

function find(tool: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, tool)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      continue
    }
  }
  return null
}

/** `words`: the command line, cut at blanks, against an echo server on that port; it must last longer than any span. */
export function externalTool(tool: string, words: (port: number) => string[]): Contestant {
  return {
    missing: () => (find(tool) === null ? `${tool} is not on PATH` : withoutCompiler()),
    async run(span) {
      let tell: (echoes: number) => void = () => {}
      let echoes = 0
      const onEchoes = (count: number) => {
        echoes = count
        tell(count)
      }
      return withTarget({ onEchoes }, async port => {
        const child = spawn(find(tool)!, words(port).join(' ').split(' '), { stdio: 'ignore' })
        await once(child, 'spawn')
        const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${tool} ended by itself`)))
        ended.catch(() => {})
        return steadyCost(
          {
            pid: child.pid!,
            // It opens by itself: its steady phase begins with its first echoes.
            open: () => Promise.race([until(() => echoes > 0), ended]),
            onUnits: listener => {
              tell = listener
            },
            stop: () => endProcess(child),
          },
          span,
        )
      })
    },
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 50))
}
