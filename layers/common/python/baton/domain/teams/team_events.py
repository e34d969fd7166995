"""The events of a team. They are not in a lead's history; on the bus they have the team's name, and no address."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso


class TeamHappened(Fact):
    """Something that happened to a team; `published` names the fields that the bus may carry."""

    published: ClassVar[tuple[str, ...]] = ("team",)
    team: str


class RosterChanged(TeamHappened):
    """Somebody joined or left, or something else is agreed for them: leads that wait may find somebody now.

    `lost_managers` says that mail reaches no manager of the team any more.
    """

    published = ("team", "lost_managers")
    type: Literal["RosterChanged"] = "RosterChanged"
    lost_managers: bool = False


class LeadsWaiting(TeamHappened):
    """Leads wait for somebody in the team, and by time alone somebody may come to take them.

    At `due_at` Baton looks again, unless another event has set the team's timer since.
    """

    published = ("team", "due_at")
    type: Literal["LeadsWaiting"] = "LeadsWaiting"
    due_at: Instant


KINDS: tuple[type[TeamHappened], ...] = (RosterChanged, LeadsWaiting)


class RecordedOfTeam(Fact):
    """An event of a team: which one it is, when it happened, and who did it."""

    event_id: str
    at: Instant
    by: str
    event: Annotated[RosterChanged | LeadsWaiting, Field(discriminator="type")]

    def for_the_bus(self) -> dict[str, object]:
        """Returns what the bus carries of the event: ids and facts, no names, no addresses."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published))
        at = iso(self.at)
        return {"event_id": self.event_id, "at": at, "version": 1, **facts}


def event_id_of(team: str, number: int) -> str:
    """Returns the id of a team's nth event, `team-sales-00000001`; no event of a lead has such an id."""
    return f"team-{team}-{number:08d}"
