"""The AWS clients of Baton: a smaller data loader that finds the same endpoints as botocore's own."""

import botocore.session
import pytest

from baton.aws.runtime.botocore_clients import _CONFIG, _Loader
from baton.aws.runtime.clients import _Later

SERVICES = ["cloudwatch", "lambda", "s3"]
REGIONS = [
    *("eu-central-1", "us-east-1", "ap-southeast-5", "cn-north-1"),
    *("us-gov-west-1", "eusc-de-east-1", "us-iso-east-1"),
]


def session(*, ours: bool) -> botocore.session.Session:
    made = botocore.session.Session()
    if ours:
        made.register_component("data_loader", _Loader())
    made.set_credentials("key", "secret")
    return made


OURS, STOCK = session(ours=True), session(ours=False)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("region", REGIONS)
def test_a_client_has_the_same_endpoint_and_signature_as_one_of_botocore(service: str, region: str) -> None:
    ours, stock = (each.create_client(service, region_name=region, config=_CONFIG) for each in (OURS, STOCK))
    assert ours.meta.endpoint_url == stock.meta.endpoint_url
    assert ours.meta.partition == stock.meta.partition
    signers = [client._request_signer for client in (ours, stock)]
    said = [(signer.region_name, signer.signing_name, signer.signature_version) for signer in signers]
    assert said[0] == said[1]


def test_a_client_of_botocore_is_built_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    monkeypatch.setattr(
        "baton.aws.runtime.botocore_clients.botocore_client", lambda service: built.append(service) or STOCK
    )
    later = _Later("s3")
    assert built == []
    assert later.get_credentials is not None
    assert later.create_client is not None
    assert built == ["s3"]
