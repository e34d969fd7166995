"""Adds to moto's SNS the confirmation of e-mail addresses: an address gets no mail before its mailed token returns."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto.core.responses import ActionResult
from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend, Subscription, sns_backends
from moto.sns.responses import SNSResponse

from tests.integration.stack import ACCOUNT, REGION

_subscribe = SNSBackend.subscribe


def token_for(arn: str) -> str:
    """The token in the mail that asks to confirm this subscription."""
    return arn.rpartition(":")[2].replace("-", "")


def confirmation_link(arn: str) -> str:
    """The link in the mail that asks to confirm this subscription."""
    topic = arn.rpartition(":")[0]
    action = f"Action=ConfirmSubscription&TopicArn={topic}&Token={token_for(arn)}"
    return f"https://sns.eu-central-1.amazonaws.com/confirmation.html?{action}"


def _pending(backend: SNSBackend, topic_arn: str, endpoint: str, protocol: str) -> Subscription:
    known = set(backend.subscriptions)
    subscription = _subscribe(backend, topic_arn, endpoint, protocol)
    if protocol == "email" and subscription.arn not in known:
        subscription.attributes |= {"PendingConfirmation": "true", "ConfirmationWasAuthenticated": "false"}
    return subscription


def _confirm(response: SNSResponse) -> ActionResult:
    token = response._get_param("Token")
    for arn, subscription in response.backend.subscriptions.items():
        if token_for(arn) == token:
            protected = response._get_param("AuthenticateOnUnsubscribe") or "false"
            subscription.attributes |= {"PendingConfirmation": "false", "ConfirmationWasAuthenticated": str(protected)}
            return ActionResult({"SubscriptionArn": arn})
    raise SNSInvalidParameter("Invalid token")


@contextmanager
def confirmations() -> Iterator[None]:
    """Have e-mail subscriptions wait for their confirmation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SNSBackend, "subscribe", _pending)
        patch.setattr(SNSResponse, "confirm_subscription", _confirm)
        yield


def clicked_in_the_mail(arn: str) -> None:
    """Somebody opened the link in Amazon's mail, so that anybody with a mail can unsubscribe."""
    subscription = sns_backends[ACCOUNT][REGION].subscriptions[arn]
    subscription.attributes |= {"PendingConfirmation": "false", "ConfirmationWasAuthenticated": "false"}
