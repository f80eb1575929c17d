"""What the tests of the API's moves share: a world at a stage, and people who ask."""

from __future__ import annotations

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from tests.world import at_stage


def world_at(stage, slug="world"):
    """A fixture: one world at `stage` for a module; each test undoes what it does."""

    @pytest.fixture(scope="module")
    def world(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock():
            atomic = transaction.atomic()
            atomic.__enter__()
            made = at_stage(stage, slug)
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    return world


def api(world, name):
    client = APIClient()
    client.force_login(world.person(name))
    return client


def post(world, name, path, /, **given):
    """What the API answers to `name` who posts: the status and the data."""
    answer = api(world, name).post(f"/api/{path}/", given, format="json")
    return answer.status_code, answer.json() if answer.content else None


def get(world, name, path, **params):
    return api(world, name).get(f"/api/{path}/", params).json()


def rows(world, name, path, **params):
    return get(world, name, path, **params)["results"]


def comment_facts(world, provision=None, **more):
    uid = provision or world.document.bodies.first().uid
    return {
        "document": world.document.pk,
        "provision_uid": str(uid),
        "institution": world.institutions["C"].pk,
        "body": "Say how often it meets.",
        "type": "technical",
        "severity": "substantive",
    } | more
