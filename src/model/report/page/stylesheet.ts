import { DARK, LIGHT, type Palette } from './palette';

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour as string}`)
    .join(';');
}

/** Both schemes, by what the reader's system has. Paper is light. */
const SCHEMES = `:root{${variables(LIGHT)};color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}`;

/** What the figure needs, also where it stands alone. */
export const FIGURE_STYLE = `${SCHEMES}
svg{font:13px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
svg text{fill:var(--ink)}svg .mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px}
svg .small{font-size:12px}svg .head{fill:var(--quiet);font-size:11px;font-weight:600;letter-spacing:.04em}svg .end{text-anchor:end}svg .mid{text-anchor:middle}
svg .ground{fill:var(--ground)}svg .rule{stroke:var(--line);stroke-width:1}svg .tick{stroke:var(--line);stroke-width:1;stroke-dasharray:1 3}
svg .now{stroke:var(--ink);stroke-width:1.5}svg .today{fill:var(--ink);font-size:11px;font-weight:600}
svg .bar{fill:var(--good);opacity:.9}svg .bar.authority{fill:var(--authority)}svg .bar.due{fill:var(--due)}svg .bar.bad{fill:var(--bad)}
svg a{text-decoration:none}svg .window{stroke:var(--ground);stroke-width:2;fill:none}
svg .bad-text{fill:var(--bad);font-weight:600}svg .due-text{fill:var(--due);font-weight:600}
svg .presents{fill:var(--authority)}svg .trusts{fill:none;stroke:var(--authority);stroke-width:1.6}`;

/** What the page needs beside the figure. */
export const PAGE_STYLE = `${FIGURE_STYLE}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main,header,footer{max-width:1080px;margin:0 auto;padding:0 24px}
header{padding-top:32px}h1{font-size:15px;font-weight:600;color:var(--quiet);margin:0}
.verdict{font-size:26px;line-height:1.25;font-weight:600;margin:4px 0 2px;text-wrap:balance;overflow-wrap:anywhere}
.verdict .mark{display:inline-block;width:1.1em}.good{color:var(--good)}.warning{color:var(--due)}.error{color:var(--bad)}
.next{font-size:17px;margin:2px 0;text-wrap:balance;overflow-wrap:anywhere}.at,.quiet{color:var(--quiet)}.at{margin:0}.date,.quiet{white-space:nowrap}
a{color:inherit;text-underline-offset:.15em}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:0;margin:24px 0 8px;border-block:1px solid var(--line)}
dl.facts div{padding:12px 16px 12px 0}dl.facts dt{font-size:12px;color:var(--quiet)}dl.facts dd{margin:0;font-size:19px;font-weight:600}
dl.facts dd.note{font-size:13px;font-weight:400;color:var(--quiet)}
h2{font-size:17px;margin:36px 0 8px}figcaption{color:var(--quiet);font-size:13px;margin:0 0 8px}caption{text-align:left;color:var(--quiet);font-size:13px;padding:4px 0}
figure{margin:0;overflow-x:auto}figure svg{display:block;width:100%;min-width:820px;height:auto}
table+table,table+details{margin-top:28px}table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:7px 16px 7px 0;border-bottom:1px solid var(--line)}
thead th{font-size:12px;color:var(--quiet);font-weight:600}tbody th{font-weight:400}td{font-variant-numeric:tabular-nums}td a.error,td a.warning{font-weight:600;white-space:nowrap}
tbody ul{list-style:none;margin:0;padding:0 0 0 1.2em}tbody li{padding:2px 0}tbody details{margin:0}tbody summary{padding:0;font-weight:400}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em;overflow-wrap:anywhere}
ul.findings{list-style:none;margin:0;padding:0}ul.findings li{padding:12px 0;border-bottom:1px solid var(--line)}
ul.findings .word{font-weight:600}ul.findings p{margin:2px 0 0;overflow-wrap:anywhere}ul.findings .remedy{color:var(--quiet)}
details{margin:8px 0}summary{cursor:pointer;padding:6px 0;font-weight:600}summary:focus-visible,a:focus-visible,figure:focus-visible{outline:2px solid var(--authority);outline-offset:3px}
.skip{position:absolute;left:-9999px}.skip:focus{left:24px;top:8px;background:var(--raised);padding:6px 12px;color:var(--ink)}
footer{color:var(--quiet);font-size:13px;padding-block:32px}
@media (max-width:700px){main,header,footer{padding-inline:16px}thead{position:absolute;left:-9999px}tr{display:grid;grid-template-columns:1fr 1fr 1fr;gap:2px 12px;padding:8px 0;border-bottom:1px solid var(--line)}
th,td{border:0;padding:1px 0}tbody th{grid-column:1/-1;font-weight:600}tbody summary{font-weight:600}td::before{content:attr(data-head);display:block;font-size:12px;color:var(--quiet)}}
@media print{body{font-size:11px}main,header,footer{max-width:none;padding-inline:0}figure svg{min-width:0}li,tr{break-inside:avoid}.skip{display:none}}`;
