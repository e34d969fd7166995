"""The simulation of scale takes units as AWS does, and says what gives way first."""

from bench.scale.quotas import Quotas
from bench.scale.recording import OWN, Recorded, read
from bench.scale.simulation import Bucket, Outcome, Simulation, after_a_mailing, evenly

RAISED = Quotas(forms=(5_000, 5_000))
HOT = "MOVES#2026-11"


def _recorded(writes: dict[str, float]) -> list[Recorded]:
    """Two requests that write these units, each also to its own lead."""
    return read(
        [
            [
                ["submit_form", 0.005, [["TransactWriteItems", {**writes, f"LEAD#{number}": 16.0}, {}, 0]]],
                ["publish_events", 0.002, [["PutEvents", {}, {}, 3]]],
                ["notify_sales", 0.01, [["Publish", {}, {}, 0]]],
            ]
            for number in range(2)
        ]
    )


def _played(rate: float, writes: dict[str, float], handovers: float = 0, quotas: Quotas = RAISED) -> Outcome:
    recorded = dict.fromkeys((False, True), _recorded(writes))
    return Simulation(quotas, recorded, 1).run(evenly(rate, 10, handovers, 10, 1))


def test_a_bucket_gives_its_rate_each_second_and_no_more() -> None:
    bucket = Bucket(rate=10, size=10)
    assert sum(bucket.take(1, now=tick / 100) for tick in range(1_000)) in range(105, 111)


def test_what_is_larger_than_a_bucket_takes_it_whole() -> None:
    bucket = Bucket(rate=10, size=10)
    assert (bucket.take(25, now=0), bucket.take(1, now=0)) == (True, False)


def test_only_keys_that_several_requests_share_can_be_hot() -> None:
    first, _ = _recorded({HOT: 1})
    assert first.runs[0].calls[0].writes == {HOT: 1, OWN: 16.0}


def test_a_key_gives_way_at_a_thousand_units_a_second() -> None:
    assert _played(400, {HOT: 2.0}).throttled_writes == 0
    hot = _played(700, {HOT: 2.0})
    assert hot.first is not None
    assert hot.first[1] == f"key {HOT}, writes"
    assert hot.throttled_writes > 100


def test_forms_beyond_the_stages_throttle_are_refused() -> None:
    outcome = _played(100, {HOT: 1.0}, quotas=Quotas(forms=(50, 50)))
    assert outcome.first is not None
    assert outcome.first[1] == "the stage's throttle on forms"
    assert outcome.refused > 300


def test_two_handovers_of_one_pool_at_once_conflict_and_both_reach_the_mail() -> None:
    arrivals = evenly(60, 5, handovers=1, pools=1, seed=1)
    outcome = Simulation(RAISED, dict.fromkeys((False, True), _recorded({})), 1).run(arrivals)
    assert outcome.conflicts > 0
    assert len(outcome.to_mail) == len(arrivals)


def test_the_same_seed_gives_the_same_minute() -> None:
    outcomes = [_played(300, {HOT: 3.0}, handovers=0.1) for _ in range(2)]
    assert outcomes[0] == outcomes[1]


def test_a_mailings_forms_come_at_first() -> None:
    arrivals = after_a_mailing(100, 30, 0, 1, 1)
    early = sum(arrival.at < 10 for arrival in arrivals)
    assert early > len(arrivals) / 2
