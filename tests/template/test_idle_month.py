"""A month in which nobody uses Baton costs at most what the README says."""

import re

import pytest

from bench.idle import idle_month, total
from bench.prices import PRICES
from bench.world import template
from tests.template.parsed_template import ROOT

MOST = 1.50


@pytest.mark.parametrize("region", PRICES)
def test_an_idle_month_costs_at_most_one_dollar_fifty(region: str) -> None:
    lines = idle_month(template(), region)

    assert total(lines) <= MOST, "\n".join(f"{line.dollars:6.3f} {line.unit}: {line.of}" for line in lines)


def test_the_readme_states_what_an_idle_month_costs() -> None:
    [stated] = re.findall(r"costs less than (\d\.\d\d) \$", (ROOT / "README.md").read_text())

    assert float(stated) == MOST


def test_what_an_idle_stack_is_billed_for_is_counted() -> None:
    """Each kind of resource of the template is in the bill, or is known to cost nothing while nobody uses it."""
    free = {
        *("AWS::Serverless::Api", "AWS::Serverless::LayerVersion", "AWS::Serverless::StateMachine"),
        *("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolGroup"),
        *("AWS::Cognito::UserPoolResourceServer", "AWS::Cognito::UserPoolDomain"),
        "AWS::Cognito::UserPoolIdentityProvider",  # its people are active users, of whom the first are free
        *(
            "AWS::Events::EventBus",
            "AWS::Events::Rule",
            "AWS::SNS::Topic",
            "AWS::SNS::Subscription",
            "AWS::SQS::QueuePolicy",
        ),
        *(
            "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy",
            "AWS::Logs::LogGroup",
            "AWS::IAM::ManagedPolicy",
            *("AWS::Lambda::Permission", "AWS::Lambda::Version", "AWS::Lambda::Alias"),  # versions: only with SnapStart
            "AWS::CloudFormation::CustomResource",
        ),
    }
    counted = {
        *("AWS::SecretsManager::Secret", "AWS::CloudWatch::Alarm", "AWS::Serverless::Function"),
        *("AWS::SQS::Queue", "AWS::DynamoDB::Table"),
    }

    assert {one["Type"] for one in template()["Resources"].values()} <= free | counted


def test_a_function_that_reads_a_queue_is_billed_for_its_empty_receives() -> None:
    stack = template()
    reader = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"Q": {"Type": "SQS", "Properties": {}}}}}
    more = {**stack, "Resources": {**stack["Resources"], "Reader": reader}}

    assert total(idle_month(more, "us-east-1")) - total(idle_month(stack, "us-east-1")) == pytest.approx(0.26, abs=0.01)
