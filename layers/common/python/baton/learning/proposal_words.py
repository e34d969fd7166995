"""Writes a proposal for people: a draft in YAML, with what is proposed and how sure it is in comments above it."""

from collections.abc import Sequence

from baton.domain.statistics.won_shares import wilson
from baton.learning.fitting.table_fit import Quality
from baton.learning.proposed_table import Proposal, ProposedRule

_BEGINS = "Proposal of points"
_NOTHING = "Nothing is proposed: what these leads tell could be chance, and today's points stay."
_UNSIGNED = (
    "It takes effect only as a draft that both departments sign. Each wish changes the figures: say so in `--looks`."
)
_COLUMNS = ("rule", "points", "today", "95 % interval", "leads", "won", "resamples", "AUC without", "top 10 % without")


def draft_text(report: Sequence[str], draft: str | None) -> str:
    """Returns the draft below its report; only the report if nothing is proposed."""
    above = "".join(f"# {line}".rstrip() + "\n" for line in report)
    return above if draft is None else f"{above}\n{draft}"


def without_report(text: str) -> str:
    """Returns the text of an agreement without the report of the proposal that it once was."""
    return text.partition("\n\n")[2] if text.startswith(f"# {_BEGINS}") else text


def report_lines(proposal: Proposal) -> list[str]:
    """Returns the report: what it was learned from, how good it is, each rule, what it cannot tell."""
    won, of = proposal.learned_from
    wishes, scale = proposal.wishes, proposal.scale
    lines = [
        f"{_BEGINS} ({wishes.mode}, seed {wishes.seed}), learned from {of} leads with an outcome, {won} won,"
        f" of {proposal.leads}.",
        "",
    ]
    if not proposal.rules:
        return [*lines, _NOTHING, *_warned(proposal)]
    lines += [
        "How the order tells wins, learned from the first 70 % of leads and judged on the last 30 %:",
        *_table(
            [
                ("", "AUC", "won in the top 5 %", "10 %", "20 %"),
                ("today", *_figures(proposal.in_force)),
                ("proposed", *_figures(proposal.proposed)),
            ]
        ),
        "",
        f"Threshold {scale.threshold} of {scale.full_score}: {scale.leads_per_day:.1f} leads a working day (today's:"
        f" {scale.todays_leads_per_day:.1f}). Each lead begins with {scale.base} points, so that no score is cut.",
        "",
        *_table([_COLUMNS, *(_row(rule, wishes.resamples) for rule in proposal.rules)]),
    ]
    if any(rule.within is None for rule in proposal.rules):
        lines.append("A rule without an interval was chosen by all leads together, and by neither half of them alone.")
    return [*lines, *_warned(proposal), "", _UNSIGNED]


def _warned(proposal: Proposal) -> list[str]:
    return ["", *(f"Warning: {said}." for said in proposal.warnings)] if proposal.warnings else []


def _row(rule: ProposedRule, resamples: int) -> tuple[str, ...]:
    low, high = rule.within or (None, None)
    within = f"{low:+.0f} to {high:+.0f}" if low is not None and high is not None else "-"
    share = wilson(rule.having)
    won = f"{rule.having.won} ({share[0]:.0%} to {share[1]:.0%})" if share else "0"
    seen = "-" if rule.seen is None else f"{rule.seen} of {resamples}"
    top = rule.without.tops[1]
    return (
        rule.rule.id,
        f"{rule.points:+d}",
        f"{rule.rule.points:+d}" if rule.rule.points else "new",
        within,
        str(rule.having.of),
        won,
        seen,
        _figure(rule.without.auc),
        _figure(top),
    )


def _figures(quality: Quality) -> tuple[str, ...]:
    return (_figure(quality.auc), *map(_figure, quality.tops))


def _figure(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
