"""Draws what people would rather look at than read: who goes to sales, thresholds, load, sums, rules, months."""

from collections.abc import Iterator, Sequence

from baton.domain.trial.figures.handover_load import Load
from baton.domain.trial.figures.monthly_shares import Month
from baton.domain.trial.figures.order_figures import Bar, Step
from baton.domain.trial.figures.rule_figures import RuleFigures
from baton.domain.trial.figures.trial_figures import Cell, TrialFigures
from baton.outreach.pictures.marks import bar, dot, line, picture, words
from baton.outreach.pictures.whiskers import Whisker, axis_of_shares, axis_of_times, whiskers
from baton.outreach.text.untrusted_text import one_line
from baton.outreach.trials.trial_words import TOO_FEW, lead_word, number_text, percent, won_text

QUADRANTS = {"both": "Both", "only_draft": "Only the draft", "only_today": "Only today's", "neither": "Neither"}
OUTCOMES = ("won", "lost", "returned", "open", "unknown")
_PLACES = {"both": (0, 0), "only_draft": (52, 0), "only_today": (0, 1), "neither": (52, 1)}
_WIDE, _HIGH = 48, 4.6
_NAME_LIMIT = 26


def outcomes_of(cell: Cell) -> dict[str, int]:
    """Returns how many leads of a cell ended how, in the order of the pictures."""
    counts = (cell.won, cell.lost, sum(cell.returned.values()), cell.open, cell.unknown)
    return dict(zip(OUTCOMES, counts, strict=True))


def two_by_two(cells: Sequence[Cell]) -> str:
    """Returns today against the draft, with what became of the leads in each quadrant."""
    told = "; ".join(f"{QUADRANTS[cell.name]}: {_ended(cell)}" for cell in cells)
    marks = [mark for cell in cells for mark in _quadrant(cell)]
    return picture(
        "quadrants",
        "Who goes to sales, and what became of them; each bar is all leads of its quadrant",
        f"{told}.",
        2 * _HIGH + 3.2,
        [*marks, *_legend(2 * _HIGH + 0.8)],
    )


def _ended(cell: Cell) -> str:
    ended = ", ".join(f"{name} {leads:,}" for name, leads in outcomes_of(cell).items() if leads)
    return f"{cell.leads:,} {lead_word(cell.leads)}{f', {ended}' if ended else ''}"


def _quadrant(cell: Cell) -> Iterator[str]:
    left, row = _PLACES[cell.name]
    top, at = row * _HIGH, float(left)
    yield words(left, top + 1, f"{QUADRANTS[cell.name]}: {cell.leads:,}", "strong")
    for name, leads in outcomes_of(cell).items():
        if leads:
            width = _WIDE * leads / cell.leads
            yield bar(at, top + 1.5, width, 1.1, name)
            at += width
    share = "no outcome counts" if cell.counted.share is None else f"{percent(cell.counted.share)} won"
    yield words(left, top + 3.7, f"{share} of {cell.counted.of:,}" if cell.counted.of else share, "soft")


def _legend(top: float) -> Iterator[str]:
    for place, name in enumerate(OUTCOMES):
        left, base = 34 * (place % 3), top + 1.4 * (place // 3)
        yield bar(left, base - 0.75, 3, 0.8, name)
        yield words(left + 4, base, name)


def shares_of_cells(cells: Sequence[Cell]) -> str:
    """Returns the share won in each quadrant, with its interval."""
    rows = [
        Whisker(QUADRANTS[cell.name], won_text(cell.counted, cell.within), cell.counted.share, cell.within)
        for cell in cells
    ]
    told = "; ".join(f"{row.name}: {row.said}" for row in rows)
    return whiskers("shares", "Share won, and from where to where it may be", f"{told}.", rows, axis_of_shares(rows))


def ladder_picture(steps: Sequence[Step], threshold: int) -> str:
    """Returns what each threshold would hand over: leads on a working day, share won, wins missed."""
    shares = [Whisker("", "", step.counted.share, step.within) for step in steps]
    axis, rows = axis_of_shares(shares), list[str]()
    most_a_day = max((step.a_day or 0 for step in steps), default=0) or 1
    most_missed = max((step.missed for step in steps), default=0) or 1
    heads = {0: "points", 14: "leads a day", 45: "share won", 76: "wins missed"}
    rows += [words(left, 1, head, "soft") for left, head in heads.items()]
    for number, step in enumerate(steps, 1):
        top, look = 2.3 * number - 0.7, "strong" if step.threshold == threshold else ""
        rows.append(words(0, top + 0.9, f"{step.threshold}", look))
        rows.append(words(14, top + 0.9, number_text(step.a_day), look))
        rows.append(bar(14, top + 1.15, 26 * (step.a_day or 0) / most_a_day, 0.55, "draft"))
        rows.append(words(45, top + 0.9, percent(step.counted.share), look))
        if step.within and step.counted.share is not None:
            low, high = (45 + 0.26 * axis.place(end) for end in step.within)
            rows.append(line(low, top + 1.45, high, top + 1.45, "whisker"))
            rows.append(dot(45 + 0.26 * axis.place(step.counted.share), top + 1.45, "dot"))
        rows.append(words(76, top + 0.9, f"{step.missed:,}", look))
        rows.append(bar(76, top + 1.15, 24 * step.missed / most_missed, 0.55, "lost"))
    own = next((step for step in steps if step.threshold == threshold), None)
    told = f"{len(steps)} thresholds from {steps[0].threshold} to {steps[-1].threshold} points"
    if own:
        told += (
            f"; at the draft's {threshold} points {number_text(own.a_day)} leads on a working day, "
            f"{won_text(own.counted, own.within)}, {own.missed:,} wins missed"
        )
    title = f"What each threshold would hand over; the draft's own is {threshold}"
    return picture("ladder", title, f"{told}.", 2.3 * len(steps) + 2, rows)


def load_picture(loads: Sequence[Load]) -> str:
    """Returns the leads on a working day for each team: the middle day, the 95th of 100, and the room of its reps."""
    most = max((max(load.most, load.capacity or 0) for load in loads), default=0) or 1
    marks, told = list[str](), list[str]()
    for number, load in enumerate(loads):
        top = 2.9 * number
        name = f"{one_line(load.label, _NAME_LIMIT)}, {'today' if load.agreement == 'today' else 'the draft'}"
        room = f", room for {load.capacity:,}" if load.capacity else ""
        said = f"{number_text(load.median)}, at most {number_text(load.most)}{room}"
        marks += [words(0, top + 1, name), words(100, top + 1, said, "soft", "end")]
        marks.append(bar(0, top + 1.4, 100 * load.most / most, 0.9, "most"))
        marks.append(bar(0, top + 1.4, 100 * load.median / most, 0.9, load.agreement))
        if load.capacity:
            at = 100 * load.capacity / most
            marks.append(line(at, top + 1.2, at, top + 2.5, "whisker"))
        told.append(f"{name}: {number_text(load.median)} leads on the middle day, {said.partition(', ')[2]}")
    title = "Leads on a working day: the middle day, and the most on 95 of 100 days"
    if any(load.capacity for load in loads):
        title += "; the line is how many open leads all reps may have"
    return picture("load", title, f"{'; '.join(told)}.", 2.9 * len(loads), marks)


def sums_picture(bars: Sequence[Bar], figures: TrialFigures) -> str:
    """Returns how many leads reach which sum of points, before any limit, and how many of them were won."""
    most, width, floor = max(each.counted.of for each in bars) or 1, 100 / len(bars), 9.0
    marks = list[str]()
    for place, each in enumerate(bars):
        won, all_of = (7.5 * number / most for number in each.counted)
        marks.append(bar(place * width + 0.1 * width, floor - all_of, 0.8 * width, all_of, "most"))
        marks.append(bar(place * width + 0.1 * width, floor - won, 0.8 * width, won, "won"))
    marks.append(line(0, floor, 100, floor, "axis"))
    for points, said in _marked(figures):
        places = [place for place, each in enumerate(bars) if each.least is not None and each.least <= points]
        beyond = bars[-1].below is not None and points > (bars[-1].below or 0)
        if places and not beyond:
            first = bars[places[-1]]
            part = (points - (first.least or 0)) / (figures.top / 10) if first.below is not None else 0.0
            at = width * (places[-1] + min(1.0, part))
            marks.append(line(at, 0.4, at, floor + 0.3, "middle"))
            marks.append(words(at, floor + 1.4, said, "soft", "start" if at < 10 else "end" if at > 90 else "middle"))
    order = figures.order
    told = (
        f"{sum(each.counted.of for each in bars):,} leads with an outcome; {percent(order.heaped)} of them reach the "
        f"full score of {figures.top} or more, {percent(order.at_zero)} have 0 or less"
    )
    title = "Highest sum of points before the limits, of leads with an outcome; the filled part was won"
    return picture("sums", title, f"{told}.", floor + 1.8, marks)


def _marked(figures: TrialFigures) -> Iterator[tuple[int, str]]:
    yield 0, "0"
    if 0 < figures.threshold < figures.top:
        yield figures.threshold, f"{figures.threshold}"
    yield figures.top, f"{figures.top}"


def lifts_picture(rules: Sequence[RuleFigures]) -> str:
    """Returns how many times as often leads with a rule's points are won, the most telling rule first."""
    judged = sorted((each for each in rules if each.comparison.lift), key=lambda each: -(each.comparison.lift or 0))
    rows = [
        Whisker(one_line(rule.rule, _NAME_LIMIT), lift_text(rule), rule.comparison.lift, rule.comparison.lift_within)
        for rule in judged
    ]
    if not rows:
        return ""
    told = f"{len(rows)} of {len(rules)} rules can be judged; {'; '.join(f'{row.name}: {row.said}' for row in rows)}"
    title = "How many times as often leads with a rule's points are won as others"
    return whiskers("lifts", title, f"{told}.", rows, axis_of_times())


def lift_text(rule: RuleFigures) -> str:
    """Returns how many times as often leads with a rule's points are won: `2.3 times (1.5 to 3.4)`, or `too few`."""
    lift, within = rule.comparison.lift, rule.comparison.lift_within
    if rule.too_few or lift is None:
        return TOO_FEW
    return f"{lift:.1f} times" + (f" ({within[0]:.1f} to {within[1]:.1f})" if within else "")


def months_picture(months: Sequence[Month]) -> str:
    """Returns the share won of the leads that became known in each month."""
    rows = [
        Whisker(
            each.month,
            f"{percent(each.counted.share)} of {each.counted.of:,}" if each.counted.of else "no outcome counts",
            each.counted.share,
            each.within,
        )
        for each in months
    ]
    total, won = (sum(getattr(each.counted, name) for each in months) for name in ("of", "won"))
    axis = axis_of_shares(rows, won / total if total else None)
    told = (
        f"From {rows[0].name} ({rows[0].said}) to {rows[-1].name} ({rows[-1].said}); {_percent_of(won, total)} of all"
    )
    return whiskers("months", "Share won by the month in which leads became known", f"{told}.", rows, axis)


def _percent_of(won: int, total: int) -> str:
    return percent(won / total if total else None)
