"""The template names its resources in one way, and protects what cannot be made again."""

import re
from pathlib import Path

import pytest

from tests.template.parsed_template import FUNCTIONS, GLOBALS, MACHINES, RESOURCES, ROOT, TEMPLATE, events_of, of_type

FOLDERS = sorted(file.parent for file in (ROOT / "functions").glob("*/app.py"))
PHYSICAL_NAME = re.compile(r"(Function|Table|Queue|Topic|Role|Policy|Alarm|LogGroup|Layer|UserPool|Client|Rule)?Name")
NAMES_ANOTHER = {
    "AWS::CloudWatch::Alarm": {"MetricName"},
    "AWS::Lambda::Permission": {"FunctionName"},
    "AWS::Lambda::Version": {"FunctionName"},
    "AWS::Lambda::Alias": {"FunctionName", "Name"},  # the function's own alias
}
"""The properties that name another resource, or a part of one."""
NOT_A_NAME_OF_OURS = {
    ("Bus", "Name"): "rules and tests of others have to find it",
    ("Api", "Name"): "its metrics go by it, and an alarm watches them; it is the stack's",
    ("Table", "AttributeName"): "of a key",
    ("MarketingGroup", "GroupName"): "what a token says",
    ("SalesGroup", "GroupName"): "what a token says",
    ("AdminGroup", "GroupName"): "what a token says",
    ("MachineScopes", "Name"): "what people read in the console",
    ("ConsoleClient", "ClientName"): "a function finds it by that: its id would be a circle",
}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_folder_of_functions_is_a_function_named_after_it(folder: Path) -> None:
    logical_id = "".join(word.capitalize() for word in folder.name.split("_")) + "Function"

    assert FUNCTIONS[logical_id]["CodeUri"] == f"functions/{folder.name}"
    assert FUNCTIONS[logical_id]["Description"]


def test_every_function_is_a_folder() -> None:
    assert {ROOT / function["CodeUri"] for function in FUNCTIONS.values()} == set(FOLDERS)
    for machine in MACHINES.values():
        assert (ROOT / machine["DefinitionUri"]).exists()


@pytest.mark.parametrize("logical_id", RESOURCES)
def test_no_resource_but_the_bus_and_the_api_has_a_physical_name(logical_id: str) -> None:
    properties = RESOURCES[logical_id].get("Properties", {})
    named = {name for name in properties if PHYSICAL_NAME.fullmatch(name)}

    named -= NAMES_ANOTHER.get(RESOURCES[logical_id]["Type"], set())
    assert named <= {name for owner, name in NOT_A_NAME_OF_OURS if owner == logical_id}


def test_the_table_has_recovery_deletion_protection_and_a_stream() -> None:
    table = of_type("AWS::DynamoDB::Table")["Table"]

    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] is True
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_erasure_ledger_has_recovery_and_deletion_protection() -> None:
    ledger = of_type("AWS::DynamoDB::Table")["ErasureLedger"]

    assert ledger["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert ledger["DeletionProtectionEnabled"] is True


@pytest.mark.parametrize("logical_id", ["Table", "ErasureLedger", "Pepper", "LinkKey", "UserPool"])
def test_the_tables_the_secrets_and_the_user_pool_outlive_the_stack(logical_id: str) -> None:
    assert RESOURCES[logical_id]["DeletionPolicy"] == RESOURCES[logical_id]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("logical_id", ["Pepper", "LinkKey"])
def test_a_generated_secret_is_generated_as_it_was(logical_id: str) -> None:
    """CloudFormation generates a secret anew if any word of how it does so changes, and another secret if a property of
    it makes it a new one. With another pepper every lead has another id: all that is known would be lost to view."""
    secret = of_type("AWS::SecretsManager::Secret")[logical_id]

    assert secret["GenerateSecretString"] == {"PasswordLength": 64, "ExcludePunctuation": True}
    assert secret.keys() == {"Description", "GenerateSecretString"}


def test_no_other_secret_is_generated() -> None:
    generated = {id_ for id_, one in of_type("AWS::SecretsManager::Secret").items() if "GenerateSecretString" in one}

    assert generated == {"Pepper", "LinkKey"}


def test_all_functions_log_to_one_group_with_a_limited_retention() -> None:
    assert GLOBALS["LoggingConfig"]["LogGroup"] == {"Ref": "FunctionLogs"}
    assert of_type("AWS::Logs::LogGroup")["FunctionLogs"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    for logical_id, function in FUNCTIONS.items():
        assert "LoggingConfig" not in function, logical_id


def test_the_gateway_asks_for_a_token_at_every_endpoint_that_is_not_declared_public() -> None:
    auth = of_type("AWS::Serverless::Api")["Api"]["Auth"]
    public = {
        logical_id
        for logical_id in FUNCTIONS
        for event in events_of(logical_id).values()
        if event["Type"] == "Api" and event["Properties"].get("Auth") == {"Authorizer": "NONE"}
    }

    assert auth["DefaultAuthorizer"] in auth["Authorizers"]
    assert public == {
        *("SubmitFormFunction", "ReceiveWebhookFunction"),
        *("ShowLinkFunction", "UseLinkFunction", "ShowReportFunction", "GetOpenapiFunction"),
        *("ShowTeamLinkFunction", "UseReviewLinkFunction", "UseReassignLinkFunction"),
        *("ServeConsoleFunction", "ConsoleSessionFunction"),
    }


@pytest.mark.parametrize("logical_id", FUNCTIONS)
def test_no_function_reserves_what_a_new_account_does_not_have(logical_id: str) -> None:
    """A new account may run ten functions at once, of which none can be reserved: the deployment would be refused."""
    assert not {"ReservedConcurrentExecutions", "ProvisionedConcurrencyConfig"} & FUNCTIONS[logical_id].keys()


def test_functions_and_state_machines_are_traced_only_if_a_parameter_says_so() -> None:
    parameter = TEMPLATE["Parameters"]["Tracing"]

    assert (parameter["Default"], parameter["AllowedValues"]) == ("Disabled", ["Active", "Disabled"])
    assert TEMPLATE["Conditions"]["IsTraced"] == {"Equals": [{"Ref": "Tracing"}, "Active"]}
    assert GLOBALS["Tracing"] == {"Ref": "Tracing"}
    assert not any("Tracing" in function for function in FUNCTIONS.values())
    assert all(machine["Tracing"] == {"Enabled": {"If": ["IsTraced", True, False]}} for machine in MACHINES.values())


def test_every_state_machine_may_write_traces_once_it_is_traced() -> None:
    policy = RESOURCES["TracedMachines"]

    assert policy["Condition"] == "IsTraced"
    assert policy["Properties"]["Roles"] == [{"Ref": f"{machine}Role"} for machine in MACHINES]
    [statement] = policy["Properties"]["PolicyDocument"]["Statement"]
    assert {action.partition(":")[0] for action in statement["Action"]} == {"xray"}


def test_the_gateway_writes_no_metrics_of_single_methods_which_are_billed() -> None:
    """The metrics of the API and of its stage, which the alarm watches, are free and count all requests."""
    assert not any(each.get("MetricsEnabled") for each in RESOURCES["Api"]["Properties"]["MethodSettings"])
