"""A world built once for a module: what a test does to it is undone after the test."""

import copy

import pytest
from django.db import transaction

from tests import world as worlds


def shared_world(stage):
    """Two fixtures of a module: the world at `stage`, and a fresh look at it."""

    @pytest.fixture(scope="module")
    def built(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock():
            atomic = transaction.atomic()
            atomic.__enter__()
            world = worlds.at_stage(stage)
        yield world
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    @pytest.fixture
    def world(built, db):
        return copy.copy(built).fresh()

    return built, world
