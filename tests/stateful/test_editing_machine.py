"""People who write one text at once, and five bugs that the machine finds.

HYPOTHESIS_STEPS multiplies the runs, for a night.
"""

import pytest

from governance.actions import editing, placing, revising
from governance.assigned import Rights
from tests.stateful import editing_acts as acts
from tests.stateful.editing_machine import run
from tests.stateful.oracle import Broken
from tests.tampering import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long]


def test_no_text_is_lost_whatever_people_write_at_once():
    run(examples=12, steps=25)


def a_stale_edit_overwrites(patch):
    real = editing._edit

    def edit(row, base, *rest):
        row.refresh_from_db()
        return real(row, row.revision, *rest)

    patch.setattr(editing, "_edit", edit)


def what_is_refused_is_not_kept(patch):
    patch.setattr(editing, "set_aside", lambda *args, **facts: None)


def removing_leaves_a_gap(patch):
    patch.setattr(placing, "renumber", lambda model, rows: None)


def text_is_stored_as_it_was_typed(patch):
    patch.setattr(revising, "normal", lambda text: text)


def a_closed_text_is_nested(patch):
    patch.setattr(placing, "require_open", lambda report: None)


def a_member_writes_everything(patch):
    real = editing.require_edit

    def allow(user, document, row):
        if user.username.endswith(".member_c"):
            return Rights(everything=True)
        return real(user, document, row)

    patch.setattr(editing, "require_edit", allow)


def a_change_leaves_no_revision(patch):
    patch.setattr(placing, "keep_revision", lambda *args, **facts: None)


BUGS = [
    (a_stale_edit_overwrites, [acts.edit], "I20"),
    (what_is_refused_is_not_kept, [acts.edit, acts.freeze], "I20"),
    (removing_leaves_a_gap, [acts.add, acts.remove], "places"),
    (text_is_stored_as_it_was_typed, [acts.add, acts.edit], "I43"),
    (a_closed_text_is_nested, [acts.put_under, acts.freeze], "closed"),
    (a_member_writes_everything, [acts.edit], "rights"),
    (a_change_leaves_no_revision, [acts.move], "I20"),
]


@pytest.mark.parametrize(
    ("bug", "only", "invariant"), BUGS, ids=[bug[0].__name__ for bug in BUGS]
)
def test_the_machine_finds_the_bug(monkeypatch, bug, only, invariant):
    """Without the triggers, which would stop some of the bugs before they show."""
    with unguarded(), pytest.raises(Broken, match=f"^{invariant}: "):
        run(
            examples=20,
            steps=20,
            shrink=False,
            only=only,
            before=lambda: bug(monkeypatch),
        )
