import { FEWEST_RUNS, type Change, type Comparison } from '../compare.ts'
import type { Cell, Section, Tone } from '../section.ts'
import { formatCounted, formatMs, formatNumber, formatShare } from '../text.ts'

const tones: Record<Change, Tone> = { worse: 'bad', better: 'good', same: 'quiet', 'too few runs': 'warning' }

/** What changed between two sets of runs, and how sure that is. */
export function comparisonSections({ runs, minimumEffect, times, counts, verdict }: Comparison): Section[] {
  const change = (word: Change): Cell => ({ text: word, tone: tones[word] })
  const percent = (ratio: number) => `${ratio >= 1 ? '+' : '-'}${formatShare(Math.abs(ratio - 1))}`
  const range = ([least, most]: [number, number]) =>
    least === most ? formatNumber(least) : `${formatNumber(least)}–${formatNumber(most)}`
  const text = `${formatCounted(runs.before, 'run')} before, ${formatCounted(runs.after, 'run')} after: ${verdict === 'fail' ? 'worse' : 'not worse'}`
  const few = Math.min(runs.before, runs.after) < FEWEST_RUNS ? `; times need ${FEWEST_RUNS} runs a side` : ''
  const effect = `changes of times under ${formatShare(minimumEffect)} are not called one`
  const changed = counts.filter(count => count.change !== 'same')
  return [
    {
      id: 'compared-times',
      title: 'Compared times',
      columns: ['', 'before', 'after', 'change', '95 % interval', ''].map((head, at) => ({
        head,
        number: at > 0 && at < 5,
      })),
      rows: times.map(time => [
        time.name,
        formatMs(time.beforeMs),
        formatMs(time.afterMs),
        percent(time.ratio),
        `${percent(time.interval[0])} … ${percent(time.interval[1])}`,
        change(time.change),
      ]),
      paragraphs: [{ head: { text: `${text}${few}; ${effect}`, tone: verdict === 'fail' ? 'bad' : 'good' }, body: [] }],
    },
    {
      id: 'compared-counts',
      title:
        changed.length === 0
          ? `Compared counts: ${formatCounted(counts.length, 'count')}, no change`
          : 'Compared counts',
      columns: ['', 'before', 'after', ''].map((head, at) => ({ head, number: at === 1 || at === 2 })),
      rows: changed.map(count => [count.name, range(count.before), range(count.after), change(count.change)]),
      paragraphs: [],
    },
  ]
}
