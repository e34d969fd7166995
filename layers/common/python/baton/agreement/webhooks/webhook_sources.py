"""The one list of marketing tools whose webhooks Baton reads; each has a module in `intake/webhooks/senders`."""

from typing import Literal, get_args

Source = Literal[
    "standard", "hubspot", "typeform", "calendly", "segment", "customerio", "mailchimp", "marketo", "mautic"
]
"""A tool as `POST /webhooks/{source}` names it, such as `hubspot`."""

SOURCES: tuple[Source, ...] = get_args(Source)
