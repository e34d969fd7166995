#!/usr/bin/env bash
# What was there before? A second DynamoDB answers for an item that was not there.
#
# dynoxide 1.2.1 (npm, a DynamoDB that runs without Docker): UpdateItem with ReturnValues ALL_OLD of a key that does not
# exist answers with Attributes, which have the key. AWS documents the attributes "as they appeared before" the update,
# and answers without Attributes; so does moto. PutItem with ALL_OLD answers as AWS does. Code that takes Attributes for
# "there was an item" takes each new item for an old one without its fields.
#
# Baton: aws/messages/mail_pauses.py asks for the field that it needs; docs/emulators.md has the difference.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
server=
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @dynoxide/linux-x64@1.2.1
python3 -m venv venv
venv/bin/python -m pip install -qq --disable-pip-version-check --no-input boto3==1.43.14
port=$(venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
node_modules/@dynoxide/linux-x64/dynoxide --port "$port" >/dev/null 2>&1 &
server=$!
PORT=$port venv/bin/python - <<'PYTHON'
import os
import socket
import time

import boto3

port = int(os.environ["PORT"])
for _ in range(500):
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            break
    time.sleep(0.02)
dynamodb = boto3.client(
    "dynamodb",
    endpoint_url=f"http://127.0.0.1:{port}",
    region_name="eu-central-1",
    aws_access_key_id="none",
    aws_secret_access_key="none",
)
dynamodb.create_table(
    TableName="table",
    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST",
)
updated = dynamodb.update_item(
    TableName="table",
    Key={"pk": {"S": "new"}},
    UpdateExpression="SET told = :told",
    ExpressionAttributeValues={":told": {"S": "yes"}},
    ReturnValues="ALL_OLD",
)
put = dynamodb.put_item(TableName="table", Item={"pk": {"S": "newer"}}, ReturnValues="ALL_OLD")
print("UpdateItem of a new item:", updated.get("Attributes"))
print("PutItem of a new item:   ", put.get("Attributes"))
assert updated.get("Attributes") == {"pk": {"S": "new"}}, "dynoxide has changed"
assert put.get("Attributes") is None, "dynoxide has changed"
PYTHON
