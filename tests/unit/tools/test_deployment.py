"""The local deployment changes of the template only what MiniStack does not know."""

import string

import yaml

from tools.deployment import as_ministack_takes_it, first_failure

Event = dict[str, str]
BUILT = """
          Condition:
            StringEquals:
              secretsmanager:VersionStage:
              - AWSCURRENT
          Condition:
            StringEquals:
              aws:SourceAccount: 1
"""


def test_a_condition_on_a_secrets_label_holds_where_no_label_is_told() -> None:
    assert as_ministack_takes_it(BUILT) == BUILT.replace("StringEquals:", "ForAllValues:StringEquals:", 1)


def test_a_secret_that_is_made_up_has_no_punctuation() -> None:
    taken = as_ministack_takes_it("GenerateSecretString:\n  PasswordLength: 64\n  ExcludePunctuation: true\n")
    assert yaml.safe_load(taken) == {
        "GenerateSecretString": {"PasswordLength": 64, "ExcludeCharacters": string.punctuation}
    }


def event(resource: str, status: str, why: str = "") -> Event:
    what = {"LogicalResourceId": resource, "ResourceType": "AWS::Lambda::Function", "StackName": "baton"}
    return {**what, "ResourceStatus": status, "ResourceStatusReason": why}


FORMER = [event("baton", "CREATE_IN_PROGRESS"), event("Table", "CREATE_FAILED", "of the change before")]
CHANGE = [
    event("baton", "UPDATE_IN_PROGRESS"),
    event("Bus", "UPDATE_COMPLETE"),
    event("NotifySales", "UPDATE_FAILED", "its role has no permission"),
    event("SubmitForm", "UPDATE_FAILED", "Resource update cancelled"),
    event("Api", "UPDATE_FAILED", "there is no such function"),
    event("baton", "UPDATE_ROLLBACK_COMPLETE"),
]


def test_what_failed_first_in_the_last_change_of_a_stack_is_told_and_not_what_followed_from_it() -> None:
    newest_first = [*reversed(CHANGE), *reversed(FORMER)]
    assert first_failure(newest_first) == "NotifySales (AWS::Lambda::Function): its role has no permission"
    assert first_failure([event("baton", "UPDATE_COMPLETE"), CHANGE[1], CHANGE[0], FORMER[1]]) is None


def test_a_failure_without_a_reason_is_told_all_the_same() -> None:
    [first] = [each for each in CHANGE if each["LogicalResourceId"] == "Bus"]
    failed = {**first, "ResourceStatus": "UPDATE_FAILED"}
    assert first_failure([failed]) == "Bus (AWS::Lambda::Function): no reason is told"


def test_a_change_that_was_refused_before_it_began_is_told_by_the_first_thing_that_is_wrong() -> None:
    refused = {
        **event("baton", "UPDATE_FAILED", "Validation failed with 2 error(s)"),
        "DetailedStatus": "VALIDATION_FAILED",
    }
    faults = [
        {**event("baton", "UPDATE_FAILED"), "OperationId": "second"},
        {
            **event("Bucket", ""),
            "OperationId": "second",
            "ValidationStatus": "FAILED",
            "ValidationStatusReason": "last",
        },
        {
            **event("Queue", ""),
            "OperationId": "second",
            "ValidationStatus": "FAILED",
            "ValidationStatusReason": "first",
        },
        {
            **event("Bus", ""),
            "OperationId": "first",
            "ValidationStatus": "FAILED",
            "ValidationStatusReason": "long ago",
        },
    ]
    assert first_failure([refused, CHANGE[0], *FORMER], faults) == "Queue (AWS::Lambda::Function): first"
    assert first_failure([refused, CHANGE[0], *FORMER]) is None
    assert first_failure([event("baton", "UPDATE_COMPLETE"), CHANGE[0]], faults) is None
