"""The style of a trial's page: that of reports, and colours of pictures that hold in the dark and on paper.

What a mark says never hangs on its colour alone: marks have places, outlines, and words beside them.
"""

from baton.outreach.pages.page_frame import headers_for
from baton.outreach.reports.report_style import REPORT_STYLE

TRIAL_STYLE = (
    REPORT_STYLE
    + """
:root { --back: #b3590a; --pale: #b9cfe8 }
@media (prefers-color-scheme: dark) { :root { --back: #f0a860; --pale: #33506f } }
.picture text.strong { font-weight: 700 }
.won, .draft, .dot { fill: var(--act) }
.lost, .today { fill: var(--edge) }
.returned { fill: var(--back) }
.most { fill: var(--pale) }
.won, .lost, .returned { stroke: var(--paper) }
.open { fill: var(--paper); stroke: var(--act) }
.unknown { fill: var(--paper); stroke: var(--edge); stroke-dasharray: 3 2 }
.whisker { stroke: var(--ink); stroke-width: 1.5 }
@media print {
  :root { --back: #b3590a; --pale: #b9cfe8 }
  section + section { break-before: auto }
}
"""
)

HEADERS = headers_for(TRIAL_STYLE)
"""The HTTP headers of a trial's page."""
