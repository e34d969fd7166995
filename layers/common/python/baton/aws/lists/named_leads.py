"""Names the leads behind a figure of a report, so that nobody has to open each to know who it is."""

from typing import TYPE_CHECKING

from baton.aws.table.keys import lead_keys
from baton.aws.table.store import Store
from baton.aws.web.json_view import View

if TYPE_CHECKING:
    from baton.domain.leads.lead import Lead


def with_names(page: View, store: Store) -> View:
    """Returns a page of leads with the name, the company and the address of each; null of an erased one."""
    if not page["leads"]:
        return page
    from baton.domain.leads.lead import Lead  # a report itself reads no lead  # noqa: PLC0415

    bodies = store.lead_bodies([lead_keys.lead(each["lead_id"]) for each in page["leads"]])
    known = {lead_id: Lead.model_validate_json(body) for lead_id, body in bodies.items()}
    return page | {"leads": [{**each, **_named(known.get(each["lead_id"]))} for each in page["leads"]]}


def _named(lead: "Lead | None") -> View:
    if lead is None:
        return dict.fromkeys(("first_name", "last_name", "company", "email"))
    return {
        "first_name": lead.profile.first_name,
        "last_name": lead.profile.last_name,
        "company": lead.company.name or lead.company.domain,
        "email": lead.address,
    }
