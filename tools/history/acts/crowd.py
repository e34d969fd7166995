"""Very many leads, and a lead with a very long history: for tests of long lists, and no part of a usual history."""

from tools.history.acts.marketing import Marketing
from tools.history.acts.visitors import Visitors
from tools.history.cast.people import MARIA
from tools.history.past import Past

LEADS, EVENTS = 5_000, 2_000
AT_ONCE = 100
"""A call takes so many signals."""
CONSTANT_READER = "constant.reader@fernleser.example"


class Crowd:
    """All of them come at once."""

    def __init__(self, past: Past, visitors: Visitors, marketing: Marketing) -> None:
        self.past, self.visitors, self.marketing = past, visitors, marketing

    def subscribes(self, leads: int = LEADS) -> None:
        """A list of subscribers is handed in, of whom nothing is known that scores."""
        lines = ["email,first_name,last_name"]
        for number in range(leads):
            person = self.visitors.next_person()
            lines.append(f"reader-{number:05}@{person.company.domain},{person.first_name},{person.last_name}")
        self.marketing.hands_in({"kind": "leads", "source": "newsletter", "campaign": "old list"}, lines)

    def reads_on_and_on(self, events: int = EVENTS) -> None:
        """Somebody reads and reads."""
        for begin in range(0, events, AT_ONCE):
            signals = [
                {"message_id": f"read-{number}", "email": CONSTANT_READER, "kind": "newsletter_read"}
                for number in range(begin, min(begin + AT_ONCE, events))
            ]
            self.past.act(MARIA, "marketing", "POST", "/signals", {"signals": signals})
