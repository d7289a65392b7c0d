import type { Report } from '../../report/report.ts'
import { overheadLayers } from '../../report/sections/overhead.ts'
import { formatBytes } from '../../report/text.ts'
import { escapeXml } from '../markup/xml.ts'

/** The bytes of a message, a bar for each transport on one scale, its layers side by side. */
export function overheadBars(report: Report): string {
  const ways = overheadLayers(report).map(({ way, layers }) => ({
    way,
    layers,
    total: layers.reduce((sum, { bytes }) => sum + bytes, 0),
  }))
  if (ways.length === 0) return ''
  const most = Math.max(...ways.map(({ total }) => total), 1)
  const rows = ways.map(({ way, layers, total }) => {
    let from = 0
    const parts = layers.map(({ name, bytes }, at) => {
      const x = from
      from += (bytes / most) * 1000
      return `<rect class="layer-${at}" x="${x.toFixed(1)}" width="${(from - x).toFixed(1)}" height="1"><title>${name} ${formatBytes(bytes)}</title></rect>`
    })
    const label = `${way}: ${formatBytes(total)} a message`
    return `<dt>${escapeXml(way)}</dt><dd><svg role="img" aria-label="${escapeXml(label)}" viewBox="0 0 1000 1" preserveAspectRatio="none">${parts.join('')}</svg><span>${formatBytes(total)}</span></dd>`
  })
  const legend = ways[0]!.layers.map(
    ({ name }, at) => `<li><svg viewBox="0 0 1 1"><rect class="layer-${at}" width="1" height="1"/></svg>${name}</li>`,
  )
  return `<section id="overhead-bars" class="wide"><h2>What one message costs on the wire</h2><dl class="bars">${rows.join('')}</dl><ul class="legend">${legend.join('')}</ul></section>\n`
}
