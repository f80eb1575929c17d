"""Text in another language: never lost, never taken for up to date when it is not."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.actions import documents, editing, placing
from governance.actions.editions import as_in, start_edition, uid_in
from governance.actions.translations import translate, translation_of
from governance.diff import compare, differing
from governance.errors import Conflict, Refused
from governance.models import (
    Assignment,
    Body,
    CommitteeLanguage,
    Event,
    HeldText,
    Import,
    Presence,
    Revision,
    Translation,
)
from governance.snapshot import digest, walk
from governance.translating import counted, entries_of
from tests import world as worlds
from tests.environment import TIMES

pytestmark = pytest.mark.django_db

TASK = "The plenary meets and writes."
WORDS = {"name": "Kopano", "mandate": "Kopano e a kopana."}
WHOLE = WORDS | {"meeting_frequency": "Hane ka selemo"}
NOW = {"name": "Plenary", "mandate": TASK, "meeting_frequency": "Four times a year"}


def speaking(world):
    CommitteeLanguage.objects.create(
        committee=world.committee, code="st-LS", name="Sesotho"
    )
    return world


@pytest.fixture
def world():
    return speaking(worlds.at_stage("drafting"))


@pytest.fixture
def row(world):
    return plenary(world)


def plenary(world):
    return Body.objects.get(document=world.document, name="Plenary")


def say(world, row, values=WORDS, *, name="rapporteur", **facts):
    facts = {"base": 0, "read": row.revision} | facts
    return translate(
        world.document, row.uid, "st-LS", values, by=world.person(name), **facts
    )


def kept(row):
    found = Translation.objects.filter(provision_uid=row.uid)
    return [(t.language, t.values, t.source, t.state, t.revision) for t in found]


def chain(row):
    found = Revision.objects.filter(provision_uid=row.uid).exclude(language="")
    return [
        (r.language, r.provision_revision, r.action, r.after)
        for r in found.order_by("number")
    ]


def held():
    found = HeldText.objects.order_by("pk")
    return [(h.reason, h.language, h.label, h.base_revision, h.values) for h in found]


def node_of(document, row):
    nodes = walk(document.specific.to_snapshot()["provisions"])
    return next((n for n, _depth in nodes if n["uid"] == str(row.uid)), None)


def standing_of(world, row):
    entries = entries_of(world.document, "st-LS")
    return next((e.standing for e in entries if e.uid == str(row.uid)), None)


def test_a_translation_keeps_its_words_and_the_words_it_translates(world, row):
    say(world, row)

    assert kept(row) == [("st-LS", WORDS, NOW, "draft", 1)]


def test_a_translation_is_a_revision_of_its_own_language(world, row):
    say(world, row, why="First.")
    say(world, row, WHOLE, base=1, state="checked")

    assert chain(row) == [
        ("st-LS", 1, "added", WORDS | {"state": "draft"}),
        ("st-LS", 2, "changed", WHOLE | {"state": "checked"}),
    ]
    assert Revision.objects.get(language="st-LS", provision_revision=1).why == "First."


def test_who_checked_it_stands_in_the_history(world, row):
    say(world, row)
    say(world, row, WHOLE, base=1, state="checked", name="secretary")

    events = Event.objects.filter(verb__startswith="translat").order_by("pk")
    assert [(e.verb, e.by_name, e.note) for e in events] == [
        ("translated", "Rapporteur of world", "1 Plenary (st-LS)"),
        ("translation checked", "Secretary of world", "1 Plenary (st-LS)"),
    ]


def test_the_provision_itself_is_left_alone(world, row):
    say(world, row)

    fresh = plenary(world)
    assert (fresh.revision, fresh.mandate) == (0, TASK)


def test_nothing_different_is_no_revision(world, row):
    say(world, row)

    assert say(world, row, base=1) is None
    assert len(chain(row)) == 1


def test_the_same_sent_twice_has_one_effect(world, row):
    say(world, row)

    assert say(world, row) is None
    assert (len(chain(row)), held()) == (1, [])


def test_text_is_stored_in_its_normal_form(world, row):
    say(world, row, {"mandate": "Kopano\u200b\r\ne a kopana.  "})

    assert kept(row)[0][1] == {"mandate": "Kopano\ne a kopana."}


def test_the_second_to_save_keeps_the_text_and_is_told(world, row):
    say(world, row)

    with pytest.raises(Conflict, match="Your text is kept"):
        say(world, row, {"mandate": "E 'ngoe."}, name="secretary")

    assert held() == [("conflict", "st-LS", "1 Plenary", 0, {"mandate": "E 'ngoe."})]
    assert kept(row)[0][1] == WORDS


def test_a_refused_text_sent_twice_is_kept_once(world, row):
    say(world, row)

    for _time in range(2):
        with pytest.raises(Conflict):
            say(world, row, {"mandate": "E 'ngoe."})

    assert len(held()) == 1


@pytest.mark.parametrize("stage", ["circulated", "tabled", "signing", "validated"])
def test_a_closed_report_keeps_the_text_aside_and_says_so(stage):
    world = speaking(worlds.at_stage(stage))
    row = plenary(world)

    with pytest.raises(Refused, match=r"cannot be edited now\. What you wrote is kept"):
        say(world, row)

    assert held() == [("closed", "st-LS", "1 Plenary", 0, WORDS)]
    assert kept(row) == []


def test_a_text_for_a_provision_that_was_removed_is_kept(world, row):
    placing.remove_provision(row, by=world.person("secretary"))

    with pytest.raises(Conflict, match="removed “1 Plenary”"):
        say(world, row)

    assert held() == [("removed", "st-LS", "1 Plenary", 0, WORDS)]


@pytest.mark.parametrize("name", ["chair", "member_b", "official", "admin"])
def test_who_may_not_edit_the_provision_does_not_translate_it(world, row, name):
    with pytest.raises(PermissionDenied):
        say(world, row, name=name)

    assert held() == []


def test_a_member_translates_what_is_assigned_to_the_institution(world, row):
    Assignment.objects.create(
        document=world.document,
        provision_uid=row.uid,
        institution=world.institutions["B"],
        at=world.committee.now(),
        by=world.person("secretary"),
    )

    say(world, row, name="member_b")

    assert kept(row)[0][1] == WORDS


@pytest.mark.parametrize("code", ["en", "fr", "", "st-LS\x00"])
def test_only_the_other_languages_of_the_committee_are_written(world, row, code):
    with pytest.raises(Refused, match="does not translate into that language"):
        translate(
            world.document,
            row.uid,
            code,
            WORDS,
            base=0,
            read=0,
            by=world.person("rapporteur"),
        )


def test_checked_means_that_everything_is_translated(world, row):
    with pytest.raises(ValidationError) as refused:
        say(world, row, state="checked")

    assert refused.value.message_dict == {
        "meeting_frequency": [
            "This text is not translated: translate it, or save as a draft."
        ]
    }


def test_a_translation_is_no_longer_than_its_column(world, row):
    with pytest.raises(ValidationError) as refused:
        say(world, row, {"name": "k" * 151})

    assert refused.value.message_dict == {
        "name": ["This text has 151 characters; 150 is the most. Shorten it."]
    }


def change(world, row, **facts):
    row.refresh_from_db()
    by = world.person("rapporteur")
    editing.edit_provision(row, base=row.revision, by=by, **facts)


def test_a_change_of_the_source_is_seen_and_taken_back(world, row):
    say(world, row, WHOLE, state="checked")
    seen = [standing_of(world, row)]

    for mandate in ("It decides.", TASK):
        change(world, row, mandate=mandate)
        seen.append(standing_of(world, row))

    assert seen == ["checked", "changed", "checked"]


def test_a_change_of_codes_leaves_the_translation_up_to_date(world, row):
    say(world, row, WHOLE, state="checked")

    change(world, row, short_name="PL")

    assert standing_of(world, row) == "checked"


def test_a_draft_of_a_changed_source_is_up_to_date_only_if_it_says_so(world, row):
    say(world, row)
    change(world, row, mandate="It decides.")

    say(world, row, WHOLE, base=1, read=1)
    without = standing_of(world, row)
    say(world, row, WHOLE, base=2, read=1, follows=True)

    assert (without, standing_of(world, row)) == ("changed", "draft")


def test_checking_it_follows_the_source_as_it_was_read(world, row):
    say(world, row)
    change(world, row, mandate="It decides.")

    say(world, row, WHOLE, base=1, read=1, state="checked")

    assert standing_of(world, row) == "checked"


def test_a_source_changed_while_its_translator_wrote_is_not_taken_for_read(world, row):
    change(world, row, mandate="One.")
    change(world, row, mandate="Two.")

    say(world, row, WHOLE, read=1, state="checked")

    assert kept(row)[0][2]["mandate"] == "One."
    assert standing_of(world, row) == "changed"


def test_a_removed_provision_is_not_counted_and_its_translation_stays(world, row):
    say(world, row)
    before = counted(entries_of(world.document, "st-LS"))

    placing.remove_provision(row, by=world.person("secretary"))

    after = counted(entries_of(world.document, "st-LS"))
    none = {"missing": 1, "draft": 0, "checked": 0, "changed": 0}
    assert before == none | {"total": 2, "translated": 1, "draft": 1}
    assert after == none | {"total": 1, "translated": 0}
    assert len(kept(row)) == 1


def test_a_restored_provision_has_its_translation_again(world, row):
    say(world, row)
    by = world.person("secretary")
    placing.remove_provision(row, by=by)

    documents.add_provision(
        Body, world.document, by=by, uid=row.uid, level="plenary", **NOW
    )

    assert node_of(world.document, row)["translations"]["st-LS"]["text"] == WORDS


def test_without_a_translation_the_snapshot_is_what_it_was(world, row):
    nodes = list(walk(world.document.to_snapshot()["provisions"]))

    assert [node for node, _depth in nodes if "translations" in node] == []


def test_the_snapshot_says_it_in_every_language(world, row):
    before = digest(world.report.to_text())
    say(world, row)

    [document] = world.report.to_text()["documents"]
    assert document["provisions"][0]["translations"] == {
        "st-LS": {"name": "Sesotho", "state": "draft", "text": WORDS}
    }
    assert digest(world.report.to_text()) != before


def test_a_snapshot_says_that_the_source_changed(world, row):
    say(world, row, WHOLE, state="checked")
    change(world, row, mandate="It decides.")

    said = node_of(world.document, row)["translations"]["st-LS"]
    assert said["state"] == "changed"


def test_a_translation_taken_back_is_no_translation(world, row):
    say(world, row)
    say(world, row, {"name": "", "mandate": ""}, base=1)

    assert "translations" not in node_of(world.document, row)
    assert standing_of(world, row) == "missing"


def test_a_translation_is_a_change_between_two_texts(world, row):
    before = world.report.to_text()
    say(world, row)

    [found] = differing(compare(before, world.report.to_text()))

    assert (found.kind, found.label) == ("changed", "1 Plenary")
    assert [(f.label, f.before_text, f.after_text) for f in found.fields] == [
        ("Sesotho: state", "–", "draft"),
        ("Sesotho: name", "–", "Kopano"),
        ("Sesotho: mandate", "–", "Kopano e a kopana."),
    ]


@pytest.mark.parametrize("written", [0, 2])
def test_a_snapshot_costs_one_query_more_or_two(
    world, row, written, django_assert_num_queries
):
    rows = Body.objects.filter(document=world.document)[:written]
    for each in rows:
        say(world, each)
    without = 3

    with django_assert_num_queries(without + (2 if written else 1)):
        world.document.to_snapshot()


def test_a_new_edition_has_the_translations_under_its_own_uids():
    world = speaking(worlds.at_stage("amending"))
    say(world, plenary(world), WHOLE, state="checked")
    worlds.submit(world)
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)
    world.fresh()
    before = world.report.to_text()

    following = start_edition(world.report, by=world.person("secretary"))

    [document] = following.chapters()
    copied = translation_of(document, uid_in(following, plenary(world).uid), "st-LS")
    assert (copied.values, copied.source, copied.state) == (WHOLE, NOW, "checked")
    assert differing(compare(as_in(following, before), following.to_text())) == []
    assert digest(world.report.to_text()) == world.report.validation.version.digest


def test_a_translation_goes_on_in_the_new_edition():
    world = speaking(worlds.at_stage("amending"))
    say(world, plenary(world))
    worlds.submit(world)
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)
    following = start_edition(world.fresh().report, by=world.person("secretary"))
    [document] = following.chapters()
    row = document.bodies.get(name="Plenary")
    base = translation_of(document, row.uid, "st-LS").revision

    revision = translate(
        document,
        row.uid,
        "st-LS",
        WHOLE,
        base=base,
        read=row.revision,
        by=world.person("rapporteur"),
    )

    assert (base, revision.provision_revision, revision.number) == (0, 1, 1)
    assert (
        Revision.objects.filter(document=world.document, language="st-LS").count() == 1
    )


@pytest.mark.parametrize("whole", [True, False])
def test_a_new_edition_has_the_assignments_under_its_own_uids(whole):
    world = worlds.at_stage("validated")
    row = plenary(world)
    Assignment.objects.create(
        document=world.document,
        provision_uid=None if whole else row.uid,
        institution=world.institutions["B"],
        at=world.committee.now(),
        by=world.person("secretary"),
    )

    following = start_edition(world.report, by=world.person("secretary"))

    [document] = following.chapters()
    expected = None if whole else uid_in(following, row.uid)
    copied = document.assignments.select_related("institution")
    assert [(a.provision_uid, a.institution.code) for a in copied] == [(expected, "B")]


def test_a_new_edition_has_nobody_at_work_and_no_imports():
    world = worlds.at_stage("validated")
    by, now = world.person("secretary"), world.committee.now()
    Presence.objects.create(
        user=by,
        document=world.document,
        provision_uid=plenary(world).uid,
        seen_at=now,
    )
    Import.objects.create(
        committee=world.committee, document=world.document, table="body", by=by, at=now
    )

    following = start_edition(world.report, by=by)

    [document] = following.chapters()
    assert (document.presences.count(), document.imports.count()) == (0, 0)


TEXTS = st.sampled_from(["", "Kopano", "Kopano e a kopana.", "E 'ngoe", "Ts'oha"])
ACTS = st.sampled_from(["save", "save late", "edit", "remove", "restore"])
STEPS = st.lists(st.tuples(ACTS, TEXTS, st.sampled_from(["draft", "checked"])))


class Desk:
    """A provision and everything that is done to it and to its translation."""

    def __init__(self, world):
        self.world, self.sent = world, []
        self.original = plenary(world)
        self.by = world.person("rapporteur")

    @property
    def row(self):
        return Body.objects.filter(uid=self.original.uid).first()

    def save(self, text, state, base=None):
        saved = translation_of(self.world.document, self.original.uid, "st-LS")
        base = base if base is not None else saved.revision if saved else 0
        values = dict.fromkeys(NOW, text)
        before = self.row and self.row.revision
        with suppress(Refused):
            say(self.world, self.original, values, base=base, state=state)
        self.sent += [values] if text else []
        assert (self.row and self.row.revision) == before

    def do(self, act, text, state):
        if act.startswith("save"):
            with suppress(ValidationError):
                self.save(text, state, 99 if act.endswith("late") else None)
        elif act == "edit" and self.row:
            words = {"base": self.row.revision, "mandate": text or "Again."}
            editing.edit_provision(self.row, by=self.by, **words)
        elif act == "remove" and self.row:
            placing.remove_provision(self.row, by=self.by)
        elif act == "restore" and not self.row:
            facts = {"uid": self.original.uid, "level": "plenary"} | NOW
            documents.add_provision(Body, self.world.document, by=self.by, **facts)

    def kept(self):
        said = [after for _language, _n, _action, after in chain(self.original)]
        words = [{n: t for n, t in s.items() if n != "state"} for s in said]
        return words + [held.values for held in HeldText.objects.all()]


@settings(
    max_examples=30 * TIMES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_every_text_is_a_revision_or_held_and_the_provision_is_left_alone(world, steps):
    with transaction.atomic():
        desk = Desk(world)

        for step in steps:
            desk.do(*step)

        assert [text for text in desk.sent if text not in desk.kept()] == []
        numbers = [n for _language, n, _action, _after in chain(desk.original)]
        assert numbers == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)
