import pytest

from strategy.models import ActivityPlan
from strategy.problems import of_type
from strategy.totals import totals


@pytest.fixture
def sums():
    return totals(of_type(ActivityPlan.objects.get().to_snapshot(), "activity"))
