"""Subscriptions of mail addresses to a topic of SNS: their state, and their confirmation with a mailed token."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from baton.domain.teams.reps import Subscription

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


class TokenInvalid(ValueError):
    """The topic does not accept the token: it is unknown or expired."""


def state_of(sns: "SNSClient", arn: str) -> Subscription:
    """Returns the state of a subscription as SNS has it; `ended` if there is none."""
    try:
        found = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    except sns.exceptions.NotFoundException:
        return Subscription.ENDED
    if found.get("PendingConfirmation") == "true":
        return Subscription.PENDING
    protected = found.get("ConfirmationWasAuthenticated") == "true"
    return Subscription.CONFIRMED if protected else Subscription.UNPROTECTED


def confirm(sns: "SNSClient", topic: str, token: str) -> str:
    """Confirms a subscription so that nobody ends it without signing in to AWS, and returns its ARN.

    Raises:
        TokenInvalid: the token is unknown, expired, or another topic's.
    """
    try:
        confirmed = sns.confirm_subscription(TopicArn=topic, Token=token, AuthenticateOnUnsubscribe="true")
    except sns.exceptions.ClientError as fault:
        if not fault.response["Error"]["Code"].startswith("InvalidParameter"):
            raise
        raise TokenInvalid("not the link of a confirmation mail, or older than two days") from fault
    return confirmed["SubscriptionArn"]


def token_in(link: str) -> str:
    """Returns the token of a confirmation link; a bare token is returned as it is.

    Raises:
        TokenInvalid: it is no address that anybody could open.
    """
    try:
        asked = urlsplit(link).query
    except ValueError as fault:
        raise TokenInvalid("not the link of a confirmation mail") from fault
    return parse_qs(asked).get("Token", [link])[0]
