"""A trial of the table finds when and why the deployed commands hand each lead over, under either agreement."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.agreement.agreement_versions import body_of
from baton.aws.agreement.enactment import seed
from baton.aws.leads.commands import Commands
from baton.aws.signals.signal_batches import Result, SignalBatches
from baton.aws.trials.tried_leads import TriedLeads
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.stage_and_status import Status
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.timers.deadlines import next_deadline
from baton.domain.trial.crossings import Crossing
from tests.integration.conftest import Prepared
from tests.integration.world import World, living_in
from tests.unit.trial.random_leads import BEGIN, Arrivals, agreements, arrivals_of

LEADS = 200
AGREEMENTS = agreements()
UNTIL = BEGIN + timedelta(days=200)

Found = tuple[int, str] | None


def lived(prepared: Prepared, agreement: Agreement, histories: Sequence[Arrivals]) -> dict[str, Found]:
    """Lets random leads live under an agreement; gives when and why each was first handed over, by its id.

    Their signals go through the commands of the API, and each timer fires when it is due.
    """
    prepared.without_people()
    with living_in(World(prepared.stack, prepared.calls, BEGIN)) as world:
        seed(world.stack.store, agreement.title, lambda _: agreement, BEGIN)
        return {lead_id: handed_over(world, lead_id) for lead_id in [live(world, each) for each in histories]}


def told_once(arrivals: Arrivals, kinds: AgreedKinds) -> Arrivals:
    """Returns messages of which none says that somebody asks for a person where its kind says so already.

    An event does not keep who said it, so an agreement with other kinds takes it for what the kind said.
    """
    return [
        (at, replace(message, signal=message.signal.model_copy(update={"asks_for_a_person": False})))
        if message.signal.kind in kinds.asking
        else (at, message)
        for at, message in arrivals
    ]


def live(world: World, arrivals: Arrivals) -> str:
    batches = SignalBatches(Commands(world.stack.store, Agreements(world.stack.store, 60)))
    lead_id = arrivals[0][1].lead_id
    for arrived, message in arrivals:
        at = arrived.replace(microsecond=arrived.microsecond // 1000 * 1000)
        let_pass(world, lead_id, at)
        assert batches.receive([replace(message, lead_id=lead_id)], at) == [Result.ACCEPTED]
    let_pass(world, lead_id, UNTIL)
    return lead_id


def let_pass(world: World, lead_id: str, until: datetime) -> None:
    """Fires the lead's timers up to a moment; nobody waits for what sales has to do."""
    while (lead := world.stack.store.lead(lead_id)) and lead.status is not Status.WITH_SALES:
        due = next_deadline(lead)
        if due is None or due >= until:
            return
        world.now = max(due, lead.updated_at)
        world.invoke("follow_up", {"lead_id": lead_id, "event_id": lead.timer})


def handed_over(world: World, lead_id: str) -> Found:
    offers = [each for each in world.stack.history(lead_id) if isinstance(each.event, HandoffOffered)]
    return (milliseconds(offers[0].at), offers[0].event.trigger) if offers else None


def found(crossing: Crossing | None) -> Found:
    return (crossing.at, crossing.trigger) if crossing else None


def in_force(agreement: Agreement, version: int) -> AgreementInForce:
    return AgreementInForce.model_validate_json(body_of(version, agreement, BEGIN))


@pytest.mark.parametrize("which", range(len(AGREEMENTS)))
def test_a_trial_finds_what_the_deployed_commands_do_under_either_agreement(prepared: Prepared, which: int) -> None:
    today, draft = AGREEMENTS[which], AGREEMENTS[(which + 1) % len(AGREEMENTS)]
    kinds = AgreedKinds.of(today.rules)
    histories = [told_once(arrivals_of(number), kinds) for number in range(which, LEADS, len(AGREEMENTS))]
    under_the_draft = lived(prepared, draft, histories)
    under_todays = lived(prepared, today, histories)
    assert {each is None for each in under_todays.values()} == {True, False}
    leads = TriedLeads.under(prepared.stack.store, in_force(today, 1), in_force(draft, 2), UNTIL)
    for lead_id in under_todays:
        row = leads.row(lead_id)
        assert row
        assert row.left_out is None
        assert found(row.current) == under_todays[lead_id], lead_id
        assert found(row.draft) == under_the_draft[lead_id], lead_id
