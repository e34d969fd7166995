"""Looks at the topics of SNS: who of operations gets Baton's alarms, and how many addresses have mail."""

from typing import TYPE_CHECKING, NamedTuple, Self

from baton.aws.runtime import log
from baton.aws.runtime.clients import client
from baton.aws.runtime.counters import count
from baton.aws.runtime.settings import setting
from baton.aws.teams.mail_subscriptions import confirm, state_of
from baton.aws.web.json_view import View
from baton.domain.teams import mail_reach
from baton.domain.teams.reps import Subscription

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

_BY_MAIL = frozenset({"email", "email-json"})


class Listener(NamedTuple):
    """Somebody, or something, that is subscribed to operations' topic: the address, and whether it is confirmed."""

    address: str
    state: Subscription


class TopicListeners(NamedTuple):
    """The topic of operations, and that of all other mail."""

    operations_topic: str
    sales_topic: str

    @classmethod
    def from_environment(cls) -> Self:
        """Looks at the topics of the deployed stack; the client is built when it is needed."""
        return cls(setting("OPERATIONS_TOPIC_ARN"), setting("SALES_MAIL_TOPIC_ARN"))

    @property
    def _sns(self) -> "SNSClient":
        return client("sns")

    def operations(self) -> list[Listener]:
        """Returns who is subscribed to operations' topic, in the order of SNS."""
        found: list[Listener] = []
        more = {"TopicArn": self.operations_topic}
        while more:
            page = self._sns.list_subscriptions_by_topic(**more)
            found += [
                Listener(each["Endpoint"], self._state(each["SubscriptionArn"], each["Protocol"]))
                for each in page["Subscriptions"]
            ]
            more = {**more, "NextToken": page["NextToken"]} if "NextToken" in page else {}
        return found

    def view(self) -> View:
        """Shows who is subscribed to operations' topic, and what is wrong with the mail."""
        addresses = [{"address": each.address, "subscription": each.state} for each in self.operations()]
        return {"addresses": addresses, "warnings": self.warnings()}

    def _state(self, arn: str, protocol: str) -> Subscription:
        """Returns the state of a subscription; only a mail has a link by which anybody could end one."""
        if not arn.startswith("arn:"):
            return Subscription.PENDING if arn == "PendingConfirmation" else Subscription.ENDED
        state = state_of(self._sns, arn)
        by_mail = protocol in _BY_MAIL
        return Subscription.CONFIRMED if state is Subscription.UNPROTECTED and not by_mail else state

    def addresses(self) -> int:
        """Returns how many addresses are subscribed to the topic of all other mail, confirmed or not yet."""
        found = self._sns.get_topic_attributes(TopicArn=self.sales_topic)["Attributes"]
        return int(found.get("SubscriptionsConfirmed", 0)) + int(found.get("SubscriptionsPending", 0))

    def confirm_operations(self, token: str) -> None:
        """Confirms an address of operations with the token of Amazon's mail.

        Raises:
            TokenInvalid: the token is unknown, expired, or another topic's.
        """
        confirm(self._sns, self.operations_topic, token)

    def look_at_operations(self) -> None:
        """Writes to the log, and counts in a metric, if no address of operations is confirmed: no mail could tell."""
        state = mail_reach.reach_of([each.state for each in self.operations()])
        if state is not Subscription.CONFIRMED:
            log.warning("no address of operations is confirmed", state=state)
            count("OperationsUnreached", state=state)

    def warnings(self) -> list[str]:
        """Returns whether nobody gets Baton's alarms, and whether few more people can have mail."""
        told = (
            mail_reach.operations_warning([each.state for each in self.operations()]),
            mail_reach.addresses_warning(self.addresses()),
        )
        return [each for each in told if each]
