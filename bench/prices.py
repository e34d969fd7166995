"""AWS's list prices in US dollars, on demand, first tier, without free tiers, as known to us in November 2026.

Those of snapshots are us-east-1's everywhere. Check them before you rely on them: aws.amazon.com/<service>/pricing. A
price is for a million of the unit named; for one if the unit is a GB, a GB-second, or something by the month.
"""

PRICES = {
    "us-east-1": {
        "API Gateway, REST requests": 3.50,
        "Lambda, requests": 0.20,
        "Lambda, GB-seconds (arm64)": 0.0000133334,
        "Lambda, GB-seconds of kept snapshots": 0.0000015046,
        "Lambda, GB restored from snapshots": 0.0001397998,
        "DynamoDB, write units": 0.625,
        "DynamoDB, read units": 0.125,
        "DynamoDB, GB kept for a month": 0.25,
        "EventBridge, events": 1.00,
        "Step Functions, transitions": 25.00,
        "SNS, e-mails": 20.00,
        "SQS, requests": 0.40,
        "Secrets Manager, calls": 5.00,
        "CloudWatch Logs, GB": 0.50,
        "X-Ray, traces": 5.00,
        "DynamoDB, GB recoverable for a month": 0.2,
        "SNS, requests": 0.50,
        "Secrets Manager, secrets for a month": 0.40,
        "CloudWatch, alarm metrics for a month": 0.10,
        "CloudWatch, own metrics for a month": 0.30,
        "CloudWatch, metrics read": 10.00,
    },
    "eu-west-1": {
        "API Gateway, REST requests": 3.50,
        "Lambda, requests": 0.20,
        "Lambda, GB-seconds (arm64)": 0.0000133334,
        "Lambda, GB-seconds of kept snapshots": 0.0000015046,
        "Lambda, GB restored from snapshots": 0.0001397998,
        "DynamoDB, write units": 0.705,
        "DynamoDB, read units": 0.1415,
        "DynamoDB, GB kept for a month": 0.283,
        "EventBridge, events": 1.00,
        "Step Functions, transitions": 25.00,
        "SNS, e-mails": 20.00,
        "SQS, requests": 0.40,
        "Secrets Manager, calls": 5.00,
        "CloudWatch Logs, GB": 0.57,
        "X-Ray, traces": 5.00,
        "DynamoDB, GB recoverable for a month": 0.226,
        "SNS, requests": 0.50,
        "Secrets Manager, secrets for a month": 0.40,
        "CloudWatch, alarm metrics for a month": 0.10,
        "CloudWatch, own metrics for a month": 0.30,
        "CloudWatch, metrics read": 10.00,
    },
    "eu-central-1": {
        "API Gateway, REST requests": 3.70,
        "Lambda, requests": 0.20,
        "Lambda, GB-seconds (arm64)": 0.0000133334,
        "Lambda, GB-seconds of kept snapshots": 0.0000015046,
        "Lambda, GB restored from snapshots": 0.0001397998,
        "DynamoDB, write units": 0.7625,
        "DynamoDB, read units": 0.1525,
        "DynamoDB, GB kept for a month": 0.306,
        "EventBridge, events": 1.00,
        "Step Functions, transitions": 25.00,
        "SNS, e-mails": 20.00,
        "SQS, requests": 0.40,
        "Secrets Manager, calls": 5.00,
        "CloudWatch Logs, GB": 0.63,
        "X-Ray, traces": 5.00,
        "DynamoDB, GB recoverable for a month": 0.245,
        "SNS, requests": 0.50,
        "Secrets Manager, secrets for a month": 0.40,
        "CloudWatch, alarm metrics for a month": 0.10,
        "CloudWatch, own metrics for a month": 0.30,
        "CloudWatch, metrics read": 10.00,
    },
}
MILLION = 1_000_000


def dollars(region: str, unit: str, used: float) -> float:
    """Returns the price of so many units."""
    whole = "GB" in unit or "month" in unit
    return used * PRICES[region][unit] / (1 if whole else MILLION)
