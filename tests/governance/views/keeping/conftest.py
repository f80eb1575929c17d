import pytest

from governance import clock
from tests.governance.views.keeping.common import NOON
from tests.governance.views.test_comments import add_url, plenary
from tests.governance.views.test_comments import world as circulated

world = circulated


@pytest.fixture(autouse=True)
def _november():
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def address(world):
    return add_url(world, plenary(world))
