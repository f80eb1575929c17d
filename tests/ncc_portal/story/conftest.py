import pytest

from governance.models import Report, Workshop


@pytest.fixture(autouse=True)
def _lesotho(lesotho, db):
    """The demonstration, told to its end."""


@pytest.fixture
def report():
    return Report.objects.get(committee__slug="lesotho")


@pytest.fixture
def workshop():
    return Workshop.objects.get(committee__slug="lesotho")
