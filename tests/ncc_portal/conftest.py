import pytest
from rest_framework.test import APIClient

from tests.ncc_portal.world import World


@pytest.fixture
def world(db):
    return World().grow()


@pytest.fixture
def api(world):
    """The API as a member of the secretariat of `world` sees it."""
    client = APIClient()
    client.force_login(world.person())
    return client
