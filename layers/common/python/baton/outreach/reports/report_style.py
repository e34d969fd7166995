"""The style of report pages: wide tables on a screen, A4 on paper, and tables that scroll sideways on a phone.

The report on a week, for the meeting, prints on four pages at most: blocks stand side by side where they fit, a picture
that has its figures written beside it needs no table behind, and long tables are cut.
"""

from baton.outreach.pages.page_frame import STYLE, headers_for

REPORT_STYLE = (
    STYLE
    + """
main { max-width: 62rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .375rem 1.5rem }
dt { grid-column: 1 }
dd { grid-column: 2; margin: 0 }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 1rem; padding-top: 1.25rem;
  border-top: 1px solid var(--edge) }
.wide { overflow-x: auto; margin: 0 0 1.5rem }
table { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: 0 0 .375rem }
th, td { padding: .375rem .75rem; border-bottom: 1px solid var(--edge); text-align: right; vertical-align: top;
  overflow-wrap: normal; white-space: nowrap; min-width: 5.5rem }
th { font-weight: 600 }
thead th { color: var(--soft); vertical-align: bottom }
th:first-child { text-align: left; padding-left: 0; white-space: normal; overflow-wrap: anywhere; width: 18rem;
  min-width: 8rem }
tbody th { font-weight: 400 }
td:last-child, th:last-child { padding-right: 0 }
:root { --pale: #b9cfe8 }
@media (prefers-color-scheme: dark) { :root { --pale: #33506f } }
figure { margin: 0 0 1.5rem; max-width: 44rem }
figcaption { font-size: .9375rem; font-weight: 600; margin: 0 0 .5rem }
.picture { display: block; font-size: .8125rem; overflow: visible }
.picture text { fill: var(--ink); font-variant-numeric: tabular-nums }
.picture text.soft { fill: var(--soft); font-size: 1em }
.won { fill: var(--act); stroke: var(--paper) }
.draft { fill: var(--act) }
.most { fill: var(--pale) }
.agreed { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 3 }
.beneath { stroke: var(--paper); stroke-width: 3.5 }
.on-paper { display: none }
.axis { stroke: var(--edge) }
.middle { stroke: var(--edge); stroke-dasharray: 4 3 }
@media (max-width: 40rem) {
  dl { display: block }
  dd { margin: 0 0 .75rem }
  table { font-size: .875rem }
  th, td { padding: .375rem .5rem; min-width: 0 }
}
@media print {
  @page { size: A4; margin: 14mm 15mm }
  :root { font-size: 9pt; color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --edge: #999;
    --act: #0b5cad; --pale: #b9cfe8 }
  figure { max-width: 15cm; break-inside: avoid }
  .picture { font-size: 8pt }
  body { background: none }
  main { max-width: none; padding: 0 }
  h2 { border-top: 0; padding-top: 0; margin: 1.25rem 0 .75rem; break-after: avoid }
  .wide { overflow: visible; break-inside: avoid; margin: 0 0 1.125rem }
  th, td { padding: .1875rem .75rem; min-width: 5rem }
  thead { display: table-header-group }
  tr, caption { break-inside: avoid }
  caption { break-after: avoid }
}
"""
)

MEETING_STYLE = (
    REPORT_STYLE
    + """
@media print {
  @page { size: A4; margin: 10mm 12mm }
  :root { font-size: 8pt }
  body { line-height: 1.3 }
  dl { gap: .125rem 1.5rem; margin: 0 0 .75rem }
  h2 { margin: .75rem 0 .5rem; break-after: auto }
  section, section > div:first-child { display: flow-root }
  section > div:first-child { break-inside: avoid }
  section p { clear: both; margin: 0 0 .5rem }
  figure { float: left; width: 5.6cm; margin: 0 .4cm .75rem 0 }
  .picture { font-size: 7pt }
  .wide { float: left; max-width: 100%; margin: 0 1.5rem .5rem 0 }
  th, td { padding: .0625rem .35rem; min-width: 3rem }
  th:first-child { width: auto; min-width: 3rem }
  [aria-label*="person"] th:first-child { min-width: 9rem }
  [aria-label*="person"] td:last-child { min-width: 9rem }
  td:last-child { white-space: normal; min-width: 3rem }
  .cut tr:nth-child(n + 9) { display: none }
  .on-screen { display: none }
  .on-paper { display: block }
  figure:not(.bare) + .wide, figure:not(.bare) + .wide + .on-paper { display: none }
}
"""
)

HEADERS = headers_for(MEETING_STYLE)
"""The HTTP headers of report pages."""
