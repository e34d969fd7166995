"""Makes members of staff on this machine, and signs them in."""

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import boto3

STAFF = {
    "marketing": "maria@baton.example",
    "sales": "sam@baton.example",
    "manager": "mona@baton.example",
    "admin": "ada@baton.example",
}
"""Somebody of each group, and a manager of sales, who is in its group."""
PASSWORD = "The-baton-is-yours-26"  # noqa: S105
"""The password of everybody on this machine, where nobody else can reach the page that asks for it."""


def sign_in(session: "boto3.Session", user_pool_id: str, client_id: str) -> dict[str, str]:
    """Returns a fresh ID token for each of them; missing people are made first."""
    groups = {name: "sales" if name == "manager" else name for name in STAFF}
    return {name: token_for(session, user_pool_id, client_id, groups[name], email) for name, email in STAFF.items()}


def token_for(session: "boto3.Session", user_pool_id: str, client_id: str, group: str, email: str) -> str:
    """Returns a fresh ID token for one person, who is added to the group."""
    cognito = session.client("cognito-idp")
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=user_pool_id,
            Username=email,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
            TemporaryPassword=PASSWORD,  # one that MiniStack makes up may be shorter than the pool allows
            MessageAction="SUPPRESS",
        )
    cognito.admin_add_user_to_group(UserPoolId=user_pool_id, Username=email, GroupName=group)
    cognito.admin_set_user_password(UserPoolId=user_pool_id, Username=email, Password=PASSWORD, Permanent=True)
    result = cognito.admin_initiate_auth(
        UserPoolId=user_pool_id,
        ClientId=client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD},
    )
    return result["AuthenticationResult"]["IdToken"]
