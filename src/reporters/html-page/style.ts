/** The page's own style. Colours are variables, so that the charts follow the theme and print in the light one. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--ink:#1b1f24;--soft:#59636e;--line:#d8dee4;--panel:#f6f8fa;--good:#1a7f37;
--warning:#9a6700;--bad:#cf222e;--heat:9,105,218;--c0:#0969da;--c1:#bf5b04;--c2:#8250df;--c3:#1a7f37;--c4:#cf222e;--c5:#59636e}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0d1117;--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--panel:#151b23;
--good:#3fb950;--warning:#d29922;--bad:#f85149;--heat:88,166,255;--c0:#58a6ff;--c1:#f0883e;--c2:#bc8cff;--c3:#3fb950;--c4:#ff7b72;--c5:#9198a1}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1100px;padding:1rem;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.3rem;margin:0 0 .3rem;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:0 0 .5rem}h3{font-size:.95rem;margin:0}
header,section{border:1px solid var(--line);border-radius:8px;padding:1rem;margin-bottom:1rem;break-inside:avoid}
header{border-left:8px solid var(--tone,var(--line))}
.verdict{font-size:1.6rem;font-weight:700;color:var(--tone)}
p{margin:.2rem 0}.quiet,.note{color:var(--soft)}.note{font-size:.85rem}
.good{color:var(--good)}.warning{color:var(--warning)}.bad{color:var(--bad)}
.is-good{--tone:var(--good)}.is-warning{--tone:var(--warning)}.is-bad{--tone:var(--bad)}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top}th{color:var(--soft);font-weight:500;font-size:.85rem}
.scroll td{white-space:nowrap}.number{text-align:right}
ul{margin:.3rem 0;padding-left:1.1rem}li{overflow-wrap:anywhere;margin:.3rem 0}li p,pre{white-space:pre-wrap;overflow-wrap:anywhere}
pre,code{font:13px/1.45 ui-monospace,monospace}pre{background:var(--panel);padding:.7rem;border-radius:6px;margin:.3rem 0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:1rem}
.charts figure{margin:0;min-width:0;break-inside:avoid}.plot{min-height:240px}
.u-legend{font-size:12px;text-align:left}.u-legend th,.u-legend td{padding:0 .3rem}
.filters{display:flex;flex-wrap:wrap;gap:.4rem .8rem;margin-bottom:.6rem}.filters input[type=search]{flex:1 1 12rem}
input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.2rem .5rem}
.check{border-top:1px solid var(--line);padding:.35rem 0}.check summary{cursor:pointer;overflow-wrap:anywhere}
.check b{display:inline-block;min-width:3.2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.3rem 0 .3rem 1rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}[hidden]{display:none}
@media print{body{max-width:none;padding:0;font-size:11px}.filters{display:none}header,section{border-radius:0}}
`
