"""Writes conditions in words, and what a lead lacks to meet one, for people who never saw the rules."""

from collections.abc import Container, Mapping, Sequence
from datetime import timedelta
from typing import Any

from baton.agreement.terms.durations import format_duration
from baton.agreement.terms.rules import ATTRIBUTE, Condition, EngagementRule, FitRule, Rules
from baton.domain.basics.amounts import amount_text, number_text
from baton.domain.conditions.compiled_conditions import BOOLEANS, NUMBERS, Moment, compile_condition, compile_match
from baton.domain.conditions.elapsed_time import elapsed
from baton.domain.leads.signal_counts import Counter

_NAMES = {
    "asked_for_a_person": "having asked for a person",
    "company_country": "the company's country",
    "company_domain": "the company's domain",
    "disposable_address": "having a throw-away address",
    "email_domain": "the domain of the address",
    "employees": "the number of employees",
    "engagement": "the engagement score",
    "engagement_band": "the engagement band",
    "fit": "the fit score",
    "fit_band": "the fit band",
    "free_mail": "having an address of a free mail provider",
    "funnel": "the funnel stage",
    "target_account": "being a target account",
}


def missing_in_words(condition: Condition, moment: Moment, counters: dict[str, Counter]) -> list[str]:
    """Returns what a lead lacks for a condition, one phrase each; empty if the condition holds.

    A sample: `the score at least 60 (it is 42)`. `counters` are those of the scorecard.
    """
    lacks: list[str] = []
    for name, test in condition.items():
        if compile_condition({name: test}, counters)(moment):
            continue
        match name:
            case "all":
                for each in test:
                    lacks += missing_in_words(each, moment, counters)
            case "any":
                ways = [" and ".join(missing_in_words(each, moment, counters)) for each in test]
                lacks.append(ways[0] if len(ways) == 1 else "one of these: " + "; or ".join(ways))
            case "not":
                lacks.append(f"it must not be so that {condition_in_words(test)}")
            case "bant":
                lacks += _lacking_answers(test, moment)
            case "age" | "silent_for":
                length = duration_in_words(max(0, elapsed(name, moment)) // 1000)
                lacks.append(f"{_say(name, test)} (it is {length})")
            case "signals":
                lacks.append(f"{_say_signals(test)} ({_how_many(test, moment, counters)})")
            case _:
                lacks.append(_lack(name, test, moment))
    return lacks


def _lacking_answers(test: Mapping[str, Any], moment: Moment) -> list[str]:
    met = moment["bant_met"]
    if "met" in test:
        return [
            f"{need}: {'the answer is not good enough' if need in moment else 'no answer yet'}"
            for need in test["met"]
            if need not in met
        ]
    return [f"{test['at_least']} of budget, authority, need and timeline met ({len(met)} so far)"]


def _how_many(test: Any, moment: Moment, counters: dict[str, Counter]) -> str:
    if "sum" in test:
        return _how_much(test, moment, counters)
    wanted = Counter.of(test, compile_match(test["match"]))
    after = max(moment.at - test["within"] * 1000, moment.since) if "within" in test else moment.since
    count = counters.get(wanted.key, wanted).count(moment.tally, after)
    return f"there {'is' if count == 1 else 'are'} {count}" if count else "there is none"


def _how_much(test: Any, moment: Moment, counters: dict[str, Counter]) -> str:
    from baton.domain.conditions.signal_sums import Sum  # few agreements add up  # noqa: PLC0415

    wanted = Sum.of(test, compile_match(test["match"]))
    after = max(moment.at - test["within"] * 1000, moment.since) if "within" in test else moment.since
    total, most = wanted.total(moment.tally, after) / 1000, test["sum"].get("at_most")
    count = counters.get(wanted.key, wanted).count(moment.tally, after)
    if most is not None and total > most:
        return "it is more"
    return f"it is {number_text(total)}{'' if count else ', there is no signal'}"


def _lack(name: str, test: Any, moment: Moment) -> str:
    wanted = _say(name, test)
    if name in BOOLEANS or name == "shifted":
        return f"{wanted} (it is not so)"
    value = moment[name]
    if value is None:
        return f"{_name(name)} is not known" if test == {"known": True} else f"{wanted} (it is not known)"
    if isinstance(value, bool):
        return f"{wanted} (it is {'yes' if value else 'no'})"
    is_number = name in NUMBERS or (name.startswith(ATTRIBUTE) and not isinstance(value, str))
    return f"{wanted} (it is {amount_text(value) if is_number else value})"


def condition_in_words(condition: Condition) -> str:
    """Writes a condition in words: `the score at least 60, and industry one of manufacturing, retail`."""
    return ", and ".join(_say(name, test) for name, test in condition.items()) or "anything"


def _say(name: str, test: Any) -> str:
    match name:
        case "all":
            words = ", and ".join(_together(each) for each in test)
        case "any":
            words = "either " + ", or ".join(_together(each) for each in test)
        case "not":
            words = f"not {_together(test)}"
        case "bant":
            fewest = f"{test.get('at_least')} of budget, authority, need and timeline"
            words = f"{_listed(test['met']) if 'met' in test else fewest} met"
        case "age":
            words = f"known for {_say_length(test)}"
        case "silent_for":
            words = f"silent for {_say_length(test)}"
        case "signals":
            words = _say_signals(test)
        case "shifted":
            words = f"a turn from orientation to buying in the last {duration_in_words(test['within'])}"
        case _ if name in BOOLEANS:
            words = _name(name) if test else f"not {_name(name)}"
        case _ if isinstance(test, bool):
            words = f"{_name(name)} {'yes' if test else 'no'}"
        case _:
            words = f"{_name(name)} {_say_test(test)}"
    return words


def _together(condition: Condition) -> str:
    """Writes a condition within another one, in brackets if it has several parts."""
    several = len(condition) > 1 or next(iter(condition), "") in ("all", "any")
    return f"({condition_in_words(condition)})" if several else condition_in_words(condition)


def _name(name: str) -> str:
    return _NAMES.get(name, name.removeprefix(ATTRIBUTE).replace("_", " "))


def _say_signals(test: Mapping[str, Any]) -> str:
    least, most = test.get("at_least", 1), test.get("at_most")
    often = f"at least {least}" if most is None else f"{least} to {most}" if "at_least" in test else f"at most {most}"
    matched = match_in_words(test["match"])
    what = f" ({matched})" if matched else ""
    if "sum" in test:
        return _say_sum(test, what)
    signals = "signal" if often.endswith(" 1") else "signals"
    different = f" of different {test['distinct'].replace('_', ' ')}" if "distinct" in test else ""
    within = f" in the last {duration_in_words(test['within'])}" if "within" in test else ""
    return f"{often} {signals}{different}{what}{within}"


def _say_sum(test: Mapping[str, Any], what: str) -> str:
    """Writes a sum, and how many signals there must be, if that is asked: `the sum of seconds at least 600 of …`."""
    bounds = {name: test["sum"][name] for name in ("at_least", "at_most") if name in test["sum"]}
    within = f" in the last {duration_in_words(test['within'])}" if "within" in test else ""
    total = f"the sum of {test['sum']['of']} {_say_test(bounds)} of signals{what}{within}"
    if "at_least" not in test and "at_most" not in test:
        return total
    return f"{_say_signals({name: each for name, each in test.items() if name != 'sum'})}, and {total}"


def match_in_words(match: Mapping[str, Any]) -> str:
    """Writes the tests of a signal in words: `kind page_visited, content topic pricing`; empty if all match."""
    return ", ".join(f"{name.replace('_', ' ')} {_say_test(each)}" for name, each in match.items())


def earned_by_in_words(rule: EngagementRule) -> str:
    """Writes for which signals, and for which leads, an engagement rule gives points."""
    signal = match_in_words(rule["signal"]) or "any signal"
    return f"{signal}, if {condition_in_words(rule['when'])}" if rule["when"] else signal


def words_by_rule(rules: Rules, named: Container[str] | None = None) -> dict[str, str]:
    """Writes, by the id of each rule with points, whom or what it asks; only of the `named` ones, if any are."""
    fit, engagement = rules["fit"], rules["engagement"]
    of_fit = {each["id"]: condition_in_words(each["when"]) for each in fit if _is_among(named, each)}
    return of_fit | {each["id"]: earned_by_in_words(each) for each in engagement if _is_among(named, each)}


def _is_among(named: Container[str] | None, rule: FitRule | EngagementRule) -> bool:
    return named is None or rule["id"] in named


def _say_test(test: Mapping[str, Any]) -> str:
    words = []
    for name, wanted in test.items():
        match name:
            case "is":
                words.append(_value(wanted))
            case "one_of":
                words.append("one of " + ", ".join(_value(each) for each in wanted))
            case "matches":
                words.append(f"like /{wanted}/")
            case "between":
                words.append(f"from {number_text(wanted[0])} to {number_text(wanted[1])}")
            case "known":
                words.append("known" if wanted else "unknown")
            case _:
                words.append(f"{name.replace('_', ' ')} {number_text(wanted)}")
    return " and ".join(words)


def _value(wanted: object) -> str:
    return number_text(wanted) if isinstance(wanted, int | float) and not isinstance(wanted, bool) else str(wanted)


def _say_length(test: Mapping[str, int]) -> str:
    return " and ".join(f"{end.replace('_', ' ')} {duration_in_words(length)}" for end, length in test.items())


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def duration_in_words(seconds: int) -> str:
    """Writes seconds as the agreement does: `7d`, `1h 30m`."""
    return format_duration(timedelta(seconds=seconds))
