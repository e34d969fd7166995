"""Compares any two texts of the agreement: versions by their numbers, drafts by their ids, or what is in force."""

import re
from typing import NamedTuple

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Version, Versions
from baton.aws.drafts.difference_views import compared_view, differences_view
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.json_view import View

_VERSION = r"[0-9]{1,6}"


class Text(NamedTuple):
    """A text of the agreement: what it is, as the answer shows it, its YAML, and its terms."""

    named: View
    yaml: str
    agreement: Agreement


class Texts(NamedTuple):
    """Reads texts of the agreement by what callers name them."""

    versions: Versions

    def compared(self, old: str | None, new: str | None) -> View:
        """Shows the differences from one text to another; None means the version in force.

        Raises:
            NotFound: there is no such version or draft.
            AgreementFaults: a draft is no valid agreement for this release of Baton.
        """
        before, after = self._text(old), self._text(new)
        same = before.yaml == after.yaml
        shown = differences_view([]) if same else compared_view(before.agreement, after.agreement)
        return {"from": before.named, "to": after.named, **shown}

    def _text(self, name: str | None) -> Text:
        if name is None:
            return _of_version(self.versions.now().current, "no agreement is in force")
        if re.fullmatch(_VERSION, name):
            return _of_version(self.versions.numbered(int(name)), f"there is no version {int(name)} of the agreement")
        draft, _ = DraftItems(self.versions).read(name)
        return Text({"draft_id": draft.draft_id, "revision": draft.revision}, draft.yaml, read_agreement(draft.yaml))


def _of_version(version: Version | None, otherwise: str) -> Text:
    if version is None:
        raise NotFound(otherwise)
    return Text({"version": version.number}, version.yaml, version.agreement)
