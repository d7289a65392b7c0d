import type { Change, Comparison } from '../compare.ts'
import type { Cell, Section, Tone } from '../section.ts'
import { formatCounted, formatMs, formatNumber, formatShare } from '../text.ts'

const tones: Record<Change, Tone> = { worse: 'bad', better: 'good', same: 'quiet', 'too few runs': 'warning' }

/** What a comparison comes to. Too few runs tell nothing about times, and it says so. */
export function comparisonVerdict(comparison: Comparison): { word: 'PASS' | 'FAIL'; text: string; tone: Tone } {
  const { times, counts, runs, verdict } = comparison
  const worse = [...times, ...counts].filter(({ change }) => change === 'worse').map(({ name }) => name)
  const unjudged = isUnjudged(runs) ? `; times are not judged, that takes ${runs.needed} runs a side` : ''
  if (verdict === 'fail') return { word: 'FAIL', text: `worse: ${worse.join(', ')}${unjudged}`, tone: 'bad' }
  if (unjudged !== '') return { word: 'PASS', text: `no count became worse${unjudged}`, tone: 'warning' }
  return { word: 'PASS', text: 'nothing became worse', tone: 'good' }
}

/** What changed between two sets of runs, and how sure that is. */
export function comparisonSections(comparison: Comparison): Section[] {
  const { runs, minimumEffect, times, counts } = comparison
  const change = (word: Change): Cell => ({ text: word, tone: tones[word] })
  const range = ([least, most]: [number, number]) =>
    least === most ? formatNumber(least) : `${formatNumber(least)}–${formatNumber(most)}`
  const changed = counts.filter(count => count.change !== 'same')
  const effect = `changes of times under ${formatShare(minimumEffect)} are not called one`
  const sections: Section[] = [
    {
      id: 'compared-times',
      title: 'Compared times',
      columns: ['', 'before', 'after', 'change', '95 % interval', ''].map((head, at) => ({
        head,
        number: at > 0 && at < 5,
        optional: at === 4,
      })),
      rows: times.map(time => [
        time.name,
        formatMs(time.beforeMs),
        formatMs(time.afterMs),
        changeText(time.ratio),
        isUnjudged(runs) ? '' : time.interval.map(changeText).join(' … '),
        change(time.change),
      ]),
      paragraphs: [{ head: { text: effect, tone: 'quiet' }, body: [] }],
    },
    {
      id: 'compared-counts',
      title: 'Compared counts',
      columns: ['', 'before', 'after', ''].map((head, at) => ({ head, number: at === 1 || at === 2 })),
      rows: changed.map(count => [count.name, range(count.before), range(count.after), change(count.change)]),
      paragraphs: [
        {
          head: { text: `${formatCounted(counts.length - changed.length, 'count')} unchanged`, tone: 'quiet' },
          body: [],
        },
      ],
    },
  ]
  return sections.filter(({ id }) => (id === 'compared-times' ? times : counts).length > 0)
}

const isUnjudged = ({ before, after, needed }: Comparison['runs']) => Math.min(before, after) < needed

// +12 %, -3 %; beyond a doubling or a halving the factor is easier to read.
function changeText(ratio: number): string {
  if (ratio >= 2 || ratio <= 0.5) return `× ${formatNumber(ratio)}`
  return `${ratio >= 1 ? '+' : '-'}${Number((100 * Math.abs(ratio - 1)).toFixed(1))} %`
}
