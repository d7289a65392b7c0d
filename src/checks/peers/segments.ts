import { encodeResponse, refusal } from './http-response.ts'
import { scriptedServer } from './scripted-server.ts'

const PATIENCE_MS = 60_000

/** Takes the first segment for a whole request. */
export const refusesPartOfRequest = scriptedServer(async connection => {
  const read = await connection.read(PATIENCE_MS)
  if (read.kind === 'bytes' && !read.bytes.includes('\r\n\r\n')) {
    connection.send(encodeResponse(refusal(400, 'incomplete')))
  }
  connection.finish()
})

/** Looks for the end of a request in each segment alone, and so never finds one that is split. */
export const waitsForWholeSegment = scriptedServer(async connection => {
  for (;;) {
    const read = await connection.read(PATIENCE_MS)
    if (read.kind !== 'bytes' || read.bytes.includes('\r\n\r\n')) break
  }
  connection.finish()
})
