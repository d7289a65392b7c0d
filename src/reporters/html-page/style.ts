/** The page's own style. Colours are variables, so that the charts follow the theme and print in the light one. */
export const style = `
:root{color-scheme:light dark;--page:#f3f5f8;--bg:#fff;--ink:#1b1f24;--soft:#5b6570;--line:#dfe4ea;--panel:#f3f5f8;
--good:#1a7f37;--warning:#8f5f00;--bad:#c21f2c;--heat:9,105,218;
--c0:#0969da;--c1:#bf5b04;--c2:#8250df;--c3:#1a7f37;--c4:#cf222e;--c5:#59636e}
@media screen and (prefers-color-scheme:dark){:root{--page:#0d1117;--bg:#151b23;--ink:#e6edf3;--soft:#9aa4af;--line:#2f3742;
--panel:#0d1117;--good:#3fb950;--warning:#d9a22b;--bad:#ff6b63;--heat:88,166,255;
--c0:#58a6ff;--c1:#f0883e;--c2:#bc8cff;--c3:#3fb950;--c4:#ff7b72;--c5:#9198a1}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1160px;padding:1.2rem;background:var(--page);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{display:flex;flex-wrap:wrap;gap:1rem}
header,section{background:var(--bg);border:1px solid var(--line);border-radius:10px;padding:1rem 1.2rem}
section{flex:1 1 440px;min-width:0}section.wide{flex-basis:100%}
h1{font-size:1.15rem;font-weight:600;margin:.5rem 0 .1rem;overflow-wrap:anywhere}h1 code{font-weight:400;font-size:.95rem}
h2{font-size:1rem;margin:0 0 .6rem}h2 small{font-weight:400;font-size:.8rem;color:var(--soft);margin-left:.8rem}
h3{font-size:.95rem;margin:0}p{margin:.3rem 0}
.quiet,.note{color:var(--soft)}.note{font-size:.85rem}.good{color:var(--good)}.warning{color:var(--warning)}.bad{color:var(--bad)}
.is-good{--tone:var(--good)}.is-warning{--tone:var(--warning)}.is-bad{--tone:var(--bad)}.is-quiet{--tone:var(--line)}
header{border-top:6px solid var(--tone);margin-bottom:1rem}
.verdict{display:inline-block;margin:.1rem 0;padding:.1rem .8rem;border-radius:6px;background:var(--tone);color:var(--bg);
font-size:1.35rem;font-weight:700;letter-spacing:.03em}
.reason{font-size:1.05rem}
.facts,.legend{display:flex;flex-wrap:wrap;gap:.3rem .5rem;list-style:none;margin:.5rem 0;padding:0}
.facts li{font-size:.85rem;color:var(--soft);background:var(--panel);border-radius:20px;padding:.05rem .7rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:.8rem;margin:.8rem 0 .2rem;
border-top:1px solid var(--line);padding-top:.8rem}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dt{font-size:.82rem;color:var(--soft)}.figures dd{margin:0;font-size:1.5rem;font-weight:600;line-height:1.25;
font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.28rem .35rem;text-align:left;vertical-align:top}th:first-child,td:first-child{padding-left:0}
th{color:var(--soft);font-weight:500;font-size:.82rem;border-bottom:1px solid var(--line)}
tr:not(:last-child) td{border-bottom:1px solid var(--line)}.number{text-align:right}td.number,td:last-child{white-space:nowrap}td:first-child{white-space:pre}table{font-size:.93rem}
section>p{overflow-wrap:anywhere;font-size:.9rem}.more{margin-left:1rem;color:var(--soft)}
pre,code{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,monospace}
pre{background:var(--panel);padding:.7rem;border-radius:6px;margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.command{user-select:all}details{margin:.2rem 0}summary{cursor:pointer;overflow-wrap:anywhere}
.finding{border-left:4px solid var(--tone);padding:.1rem 0 .1rem .8rem;margin:.7rem 0}.finding p{margin:0;overflow-wrap:anywhere}
.finding code{font-size:12px}.fix{display:flex;gap:.7rem;background:var(--panel);border-radius:6px;padding:.4rem .7rem;margin:.3rem 0;overflow-wrap:anywhere}
.fix b{flex:none;align-self:start;color:var(--good)}
.charts{display:flex;flex-wrap:wrap;gap:1.4rem 1.2rem}.charts figure{margin:0;min-width:0;flex:1 1 min(100%,440px)}
.charts .wide{flex-basis:100%}.plot{min-height:240px;margin-top:.3rem}
.u-legend{font-size:12px;text-align:left}.u-legend tr td,.u-legend tr th{border:0;padding:0 .3rem;color:var(--soft);font-weight:400}
.u-legend .u-series:first-child:has(.u-value:empty){display:none}
.u-legend .u-series:has(.u-value:empty) th::after{content:""!important}.u-legend .u-value{color:var(--ink)}
.bars{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.5rem .9rem;margin:0;align-items:center}
.bars dd{display:flex;align-items:center;gap:.7rem;margin:0}.bars svg{flex:1 1 0;width:0;height:1.5rem}.bars span{min-width:4.5rem;text-align:right;font-weight:600}
.legend{font-size:.85rem;color:var(--soft);gap:.3rem 1rem}.legend svg{width:.8rem;height:.8rem;margin-right:.35rem;vertical-align:-1px}
.layer-0{fill:var(--c0)}.layer-1{fill:var(--c2)}.layer-2{fill:var(--c3)}.layer-3{fill:var(--c1)}.layer-4{fill:var(--c4)}.layer-5{fill:var(--c5)}
.filters{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1rem;margin-bottom:.7rem}.filters input[type=search]{flex:1 1 12rem}
input[type=search]{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.25rem .6rem}
.check{border-top:1px solid var(--line);padding:.4rem 0;margin:0}.check code{font-size:12px}
.tag{display:inline-block;min-width:3rem}.group{border-top:1px solid var(--line);padding:.4rem 0;margin:0}
.group>summary b{display:inline-block;min-width:9rem}.group>summary span{margin-right:.7rem;font-size:.88rem}.group .check{margin-left:1.1rem}
.check dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.4rem 0 .3rem 1.1rem}
.check dt{color:var(--soft)}.check dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}[hidden]{display:none!important}
@media(max-width:600px){body{padding:.6rem;font-size:14px}header,section{padding:.8rem}section{flex-basis:100%}
.figures dd{font-size:1.2rem}.figures{grid-template-columns:repeat(auto-fit,minmax(95px,1fr))}
.check dl{grid-template-columns:1fr;margin-left:0}th,td{padding:.28rem .25rem}}
@media print{body{max-width:none;padding:0;font-size:11px;background:none}.filters,h2 small{display:none}
main{display:block}header,section{border-radius:0;margin-bottom:.6rem}
header,figure,.finding,.check,tr{break-inside:avoid}h2,h3{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
