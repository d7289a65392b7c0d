import { pageOf } from '../report/page.ts'
import { markdownHead, markdownSection } from './markdown.ts'
import type { Reporter } from './reporter.ts'

// A step summary over 1 MiB is dropped as a whole. Other steps of the job have their own megabyte.
const MOST_BYTES = 1024 * 1024
const cutNote = '\n\nCut here: a step summary holds at most 1 MiB. The JSON report has everything.\n'

const githubSummary: Reporter = {
  title: 'Markdown for $GITHUB_STEP_SUMMARY, at most 1 MiB',
  endings: ['summary.md'],
  render: report => {
    const lines = [markdownHead(report), ...pageOf(report).map(markdownSection)].join('\n\n').split('\n')
    let room = MOST_BYTES - Buffer.byteLength(cutNote)
    const fitting = lines.findIndex(line => (room -= Buffer.byteLength(line) + 1) < 0)
    return fitting < 0 ? `${lines.join('\n')}\n` : `${lines.slice(0, fitting).join('\n')}${cutNote}`
  },
}

export default githubSummary
