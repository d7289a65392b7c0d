import type { Page, PageElement, Plot } from './browser-types.ts'
import type { Chart } from './chart.ts'

// These functions run in the reader's browser: their source text is written into the page, so each is whole in itself
// and uses nothing from outside but its arguments.

/** Draws every chart into the element of its id, again when the theme, the width or the medium changes. */
export function drawCharts(page: Page, charts: Chart[]): void {
  const plots = new Map<string, Plot>()
  const colour = (name: string) => page.getComputedStyle(page.document.documentElement).getPropertyValue(name).trim()
  const trim = (value: number) => String(Number(value.toPrecision(3)))
  const time = (ms: number) =>
    ms >= 60_000
      ? `${trim(ms / 60_000)} min`
      : ms >= 1000
        ? `${trim(ms / 1000)} s`
        : ms >= 1
          ? `${trim(ms)} ms`
          : `${trim(ms * 1000)} µs`
  const amount = (value: number, unit: string) => {
    if (unit === 'ms') return time(value)
    if (unit === 'share') return `${trim(value * 100)} %`
    return value >= 1e6 ? `${trim(value / 1e6)} M` : value >= 1e4 ? `${trim(value / 1e3)} k` : trim(value)
  }
  const percentile = (x: number) => `p${Number((100 * (1 - 1 / x)).toFixed(6))}`
  const onX = ({ x }: Chart, value: number) =>
    x.kind === 'percentile' ? percentile(value) : x.kind === 'ms' ? time(value) : time(value * 1000)
  // A logarithmic axis is marked at powers of ten, and at 2 and 5 of them where there are few.
  const logMarks = (low: number, high: number, halves: boolean) => {
    const marks: number[] = []
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
      for (const step of halves ? [1, 2, 5] : [1]) {
        const mark = Number((step * 10 ** power).toPrecision(1))
        if (mark >= low && mark <= high) marks.push(mark)
      }
    }
    return marks
  }
  const axis = (label: (value: number) => string, marks?: (low: number, high: number) => number[], size?: number) => ({
    stroke: colour('--soft'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
    values: (_: unknown, values: (number | null)[]) => values.map(value => (value === null ? '' : label(value))),
    ...(marks
      ? {
          splits: (_: unknown, __: number, low: number, high: number) => marks(low, high),
          filter: (_: unknown, all: number[]) => all,
        }
      : {}),
    ...(size ? { size } : {}),
  })
  const heat = (chart: Chart) => (plot: Plot) => {
    const { rowsMs, counts } = chart.heat!
    const columns = chart.x.values
    const width = plot.bbox.width / columns.length
    columns.forEach((_, column) => {
      const most = Math.max(1, ...counts.map(row => row[column]!))
      counts.forEach((row, at) => {
        const count = row[column]!
        if (count === 0) return
        const top = plot.valToPos(rowsMs[at]!, 'y', true)
        const bottom = plot.valToPos(rowsMs[at - 1] ?? rowsMs[0]! / 1.6, 'y', true)
        plot.ctx.fillStyle = `rgba(${colour('--heat')},${0.12 + 0.88 * Math.sqrt(count / most)})`
        plot.ctx.fillRect(plot.bbox.left + column * width, top, Math.ceil(width), bottom - top)
      })
    })
  }
  const options = (chart: Chart, width: number) => {
    const logX = chart.x.kind !== 'seconds'
    const wide = (low: number, high: number) => high / low < 1000
    const { heat: cells } = chart
    return {
      width,
      height: 240,
      scales: {
        x: {
          time: false,
          distr: logX ? 3 : 1,
          ...(logX ? { range: [chart.x.values[0]!, chart.x.values.at(-1)!] } : {}),
        },
        y: {
          distr: chart.y.log ? 3 : 1,
          ...(cells
            ? { range: [cells.rowsMs[0]! / 1.6, cells.rowsMs.at(-1)!] }
            : chart.y.log
              ? {}
              : {
                  range: {
                    min: { soft: 0, mode: 1, pad: 0 },
                    max: { pad: 0.1, soft: chart.y.unit === 'share' ? 0.01 : 1, mode: 2 },
                  },
                }),
        },
      },
      axes: [
        axis(
          value => onX(chart, value),
          logX
            ? (low, high) =>
                chart.x.kind === 'percentile'
                  ? [2, ...logMarks(low, high, false)].filter(mark => mark > 1)
                  : logMarks(low, high, wide(low, high))
            : undefined,
        ),
        axis(
          value => amount(value, chart.y.unit),
          chart.y.log ? (low, high) => logMarks(low, high, wide(low, high)) : undefined,
          64,
        ),
      ],
      series: [
        {
          label: chart.x.kind === 'seconds' ? 'time' : chart.x.kind === 'ms' ? 'from' : 'percentile',
          value: (_: unknown, value: number | null) => (value === null ? '' : onX(chart, value)),
        },
        ...(cells ? [{ label: 'latency', show: false }] : []),
        ...chart.series.map(({ label, colour: index, baseline, dashed, fill }) => ({
          label,
          stroke: colour(`--c${index % 6}`),
          width: baseline ? 1 : 1.75,
          ...(baseline || dashed ? { dash: [5, 4] } : {}),
          ...(fill ? { fill: `${colour(`--c${index % 6}`)}33` } : {}),
          ...(chart.x.kind === 'ms' ? { paths: page.uPlot.paths.stepped({ align: 1 }) } : {}),
          points: { show: chart.x.values.length < 3 },
          value: (_: unknown, value: number | null) => (value === null ? '' : amount(value, chart.y.unit)),
        })),
      ],
      legend: { show: !cells, live: true },
      // Charts over time point at the same moment.
      ...(logX ? {} : { cursor: { sync: { key: 'time' } } }),
      hooks: cells ? { draw: [heat(chart)] } : {},
    }
  }
  const draw = () => {
    for (const chart of charts) {
      const element = page.document.getElementById(`chart-${chart.id}`)!
      plots.get(chart.id)?.destroy()
      element.replaceChildren()
      const data: (number | null)[][] = chart.heat
        ? [chart.x.values, chart.x.values.map(() => null)]
        : [chart.x.values, ...chart.series.map(({ values }) => values)]
      plots.set(chart.id, new page.uPlot(options(chart, element.clientWidth), data, element))
      element.dataset.drawn = 'yes'
    }
  }
  draw()
  let waiting = false
  const again = () => {
    if (waiting) return
    waiting = true
    page.requestAnimationFrame(() => {
      waiting = false
      draw()
    })
  }
  page.addEventListener('resize', again)
  page.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again)
  page.matchMedia('print').addEventListener('change', draw)
}

/** Shows the checks whose verdict is ticked and whose text holds the words that are searched for. */
export function filterChecks(page: Page): void {
  const search = page.document.getElementById('check-search')
  if (search === null) return
  const boxes = [...page.document.querySelectorAll('.filters input[type=checkbox]')]
  const checks: PageElement[] = [...page.document.querySelectorAll('.check')]
  const groups: PageElement[] = [...page.document.querySelectorAll('.group')]
  const apply = () => {
    const verdicts = new Set(boxes.filter(box => box.checked).map(box => box.value))
    const words = search.value.toLowerCase().split(/\s+/)
    for (const check of checks) {
      const text = check.textContent.toLowerCase()
      check.hidden = !verdicts.has(check.dataset.verdict!) || !words.every(word => text.includes(word))
    }
    for (const group of groups) group.hidden = [...group.querySelectorAll('.check')].every(check => check.hidden)
  }
  search.addEventListener('input', () => {
    apply()
    for (const group of groups) group.open = search.value !== ''
  })
  for (const box of boxes) box.addEventListener('change', apply)
}
