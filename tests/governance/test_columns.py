"""A cell says what a row holds, and is understood again: every row of Lesotho."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.columns import Scope, columns_of
from governance.models import Document, Institution, LegalOption, StrategicObjective
from governance.tables import tables, tables_in
from strategy.models import Activity, CostEstimate, Indicator

pytestmark = pytest.mark.django_db


def test_every_cell_reads_as_the_value_it_shows(lesotho):
    wrong = []
    for document in Document.objects.filter(committee__slug="lesotho"):
        scope = Scope(document.committee, document)
        for table in tables_in(document):
            columns = table.columns(document)
            for row in table.rows(document):
                for column in columns:
                    cell = column.cell(row)
                    again = column.cell_of(column.read(cell, scope)) if cell else ""
                    if again != cell:
                        wrong.append((str(row), column.name, cell, again))

    assert wrong == []


def test_every_sort_of_row_has_one_table():
    models = [table.model for table in tables()]

    assert len(models) == len(set(models)) == 28


@pytest.fixture
def scope(lesotho):
    document = Document.objects.get(
        kind="governance.StrategicDirection", committee__slug="lesotho"
    )
    return Scope(document.committee, document)


def column(model, name):
    return next(c for c in columns_of(model) if c.name == name)


@pytest.mark.parametrize(
    "text", ["MoLE", "mole", "Ministry of Labour and Employment", " MoLE "]
)
def test_an_institution_is_known_by_code_and_name(scope, text):
    found = column(StrategicObjective, "owner").read(text, scope)

    assert found == Institution.objects.get(code="MoLE", committee=scope.committee)


def test_an_unknown_institution_is_named_with_what_there_is(scope):
    with pytest.raises(ValidationError) as refused:
        column(StrategicObjective, "owner").read("Home Affairs", scope)

    assert refused.value.messages[0].startswith(
        "“Home Affairs” is not known. Write one of: AGC, AUC, BDA"
    )


def test_a_choice_is_known_by_its_words(scope):
    assert column(LegalOption, "verdict").read("Interim only", scope) == "interim"


def test_what_is_needed_and_missing_is_said(scope):
    with pytest.raises(ValidationError, match="Option is missing"):
        column(LegalOption, "title").read("  ", scope)


def test_what_is_too_long_is_counted(scope):
    with pytest.raises(ValidationError, match="It has 201 characters; 200 fit"):
        column(LegalOption, "title").read("x" * 201, scope)


def test_a_quarter_is_its_first_day_or_its_last(scope):
    starts, ends = (column(Activity, name) for name in ("starts_on", "ends_on"))

    assert (starts.read("Q1 2022", scope), ends.read("q4 2022", scope)) == (
        dt.date(2022, 4, 1),
        dt.date(2023, 3, 31),
    )


@pytest.mark.parametrize("text", ["Q1 0000", "Q4 9999", "Q4 0001"])
def test_a_quarter_of_no_year_is_no_date(scope, text):
    with pytest.raises(ValidationError, match=f"“{text}” is not a date"):
        column(Activity, "starts_on").read(text, scope)


@pytest.mark.parametrize(
    "text", ["MoLE, MoF; BOS", "MoLE; MoF; BOS", "MoLE, MoF and BOS", "MoLE/MoF\nBOS"]
)
def test_several_institutions_are_told_apart(scope, text):
    found = column(Activity, "partners").read(text, scope)

    assert [row.code for row in found] == ["MoLE", "MoF", "BOS"]


def test_a_name_with_a_comma_stays_whole(scope):
    name = "Ministry of Tourism, Environment and Culture"

    assert [r.code for r in column(Activity, "partners").read(name, scope)] == ["MTEC"]


def test_a_percentage_is_its_number(scope):
    assert column(Indicator, "baseline").read("12.5%", scope) == Decimal("12.5")


def test_a_year_is_read_as_the_portal_writes_it(scope):
    assert column(CostEstimate, "year").read("2022/23", scope) == 2022
