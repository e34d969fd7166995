"""Compares the partitions that each function asks for with those that its statements name."""

from tests.iam.roles import Document, Trials
from tests.iam.table_calls import Call, recorded_table_calls

NEEDS_NO_TABLE = "nothing of the table"


class Partitions:
    """Runs each function's check with AWS overheard, and compares what it asked for with what it may."""

    def __init__(self, trials: Trials) -> None:
        self.trials = trials

    def run(self, endpoint_url: str) -> int:
        """Print a line for each function; give how many partitions are asked for or named in vain."""
        statements: dict[str, list[Document]] = {}
        for trial in self.trials.all():
            if trial.owner.endswith("Function"):
                statements.setdefault(trial.owner, []).append(trial.statement)
        return sum(self._compare(owner, said, endpoint_url) for owner, said in statements.items())

    def _compare(self, owner: str, statements: list[Document], endpoint_url: str) -> int:
        with recorded_table_calls(endpoint_url) as (address, recorded), self.trials.with_environment(owner, address):
            fault = self.trials.fault(owner) and self.trials.fault(owner)  # a worker that starts may fail once
        used = {(said["Sid"], pattern) for call in recorded for said in statements for pattern in call.allowed_by(said)}
        missing = sorted({str(call) for call in recorded if not any(call.allowed_by(said) for said in statements)})
        idle = sorted(f"{sid} of {pattern}" for sid, pattern in _named(statements) - used)
        verdict = "; ".join(
            [*(f"NOT ALLOWED: {call}" for call in missing), *(f"NEVER ASKED FOR: {one}" for one in idle)]
        )
        print(
            f"{owner:<28} {verdict or 'as named'}: {_told(recorded)}{f'; FAILED: {fault}' if fault else ''}", flush=True
        )
        return len(missing) + len(idle) + bool(fault)


def _named(statements: list[Document]) -> set[tuple[str, str]]:
    return {
        (said["Sid"], pattern)
        for said in statements
        for pattern in said.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", [])
    }


def _told(recorded: set[Call]) -> str:
    return ", ".join(sorted({str(call).removeprefix("dynamodb:") for call in recorded})) or NEEDS_NO_TABLE
