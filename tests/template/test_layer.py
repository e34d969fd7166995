"""The layer brings the SDK that the tests run with, cut to the services that functions call."""

import re

from baton.aws.sdk.services import SERVICES
from tests.template.parsed_template import ROOT

LAYER = ROOT / "layers" / "common"
CLIENTS = LAYER / "python" / "baton" / "aws" / "runtime" / "clients.py"
SDK = ("botocore", "jmespath", "python-dateutil", "six", "urllib3")


def pinned(file: str) -> dict[str, str]:
    """The versions that a file of requirements names, by package."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / file).read_text(), re.MULTILINE))


def test_the_layer_pins_the_sdk_that_the_tests_run_with() -> None:
    """The Lambda runtime has an SDK, too, and AWS changes it without notice."""
    layer, tests = pinned("layers/common/requirements.txt"), pinned("requirements/dev.txt")

    assert {name: layer.get(name) for name in SDK} == {name: tests[name] for name in SDK}


def test_the_layer_has_the_services_that_botocore_is_asked_for_and_no_others() -> None:
    [kept] = re.findall(r"^SERVICES = (.*)$", (LAYER / "Makefile").read_text(), re.MULTILINE)
    called = set(re.findall(r'Literal\["([\w-]+)"\]', CLIENTS.read_text()))

    assert called > SERVICES.keys(), "the client of our own has the others"
    assert kept.split() == sorted(called - SERVICES.keys())
