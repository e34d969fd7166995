"""Each function has the permissions that it needs, and no others."""

import pytest

from tests.template.parsed_template import FUNCTIONS, WITH_ROLES, Statement, events_of, statements

READING = {
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "secretsmanager:GetSecretValue",
    "sns:GetSubscriptionAttributes",
    "sns:GetTopicAttributes",
    "sns:ListSubscriptionsByTopic",
    "s3:GetObject",
    "sqs:GetQueueAttributes",
}
KNOW_NO_RESOURCE = {"sns:GetSubscriptionAttributes", "sns:Unsubscribe", "cloudwatch:GetMetricData"}
INDEX_1, INDEX_2 = ({"Sub": f"${{Table.Arn}}/index/{name}"} for name in ("gsi1", "gsi2"))
OF_LISTS = [{"Sub": f"${{ImportFiles.Arn}}/{folder}/*"} for folder in ("uploads", "results")]
OF_TIMERS = {"Sub": "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${FollowUpTimer.Name}:*"}
OF_FAILURES = {
    *("sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage"),
    *("lambda:InvokeFunction", "states:StartExecution"),
}
"""What is done with all queues of failures alike, and with those to whom their messages go."""
NEED_NOTHING = {"AnswerPreflightFunction", "GetOpenapiFunction", "ServeConsoleFunction"}
"""The functions that call nothing of AWS."""
LEDGER = {"GetAtt": "ErasureLedger.Arn"}
ALL = list(statements())


def reads_only(function: str) -> bool:
    """Whether all it answers are GET and HEAD."""
    events = events_of(function).values()
    return bool(events) and all(
        event["Type"] == "Api" and event["Properties"]["Method"] in ("GET", "HEAD") for event in events
    )


@pytest.mark.parametrize("statement", ALL, ids=str)
def test_a_statement_allows_one_action_by_its_full_name(statement: Statement) -> None:
    assert statement.effect == "Allow"
    [action] = statement.actions
    assert "*" not in action
    assert "?" not in action


@pytest.mark.parametrize("statement", ALL, ids=str)
def test_a_statement_names_one_resource_of_this_stack_or_the_queues_and_consumers_of_failures(
    statement: Statement,
) -> None:
    if set(statement.actions) <= KNOW_NO_RESOURCE:
        assert statement.resource == "*"
        return
    several = statement.resource if isinstance(statement.resource, list) else [statement.resource]
    assert len(several) == 1 or statement.actions[0] in OF_FAILURES
    for resource in several:
        assert resource != "*"
        [form] = resource
        assert form in ("Ref", "GetAtt") or resource in (INDEX_1, INDEX_2, *OF_LISTS, OF_TIMERS)


@pytest.mark.parametrize("statement", [s for s in ALL if s.actions[0].startswith("dynamodb:")], ids=str)
def test_a_statement_about_the_table_names_its_partitions(statement: Statement) -> None:
    if statement.resource in (INDEX_1, INDEX_2):
        assert statement.actions == ("dynamodb:Query",)
    if statement.resource in (INDEX_1, LEDGER):
        return
    [[operator, condition]] = statement.condition.items()
    assert operator == "ForAllValues:StringLike"
    of_leads = {"LEAD#*", "ERASED#*", "ERASURES", "QUARANTINE#*", "LIMIT#*", "IMPORT#*", "ANONYMOUS#*"}
    of_agreement = {"AGREEMENT", "PROPOSAL#*", "TRIAL#*"}
    of_table = (
        {"TEAM#*", "ACCOUNT#*", "BOOKS", "REPORTS", "FAILURES", "TOOLS", "MAILBOX#*", "WORDS#*"}
        | of_agreement
        | of_leads
    )
    of_index = {"HANDOFFS#*", "DUTIES#*", "MOVES#*", "LOOKS#*"}
    assert set(condition["dynamodb:LeadingKeys"]) <= (of_index if statement.resource == INDEX_2 else of_table)


@pytest.mark.parametrize("function", [function for function in FUNCTIONS if reads_only(function)])
def test_a_function_that_only_reads_may_not_write(function: str) -> None:
    assert {action for s in ALL if s.of == function for action in s.actions} <= READING


def test_the_read_only_functions_are_recognized() -> None:
    assert {"GetLeadFunction", "ListLeadsFunction", "ShowLinkFunction"} <= {f for f in FUNCTIONS if reads_only(f)}


@pytest.mark.parametrize("function", ["SubmitFormFunction", "SubmitSignalsFunction", "ReceiveWebhookFunction"])
def test_functions_that_take_signals_delete_only_anonymous_signals(function: str) -> None:
    [statement] = [s for s in ALL if s.of == function and s.actions == ("dynamodb:DeleteItem",)]
    [condition] = statement.condition.values()
    assert condition == {"dynamodb:LeadingKeys": ["ANONYMOUS#*"]}


def test_notify_sales_deletes_only_notes_of_mails_that_waited() -> None:
    [statement] = [s for s in ALL if s.of == "NotifySalesFunction" and s.actions == ("dynamodb:DeleteItem",)]
    [condition] = statement.condition.values()
    assert condition == {"dynamodb:LeadingKeys": ["MAILBOX#*"]}


def test_only_the_named_functions_may_delete_items_or_scan_a_table() -> None:
    far = {"dynamodb:Scan", "dynamodb:DeleteItem", "dynamodb:DeleteTable"}
    allowed = {(s.of, s.actions[0], s.resource["GetAtt"]) for s in ALL if s.actions[0] in far}
    assert allowed == {
        ("FinishErasureFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("NotifySalesFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("ReceiveWebhookFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("ReplayQuarantineFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("SubmitFormFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("SubmitSignalsFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("ReapplyErasuresFunction", "dynamodb:DeleteItem", "Table.Arn"),
        ("ReapplyErasuresFunction", "dynamodb:Scan", "ErasureLedger.Arn"),
    }


@pytest.mark.parametrize("one", WITH_ROLES)
def test_a_role_has_one_inline_policy_whose_statements_have_unique_names(one: str) -> None:
    if one in NEED_NOTHING:
        assert "Policies" not in WITH_ROLES[one]
        return
    [policy] = WITH_ROLES[one]["Policies"]
    sids = [statement["Sid"] for statement in policy["Statement"]]

    assert policy["Version"] == "2012-10-17"
    assert len(sids) == len(set(sids))
    assert "Role" not in WITH_ROLES[one]
