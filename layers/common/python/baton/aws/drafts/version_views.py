"""Shows versions of the agreement in answers of the API."""

from hashlib import sha256

from baton.aws.agreement.agreement_versions import Version, VersionsNow
from baton.aws.sweeps.rescoring_progress import Progress
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso


def version_view(version: Version, versions_now: VersionsNow) -> View:
    """Shows a version with its text."""
    return version_summary(version, versions_now) | {"yaml": version.yaml}


def version_summary(version: Version, versions_now: VersionsNow) -> View:
    """Shows a version in a list: its state, origin and signatures.

    `state` is `in_force`, `past`, `scheduled`, or `superseded`: signed for a later date, but another version came into
    force before.
    """
    state = _state(version, versions_now)
    view: View = {"version": version.number, "state": state, "origin": version.origin}
    if state in ("in_force", "past"):
        view["in_force_since"] = version.in_force_since
    if version.in_force_from:
        view["in_force_from"] = version.in_force_from
    signatures = [{name: signature[name] for name in ("group", "by", "at")} for signature in version.signatures]
    return view | {"signatures": signatures, "sha256": sha256(version.yaml.encode()).hexdigest()}


def agreement_view(version: Version, versions_now: VersionsNow, progress: Progress | None) -> View:
    """Shows the version in force, the one signed for a later date, and the progress of rescoring all leads."""
    view = version_view(version, versions_now)
    if versions_now.awaited:
        awaited = versions_now.awaited
        view["next"] = {"version": awaited.number, "in_force_from": iso(awaited.in_force_from)}
    if progress:
        view["rescoring"] = progress.view()
    return view


def _state(version: Version, versions_now: VersionsNow) -> str:
    if version.number == versions_now.number:
        return "in_force"
    if versions_now.awaited and versions_now.awaited.number == version.number:
        return "scheduled"
    return "superseded" if version.in_force_from else "past"
