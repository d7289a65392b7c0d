// The process around a command: streams, terminal, environment, signals, files. Tests hand in another one.
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type StopSignal = 'SIGINT' | 'SIGTERM'

/** What was to be written to stdout is lost, for a reason that is not the reader's. */
export class StreamError extends Error {
  override name = 'StreamError'
}

export interface ProcessWorld {
  /** Resolves once the text is handed on. A reader that went away (`| head`) is no error: the rest is dropped. */
  out(text: string): Promise<void>
  err(text: string): void
  outIsTerminal: boolean
  errIsTerminal: boolean
  /** Columns of the terminal that stdout or stderr is, 80 where there is none; read again at each use. */
  columns(): number
  env: Readonly<Record<string, string | undefined>>
  readText(file: string): string
  writeText(file: string, text: string): void
  /** Keeps a text that could not go where it was meant to; the file it is in now, or null where there is no room at all. */
  keepText(name: string, text: string): string | null
  /** Why the file cannot be written, in words; null when it can. Nothing is created. */
  whyNotWritable(file: string): string | null
  /** Calls back at each SIGINT and SIGTERM until the returned function is called. */
  onSignal(handle: (signal: StopSignal) => void): () => void
  /** For the second signal only: nothing is flushed. */
  exitNow(code: number): void
}

/** The real process. */
export function thisProcess(): ProcessWorld {
  const { stdout, stderr, env } = process
  const write = guarded(stdout)
  const writeError = guarded(stderr)
  return {
    out: write,
    // Where stderr fails too nobody can be told.
    err: text => void writeError(text).catch(() => {}),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    columns: () => stdout.columns ?? stderr.columns ?? 80,
    env,
    readText: file => readFileSync(file, 'utf8'),
    writeText: (file, text) => writeFileSync(file, text),
    keepText,
    whyNotWritable,
    onSignal(handle) {
      process.on('SIGINT', handle)
      process.on('SIGTERM', handle)
      return () => {
        process.off('SIGINT', handle)
        process.off('SIGTERM', handle)
      }
    },
    exitNow: code => process.exit(code),
  }
}

// EPIPE and EIO mean that nobody reads any more; every later write is dropped without a word.
function guarded(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  let isGone = false
  const goneOr = (error: NodeJS.ErrnoException): StreamError | null => {
    isGone ||= error.code === 'EPIPE' || error.code === 'EIO' || error.code === 'ERR_STREAM_DESTROYED'
    return isGone ? null : new StreamError(error.message)
  }
  // Told to the writer below; without a listener it would end the process.
  stream.on('error', goneOr)
  return text =>
    new Promise((resolve, reject) => {
      if (isGone) return resolve()
      stream.write(text, error => {
        const failure = error ? goneOr(error) : null
        if (failure === null) resolve()
        else reject(failure)
      })
    })
}

function keepText(name: string, text: string): string | null {
  try {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'rtbench-')), path.basename(name))
    writeFileSync(file, text)
    return file
  } catch {
    return null
  }
}

function whyNotWritable(file: string): string | null {
  const folder = path.dirname(path.resolve(file))
  if (!existsSync(folder)) return `the folder ${folder} does not exist`
  if (existsSync(file) && statSync(file).isDirectory()) return 'it is a folder'
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS' ? 'the file system is read-only' : 'permission denied'
  }
}
