/** The style of a report: in the page itself, light and dark by what the reader's system says, and fit for paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ink:#1d232c;--ink2:#59636f;--line:#dfe3e9;--page:#fff;--panel:#f6f7f9;--good:#1c7a4a;--bad:#b92534;
--c1:#2a68d4;--c2:#d9651a;--c3:#1c8a6a;--c4:#8a4fc0;--c5:#b8860b;--c6:#c2376b;--c7:#4b7f9c;--c8:#6b6f2a}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e8ee;--ink2:#a2adba;--line:#323b47;--page:#161b22;--panel:#1e252e;--good:#55c98e;--bad:#f58089;
--c1:#6a9ff7;--c2:#f0924d;--c3:#45c09a;--c4:#b890e8;--c5:#d9b13b;--c6:#ec7aa6;--c7:#83b6d2;--c8:#b3b86a}}
*{box-sizing:border-box}
body{margin:0 auto;padding:28px;max-width:1080px;background:var(--page);color:var(--ink);font:14px/1.5 system-ui,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{margin:0;font-size:24px}h2{margin:28px 0 8px;font-size:17px}h3{margin:14px 0 4px;font-size:14px}
p{margin:6px 0}.muted{color:var(--ink2)}
.scroll{overflow-x:auto}
table{border-collapse:collapse}
th,td{padding:3px 14px 3px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400;overflow-wrap:break-word}
thead th{color:var(--ink2)}tbody th{min-width:6em}td{max-width:42em}td.hash{overflow-wrap:anywhere}
td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.best{font-weight:700}.good{color:var(--good)}.problem{color:var(--bad)}
.runs-named{color:var(--ink2)}.runs-named span{white-space:nowrap;margin-right:8px}
.matrices{display:flex;flex-wrap:wrap;gap:4px 40px}
h4{margin:8px 0 2px;font-size:13px}
.charts{display:flex;flex-wrap:wrap;gap:16px}
figure{margin:0}figcaption{font-weight:600}
svg{display:block;width:100%;height:auto}svg.chart{width:420px;max-width:100%}svg.chart.plot{width:360px}.unit svg.chart{width:270px}.unit{max-width:270px}
svg.mark{display:inline-block;width:12px;height:12px;margin-right:5px;vertical-align:-1px}
svg text{fill:var(--ink2);font-size:11px}svg .node-name{fill:var(--ink);font-size:13px;font-weight:600}
svg .node{fill:var(--panel);stroke:var(--line);stroke-width:1.5}svg .wire{fill:none;stroke:var(--ink2);stroke-width:1.5}
svg .grid{stroke:var(--line)}svg.chart path{fill:none;stroke-width:1.8}svg.chart path.train{stroke-dasharray:4 3;opacity:.75}
${[1, 2, 3, 4, 5, 6, 7, 8].map((k) => `svg .c${k}{stroke:var(--c${k})}.mark .c${k},svg.chart .end.c${k}{fill:var(--c${k});stroke:none}`).join("")}
svg .chance{stroke:var(--ink2);stroke-dasharray:3 3}
${[1, 2, 3, 4, 5, 6, 7, 8].map((k) => `svg .dot.c${k},svg .bar.c${k},svg .band.c${k}{fill:var(--c${k});stroke:none}`).join("")}
svg .dot{opacity:.45}svg .bar{opacity:.8}svg .band{opacity:.18}
pre{white-space:pre-wrap;font:inherit;margin:4px 0}
@page{margin:14mm}
@media print{:root{color-scheme:light}body{padding:0;max-width:none;font-size:11px}h2,h3{break-after:avoid}figure,tr,section{break-inside:avoid}
*{print-color-adjust:exact}.scroll{overflow:visible}table{font-size:9px}th,td{padding:2px 7px 2px 0}td.number{white-space:normal}.charts{gap:10px}svg.chart{width:320px}}
`;
