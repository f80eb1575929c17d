"""What the tests of kept texts share."""

import datetime as dt

from django.urls import reverse

from tests.governance.views.test_acting import shown
from tests.governance.views.test_comments import enter, typed
from tests.world import PASSWORD

DRAFTS, PRESENCE = reverse("governance:drafts"), reverse("governance:presence")
KEPT, SIGN_IN = reverse("governance:kept"), reverse("account_login")
FORM_ENCODED = "application/x-www-form-urlencoded"
NOON = dt.datetime(2021, 11, 24, 12, 2, tzinfo=dt.UTC)  # 14:02 in Gaborone


def sign_in_as(client, world, name):
    user = world.person(name)
    data = {"login": user.username, "password": PASSWORD, "device": "shared"}
    return client.post(SIGN_IN, data)


def texts_of(response):
    return [offer.text for offer in response.context["keep"].offers]


def lost(client, world, address, **values):
    """A form sent after its session was ended on the server."""
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world, **values)
    client.session.flush()
    return client.post(address, sent)
