"""Changes the roles of the running stack one statement at a time, and puts them back."""

import json
import re
import time
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from baton.aws.messages.mail_pauses import LONGEST_WORK
from tests.iam.checks import ASYNCHRONOUS, CHECKS, HURRY, IN_A_HURRY, RunningStack
from tools.agreement import agreement_for_now

if TYPE_CHECKING:
    from types_boto3_iam import IAMClient

DENY_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
NOTHING = json.dumps({"Version": "2012-10-17", "Statement": []})
NO_PARTITION = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["NOTHING#*"]}}

RECOVERS_WITHIN_SECONDS = 4 * LONGEST_WORK.total_seconds()
"""A mailbox whose digest failed pauses that long, and another one may fail on what the first has left."""
TELLING = "TellMissingFilesFromForbiddenOnes"
"""By which S3 says of a file that is not there that it is not, rather than forbidden. Here it always does."""

Document = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """One statement of a role: whom the role is for, all its policies by name, and which statement it is."""

    owner: str
    role: str
    policies: Mapping[str, Document]
    statement: Document

    @property
    def name(self) -> str:
        """The statement as the template calls it, or, where sam wrote it, what it allows."""
        return f"{self.owner}.{self.statement.get('Sid') or _one(self.statement['Action'])}"

    @property
    def checked(self) -> str:
        """Under which name its check is found."""
        return self.name if self.name in CHECKS else self.owner

    @property
    def by_aws_itself(self) -> bool:
        """Whether AWS' own services use it, rather than the function's code."""
        service = self.owner.startswith(("FollowUpTimer", "WaitingTimer", "AdoptAgreement", "DraftTrial"))
        return service or self.statement.get("Sid") in {None, TELLING}

    @property
    def without(self) -> dict[str, Document]:
        """The policies without it, and without whatever else allows the very same."""
        return {name: {**policy, "Statement": self._others(policy)} for name, policy in self.policies.items()}

    @property
    def denied(self) -> dict[str, Document]:
        """The policies with a statement that forbids what it allows."""
        deny = {"Effect": "Deny", "Action": self.statement["Action"], "Resource": self.statement["Resource"]}
        return {name: {**policy, "Statement": [*policy["Statement"], deny]} for name, policy in self.policies.items()}

    def _others(self, policy: Document) -> list[Document]:
        return [said for said in policy["Statement"] if _allows(said) != _allows(self.statement)]


def _allows(said: Document) -> tuple[str, str]:
    return _one(said["Action"]), _one(said["Resource"])


def _one(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _where(fault: Exception) -> str:
    """The line that failed, of a fault that says nothing itself."""
    return str(traceback.extract_tb(fault.__traceback__)[-1].line)


class Trials:
    """The running stack, whose roles are changed and put back."""

    def __init__(self, running: RunningStack, only: Collection[str] = ()) -> None:
        self.running, self.only = running, only
        self.iam: IAMClient = running.baton.session.client("iam")

    def all(self) -> Iterator[Trial]:
        """A trial for each statement that the roles of the stack have, or of those owners who were named."""
        for role in self.iam.get_paginator("list_roles").paginate().search("Roles[].RoleName"):
            owner = role.removeprefix("baton-").rsplit("Role-", 1)[0]
            if self.only and owner not in self.only:
                continue
            names = self.iam.list_role_policies(RoleName=role)["PolicyNames"]
            policies: dict[str, Any] = {
                name: self.iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names
            }
            for policy in policies.values():
                for statement in policy["Statement"]:
                    yield Trial(owner, role, policies, statement)

    @contextmanager
    def with_policies(self, trial: Trial, policies: Mapping[str, Document]) -> Iterator[None]:
        """The role with other policies; a function that remembers secrets, or its client, starts anew."""
        self._put(trial.role, policies)
        self._forget(trial)
        try:
            yield
        finally:
            self._put(trial.role, trial.policies)
            self._forget(trial)

    def _put(self, role: str, policies: Mapping[str, Document]) -> None:
        for name, policy in policies.items():
            if policy["Statement"]:
                self.iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(policy))
            else:
                self.iam.delete_role_policy(RoleName=role, PolicyName=name)

    def _forget(self, trial: Trial) -> None:
        if _one(trial.statement["Action"]).startswith(("secretsmanager:", "cognito-idp:")):
            client, name = self.running.baton.session.client("lambda"), self.running.baton.physical_id(trial.owner)
            memory = client.get_function_configuration(FunctionName=name)["MemorySize"]
            client.update_function_configuration(FunctionName=name, MemorySize=memory)

    @contextmanager
    def with_environment(self, owner: str, endpoint_url: str) -> Iterator[None]:
        """The function with another address for all of AWS."""
        client, name = self.running.baton.session.client("lambda"), self.running.baton.physical_id(owner)
        variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        changed = {**variables, "AWS_ENDPOINT_URL": endpoint_url}
        client.update_function_configuration(FunctionName=name, Environment={"Variables": changed})
        try:
            yield
        finally:
            client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})

    def fault(self, checked: str) -> str | None:
        """What a check says; None if all is well."""
        table = self.running.baton.outputs["TableName"]
        hurried = checked in IN_A_HURRY
        try:
            with agreement_for_now(self.running.baton.session, table, HURRY) if hurried else nullcontext():
                CHECKS[checked](self.running)
        except Exception as fault:
            said = re.sub(r"http://\S+?/v1|\{\"type\".*", "", str(fault)).replace("\n", " ").strip()
            kind = "" if isinstance(fault, AssertionError) else f"{type(fault).__name__}: "
            return f"{kind}{said or _where(fault)}"[:120].strip()
        return None

    def recover(self, owner: str) -> None:
        """Wait until what was held up meanwhile is through."""
        end = time.monotonic() + (RECOVERS_WITHIN_SECONDS if owner in ASYNCHRONOUS else 0.0)
        while fault := self._fault_when_tidied(owner):
            if time.monotonic() > end:
                raise RuntimeError(f"{owner} does not work with its own policy: {fault}")

    def _fault_when_tidied(self, checked: str) -> str | None:
        fault = self.fault(checked)
        self.running.tidy()
        return fault

    def fault_with(self, trial: Trial, policies: Mapping[str, Document]) -> str | None:
        """What the owner's check says while its role has these policies."""
        with self.with_policies(trial, policies):
            fault = self.fault(trial.checked)
            if fault and (trial.by_aws_itself or trial.owner in ASYNCHRONOUS):
                fault = self.fault(trial.checked)  # absence may have been slowness
        self.running.tidy()
        if fault and trial.owner in ASYNCHRONOUS:
            self.recover(trial.owner)
        return fault

    def simulated(self, trial: Trial) -> str:
        """What the policies themselves say of the action, with and without the statement."""
        action, resource = _allows(trial.statement)
        verdicts = [
            self.iam.simulate_custom_policy(
                PolicyInputList=[json.dumps(policy) for policy in policies.values() if policy["Statement"]]
                or [NOTHING],
                ActionNames=[action],
                ResourceArns=[resource],
            )["EvaluationResults"][0]["EvalDecision"]
            for policies in (trial.policies, trial.without)
        ]
        return " → ".join(verdicts)

    def verdict(self, trial: Trial) -> tuple[str, bool]:
        """Which check notices that the statement is missing, and whether it could go."""
        check = CHECKS[trial.checked].__name__
        if fault := self.fault_with(trial, trial.without):
            return f"{check}: {fault}", False
        if fault := self.fault_with(trial, trial.denied):
            return f"ALLOWED OTHERWISE here (by the topic's own policy); denied: {check}: {fault}", False
        if trial.by_aws_itself:
            return f"NOT ENFORCED here: {check} passes even if it is denied; simulated {self.simulated(trial)}", False
        return "NOT NOTICED: it can go", True
