"""Lets an S3 bucket be reached without TLS, which AWS on this machine does not speak."""

import boto3


def allow(session: boto3.Session, bucket: str) -> None:
    """Deletes the bucket's policy that requires TLS; a deployment that changes the policy brings it back."""
    session.client("s3").delete_bucket_policy(Bucket=bucket)
