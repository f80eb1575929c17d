"""What a clause stands below is in its own document, whichever way it is written."""

import pytest
from django.core.exceptions import ValidationError

from governance.actions import placing
from governance.actions.documents import add_provision
from governance.actions.imports import try_out
from governance.errors import Refused
from governance.forms.provisions import RowForm
from governance.importing import Answers
from governance.models import Clause
from governance.tables import table_of
from tests.governance.imports_world import aim_at, planned, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = planned()
    for document in (world.plan, world.activities):
        add_provision(
            Clause,
            document,
            by=world.person("secretary"),
            heading=f"Of {document.title}",
        )
    return world


def clause(document):
    return Clause.objects.get(document=document)


def test_the_form_offers_clauses_of_the_document_only(world):
    form = RowForm(table=table_of(Clause), document=world.activities)

    assert [label for key, label in form.fields["parent"].choices if key] == [
        "1 Of Activities"
    ]


def test_an_import_means_the_clause_of_that_number_in_the_document(world):
    sheet = sheet_of(("Part of", "Heading", "Text"), ("1", "Child", "A text."))

    run = try_out(
        aim_at(world.activities, Clause),
        sheet,
        Answers(),
        by=world.person("secretary"),
    )

    assert [(o.action, o.label, o.after["parent"]) for o in run.outcomes] == [
        ("add", "1.1", "1")
    ]


def test_a_clause_is_not_written_below_one_of_another_document(world):
    with pytest.raises(ValidationError) as refused:
        add_provision(
            Clause,
            world.activities,
            by=world.person("secretary"),
            heading="Lost",
            parent=clause(world.plan),
        )

    assert refused.value.message_dict == {
        "parent": ["Choose a provision of the same document."]
    }


def test_a_clause_is_not_moved_below_one_of_another_document(world):
    with pytest.raises(Refused, match="“1 Of Plan” stands in another document"):
        placing.put_under(
            clause(world.activities), clause(world.plan), by=world.person("secretary")
        )
