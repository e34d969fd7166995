"""Versions of the agreement as the API shows them."""

from hashlib import sha256
from typing import TYPE_CHECKING

from baton.aws.agreement.agreement_versions import Version, VersionsNow
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso

if TYPE_CHECKING:
    from baton.aws.sweeps.rescoring import Progress


def version_view(version: Version, standing: VersionsNow) -> View:
    """A version: where it stands, who made it, who signed it, and its text.

    `state` is `in_force`, `past`, `scheduled`, or `superseded`: signed for a later moment, before which another version
    came into force.
    """
    state = _state(version, standing)
    view: View = {"version": version.number, "state": state, "origin": version.origin}
    if state in ("in_force", "past"):
        view["in_force_since"] = version.in_force_since
    if version.in_force_from:
        view["in_force_from"] = version.in_force_from
    signatures = [{name: signature[name] for name in ("group", "by", "at")} for signature in version.signatures]
    return view | {
        "signatures": signatures,
        "sha256": sha256(version.yaml.encode()).hexdigest(),
        "yaml": version.yaml,
    }


def agreement_view(version: Version, standing: VersionsNow, progress: "Progress | None") -> View:
    """The version in force, the one to come, and how far scoring all leads under it has come."""
    view = version_view(version, standing)
    if standing.awaited:
        awaited = standing.awaited
        view["next"] = {"version": awaited.number, "in_force_from": iso(awaited.in_force_from)}
    if progress:
        view["rescoring"] = progress.view()
    return view


def _state(version: Version, standing: VersionsNow) -> str:
    if version.number == standing.number:
        return "in_force"
    if standing.awaited and standing.awaited.number == version.number:
        return "scheduled"
    return "superseded" if version.in_force_from else "past"
