"""Signs in and reads the balance with the client that openapi-python-client has made. Argument: the address of the API."""

import sys

from made_client import AuthenticatedClient, Client
from made_client.api.point import get_points
from made_client.api.sign_in import post_sign_in
from made_client.models.balance import Balance
from made_client.models.sign_in import SignIn
from made_client.models.signed_in import SignedIn

url = sys.argv[1]
signed_in = post_sign_in.sync(client=Client(base_url=url), body=SignIn(name="python"))
if not isinstance(signed_in, SignedIn):
    sys.exit(f"signing in answered {signed_in}")
balance = get_points.sync(client=AuthenticatedClient(base_url=url, token=signed_in.token))
if not isinstance(balance, Balance) or balance.balance != 0:
    sys.exit(f"the balance of somebody new is {balance}")
