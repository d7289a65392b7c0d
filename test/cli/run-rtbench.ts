import { spawn } from 'node:child_process'
import path from 'node:path'

export const RTBENCH = path.resolve(import.meta.dirname, '../../../bin/rtbench.js')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the real program, or another copy of it or on another Node.js, until it ends, at most two minutes. */
export function rtbench(
  words: readonly string[],
  env: Record<string, string> = {},
  { node = process.execPath, program = RTBENCH } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...words], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', code => resolve({ code, stdout, stderr }))
  })
}
