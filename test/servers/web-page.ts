// A web server that knows nothing of realtime: any request, an upgrade too, is answered with a page.
import { createServer } from 'node:http'
import { serve } from './serve.ts'

await serve(
  createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<h1>Welcome</h1>')
  }),
)
