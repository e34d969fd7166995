"""Reads the few metrics that show failures; each one that is asked for costs, so most are asked for seldom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.domain.failures.failure_kinds import FORMS, MAIL_UNDELIVERED, QUARANTINED_WEBHOOKS, STREAM_BEHIND

if TYPE_CHECKING:
    from types_boto3_cloudwatch import CloudWatchClient

LOOKED_BACK = timedelta(hours=1)
PERIOD_SECONDS = 300
LATE = timedelta(minutes=5)
"""So much later than what it counts a metric may come."""
KEPT = timedelta(days=60)
"""CloudWatch has values of five minutes for 63 days."""
MINUTE_IN_MILLISECONDS = 60_000
MORE_THAN = {"no_address": 20, "needed_field": 20, "unreadable": 10, "unknown_form": 10, "too_many": 0, "not_saved": 0}
"""Refused forms of a reason within an hour of which operations hear only if there are more: people mistype."""


class Metric(NamedTuple):
    """A metric of CloudWatch: where it is found, its statistic, and which value is none to speak of."""

    name: str
    namespace: str
    metric: str
    dimensions: tuple[tuple[str, str], ...]
    more_than: int
    statistic: str = "Sum"


@dataclass(frozen=True, slots=True)
class WatchedMetrics:
    """The metrics of this stack."""

    cloudwatch: "CloudWatchClient"
    each_look: tuple[Metric, ...]
    each_hour: tuple[Metric, ...]
    of_refused_forms: Metric
    by_reason: tuple[Metric, ...]

    @classmethod
    def from_environment(cls) -> Self:
        """Watches the metrics of the deployed stack."""
        own, service = setting("POWERTOOLS_METRICS_NAMESPACE"), ("service", setting("POWERTOOLS_SERVICE_NAME"))
        topic = ("TopicName", setting("SALES_MAIL_TOPIC_ARN").rpartition(":")[2])
        reader = ("FunctionName", setting("STREAM_READER"))
        behind = Metric(STREAM_BEHIND.name, "AWS/Lambda", "IteratorAge", (reader,), MINUTE_IN_MILLISECONDS, "Maximum")
        each_hour = (
            Metric(MAIL_UNDELIVERED.name, "AWS/SNS", "NumberOfNotificationsFailed", (topic,), 0),
            Metric(QUARANTINED_WEBHOOKS.name, own, "QuarantinedWebhooks", (service,), 0),
        )
        by_reason = tuple(
            Metric(kind.name, own, "RefusedForms", (service, ("reason", reason)), MORE_THAN[reason])
            for reason, kind in FORMS.items()
        )
        of_forms = Metric("AllRefusedForms", own, "AllRefusedForms", (service,), 0)
        return cls(client("cloudwatch"), (behind,), each_hour, of_forms, by_reason)

    def seen(self, now: datetime) -> dict[str, int]:
        """Returns what is more than it may be in the last hour, by the names of the kinds of failures.

        Refused forms are asked for by their reasons only if there are any. Of a stream that is behind, the number is 1.
        """
        found = self._over([*self.each_look, self.of_refused_forms], now - LOOKED_BACK, now)
        if found.pop(self.of_refused_forms.name, 0):
            found |= self._over(self.by_reason, now - LOOKED_BACK, now)
        return found | dict.fromkeys(found.keys() & {STREAM_BEHIND.name}, 1)

    def counted(self, read_until: Mapping[str, datetime | None], now: datetime) -> Iterator[tuple[str, int, datetime]]:
        """Yields what SNS gave up after hours, and what may wait until morning: the kind, how many, and up to when.

        Each is asked for once an hour, and counts from where it was `read_until`, however long ago that is.
        """
        until = _whole_period(now - LATE)
        for metric in self.each_hour:
            since = read_until.get(metric.name) or until - LOOKED_BACK
            if until - since >= LOOKED_BACK:
                yield metric.name, self._over([metric], max(since, until - KEPT), until).get(metric.name, 0), until

    def _over(self, metrics: Sequence[Metric], since: datetime, until: datetime) -> dict[str, int]:
        answer = self.cloudwatch.get_metric_data(
            MetricDataQueries=[_query(f"m{place}", metric) for place, metric in enumerate(metrics)],
            StartTime=since,
            EndTime=until,
        )
        values = {each["Id"]: each.get("Values", []) for each in answer["MetricDataResults"]}
        found = {}
        for place, metric in enumerate(metrics):
            each = values.get(f"m{place}", [])
            value = (max(each, default=0.0) if metric.statistic == "Maximum" else sum(each)) if each else 0.0
            if value > metric.more_than:
                found[metric.name] = int(value)
        return found


def _whole_period(moment: datetime) -> datetime:
    """Returns the end of the last whole period of a metric, so that no value is counted in two looks."""
    return datetime.fromtimestamp(moment.timestamp() // PERIOD_SECONDS * PERIOD_SECONDS, tz=moment.tzinfo)


def _query(query_id: str, metric: Metric) -> Any:
    dimensions = [{"Name": name, "Value": value} for name, value in metric.dimensions]
    named = {"Namespace": metric.namespace, "MetricName": metric.metric, "Dimensions": dimensions}
    return {
        "Id": query_id,
        "MetricStat": {"Metric": named, "Period": PERIOD_SECONDS, "Stat": metric.statistic},
    }
