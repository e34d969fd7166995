"""Runs MiniStack with what Baton's tools and tests change in it: `python -m tools.local_aws`."""

from tools import invoked_again, lambda_workers, quiet_writes, read_lag


def main() -> None:
    """Runs MiniStack, with the lags that the environment asks for."""
    from ministack.app import main as run  # noqa: PLC0415
    from ministack.core import lambda_runtime  # noqa: PLC0415
    from ministack.services import dynamodb, eventbridge, lambda_svc  # noqa: PLC0415

    lambda_workers.install(lambda_runtime)
    invoked_again.install(eventbridge, lambda_svc)
    quiet_writes.install(dynamodb)
    if read_lag.is_wanted():
        read_lag.install()
    run()


if __name__ == "__main__":
    main()
