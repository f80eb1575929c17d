"""Mistakes in seed files are named by file, line and field, and nothing is loaded."""

import datetime as dt
import shutil

import pytest
from django.core.management import CommandError, call_command

from governance.models import (
    Committee,
    Event,
    LegalInstrument,
    LegalStatus,
    Report,
    User,
)
from governance.snapshot import digest
from ncc_portal.demo.reading import Entry, SeedError, read_file
from ncc_portal.management.commands.seed_demo import DATA
from strategy.models import ProgressEntry
from tests.lesotho import load_lesotho
from tests.tampering import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA / "practice", tmp_path / "data")


def load(folder, **options):
    call_command("seed_demo", data=folder, verbosity=0, **options)


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        load(folder)
    return str(refused.value)


def put(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def change(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    put(folder, name, text.replace(old, new))


PLAN = """\
title: Practice plan
first_year: 2022
results:
  - code: OC1
    level: outcome
    statement: People practise.
    outputs:
      - code: OP1.1
        level: output
        statement: Exercises are there.
        indicators:
          - statement: Exercises
            unit: number
            baseline_status: known
            baseline: 1
            target_type: annual
            targets: {2022: 3}
"""
ACTIVITIES = """\
title: Practice year
plan: Practice plan
year: 2022
sources:
  - {code: GOV, name: Government}
activities:
  - code: A1.1.1
    output: OP1.1
    title: Write exercises
    lead: STATS
    quarters: [1, 2]
    budget:
      - description: Paper
        amount: 100.50
        funding:
          - {source: GOV, funding: pledged, amount: 60.50}
          - {funding: unfunded, amount: 40}
    progress:
      - {as_of: 2022-06-30, status: in_progress, spent: 20}
"""


def test_a_folder_is_loaded_by_itself(folder):
    put(folder, "plan.yaml", PLAN)
    put(folder, "activities.yaml", ACTIVITIES)

    load(folder)

    assert [c.slug for c in Committee.objects.all()] == ["practice"]
    assert [(p.status, p.spent) for p in ProgressEntry.objects.all()] == [
        ("in_progress", 20)
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "legal.yaml",
            "    body: The committee meets",
            "    body: [The committee meets",
            "legal.yaml, line 9: this is not YAML: expected ',' or ']', but got"
            " '<stream end>'.",
        ),
        (
            "legal.yaml",
            "    heading: Meetings",
            "    headnig: Meetings",
            "legal.yaml, line 7, field “headnig”: there is no such field; there are"
            " basis, body, code, heading, paragraphs, since, source.",
        ),
        (
            "direction.yaml",
            "  - kind: vision\n",
            "  - basis: demonstration\n",
            "direction.yaml, line 3, field “kind”: it is missing.",
        ),
        (
            "direction.yaml",
            "kind: vision",
            "kind: visoin",
            "direction.yaml, line 3, field “kind”: “visoin” is none of vision,"
            " mission.",
        ),
        (
            "committee.yaml",
            "first_day: 2021-09-06",
            "first_day: 2021-09-32",
            "committee.yaml, line 11, field “first_day”: “2021-09-32” is not a date"
            " like 2022-12-31.",
        ),
        (
            "committee.yaml",
            "fiscal_year_starts: 4",
            "fiscal_year_starts: April",
            "committee.yaml, line 10, field “fiscal_year_starts”: “April” is not a"
            " whole number.",
        ),
        (
            "committee.yaml",
            "fiscal_year_starts: 4",
            "fiscal_year_starts: 13",
            "committee.yaml, line 10, field “fiscal_year_starts”: Ensure this value is"
            " less than or equal to 12.",
        ),
        (
            "committee.yaml",
            "slug: practice",
            "slug: practice\nslug: other",
            "committee.yaml, line 5, field “slug”: it is given twice.",
        ),
        (
            "institutions.yaml",
            "is_voting: yes",
            "is_voting: maybe",
            "institutions.yaml, line 9, field “is_voting”: “maybe” is none of yes, no.",
        ),
        (
            "institutions.yaml",
            "code: STATS",
            "code: HOME",
            "institutions.yaml, line 6, field “code”: “HOME” is given twice.",
        ),
        (
            "institutions.yaml",
            "    category: agency\n",
            "    category: agency\n    valid_to: 2022-01-31\n    successor: NONE\n",
            "institutions.yaml, line 10, field “successor”: there is no institution"
            " “NONE”.",
        ),
        (
            "people.yaml",
            "institution: STATS",
            "institution: STAT",
            "people.yaml, line 9, field “institution”: there is no institution “STAT”.",
        ),
        (
            "people.yaml",
            "institution: HOME",
            "institution: HOUSE",
            "people.yaml, line 3, field “institution”: there is no institution"
            " “HOUSE”.",
        ),
        (
            "people.yaml",
            "practice.member",
            "a practice member",
            "people.yaml, line 9, field “username”: Enter a valid username. This value"
            " may contain only letters, numbers, and @/./+/-/_ characters.",
        ),
        (
            "legal.yaml",
            "code: Art. 2",
            "code: Art. 3",
            "legal.yaml, line 6, field “code”: by its place it is “Art. 2”.",
        ),
        (
            "legal.yaml",
            "title: Practice legal status",
            "title: Practice legal status\nclauses: a word",
            "legal.yaml, line 2, field “clauses”: it should be a list of entries.",
        ),
        (
            "committee.yaml",
            "report:\n",
            "report: one\nreports:\n",
            "committee.yaml, line 17, field “reports”: there is no such field; there"
            " are aliases, basis, colour, country, country_code, currency,"
            " currency_symbol, established_year, first_day, fiscal_year_starts,"
            " languages, name, report, short_name, since, slug, source, time_zone.",
        ),
        (
            "committee.yaml",
            "report:\n  title: Practice report\n",
            "report: Practice report\nlanguage:\n",
            "committee.yaml, line 17, field “language”: there is no such field; there"
            " are aliases, basis, colour, country, country_code, currency,"
            " currency_symbol, established_year, first_day, fiscal_year_starts,"
            " languages, name, report, short_name, since, slug, source, time_zone.",
        ),
        (
            "committee.yaml",
            "report:\n  title: Practice report\n  subtitle: Demonstration data to learn"
            " with\n",
            "report: Practice report\n",
            "committee.yaml, line 16, field “report”: its own fields should stand below"
            " it.",
        ),
        (
            "legal.yaml",
            "title: Practice legal status",
            "title: [Practice, legal, status]",
            "legal.yaml, line 1, field “title”: it should be one value.",
        ),
        (
            "people.yaml",
            "roles: [member]",
            "roles: {member: yes}",
            "people.yaml, line 9, field “roles”: it should be a list of values.",
        ),
        (
            "people.yaml",
            "institution: STATS, office",
            "office",
            "people.yaml, line 9, field “name”: it is missing.",
        ),
        (
            "legal.yaml",
            "articles:\n",
            "instruments:\n"
            "  - {route: act, title: Act, steps: [{state: vetted, on: 2022-01-01}]}\n"
            "articles:\n",
            "legal.yaml, line 3: Cite the vetting letter.",
        ),
        (
            "direction.yaml",
            "    body:",
            "    basis: fact\n    body:",
            "direction.yaml, line 3, field “source”: a fact names where it comes from.",
        ),
    ],
)
def test_a_mistake_is_named_and_nothing_is_loaded(folder, name, old, new, message):
    change(folder, name, old, new)

    assert refusal(folder) == message
    assert (Committee.objects.count(), User.objects.count(), Event.objects.count()) == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "output: OP1.1",
            "output: OP9.9",
            "line 8, field “output”: there is no result “OP9.9”.",
        ),
        (
            "plan: Practice plan",
            "plan: Another plan",
            "line 2, field “plan”: there is no strategic plan “Another plan”.",
        ),
        (
            "amount: 100.50",
            "amount: a hundred",
            "line 14, field “amount”: “a hundred” is not a number like 60000 or 3.5.",
        ),
        (
            "quarters: [1, 2]",
            "quarters: [1,\n      5]",
            "line 12, field “quarters”: “5” is none of 1, 2, 3, 4.",
        ),
        (
            "source: GOV,",
            "source: GOVT,",
            "line 16, field “source”: there is no funding source “GOVT”.",
        ),
        (
            "spent: 20",
            "spent: -20",
            "line 19, field “spent”: Ensure this value is greater than or equal to 0.",
        ),
        (
            "    budget:\n      - description: Paper",
            "    budget:\n      - {}",
            "line 14: this is not YAML: expected <block end>, but found '<block mapping"
            " start>'.",
        ),
    ],
)
def test_a_mistake_in_an_activity_is_named(folder, old, new, message):
    put(folder, "plan.yaml", PLAN)
    put(folder, "activities.yaml", ACTIVITIES)
    change(folder, "activities.yaml", old, new)

    assert refusal(folder) == f"activities.yaml, {message}"


def test_a_target_outside_the_plan_is_named(folder):
    put(folder, "plan.yaml", PLAN.replace("{2022: 3}", "{2031: 3}"))

    assert refusal(folder) == (
        "plan.yaml, line 17, field “2031”: there is no such field; there are 2022,"
        " 2023, 2024."
    )


def test_a_file_of_another_name_is_refused(folder):
    put(folder, "activites.yaml", ACTIVITIES)

    assert refusal(folder) == (
        "activites.yaml, line 1: it is none of the files that are read: institutions,"
        " people, frameworks, centres, committee, before, legal, direction, terms,"
        " structure, plan, activities, advocacy, assignments, versions, comments,"
        " workshop, attendance, resolutions, roadmap, signoff."
    )


def test_a_folder_without_people_is_refused(folder):
    (folder / "people.yaml").unlink()

    assert refusal(folder) == (
        f"people.yaml, line 1: there is no such file in {folder}."
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"- a\n- b\n", "it should begin with the name of a field."),
        (b"", "it should begin with the name of a field."),
        (b"name: \xff\n", "it is not UTF-8 text."),
    ],
)
def test_a_file_that_holds_no_fields_is_refused(tmp_path, content, problem):
    path = tmp_path / "legal.yaml"
    path.write_bytes(content)

    with pytest.raises(SeedError) as refused:
        read_file(path)

    assert str(refused.value) == f"legal.yaml, line 1: {problem}"


def test_values_stay_as_they_are_written(tmp_path):
    path = tmp_path / "legal.yaml"
    path.write_text("code: NO\nday: 2022-12-31\nversion: 1.0\n", encoding="utf-8")

    content = read_file(path)

    assert isinstance(content, Entry)
    assert content == {"code": "NO", "day": "2022-12-31", "version": "1.0"}


def test_no_tag_of_python_is_obeyed(folder):
    change(folder, "legal.yaml", "Meetings", "!!python/name:os.system x")

    assert refusal(folder).startswith("legal.yaml, line 7: this is not YAML:")


def test_a_committee_that_is_no_demonstration_is_left_alone(folder):
    load(folder)
    Committee.objects.update(demonstration_today=None)

    assert refusal(folder) == (
        "committee.yaml, line 4, field “slug”: “Practice committee” is there already,"
        " and is no demonstration."
    )


def test_a_first_person_who_is_gone_is_named(folder):
    load(folder)
    change(folder, "people.yaml", "practice.secretariat", "practice.other")

    assert refusal(folder) == (
        "people.yaml, line 2, field “username”: “practice.other” is not there any more."
    )


def test_no_demonstration_stands_before_its_first_day(folder):
    with pytest.raises(CommandError) as refused:
        load(folder, as_of=dt.date(2021, 9, 5))

    assert str(refused.value) == (
        "The demonstration begins on 2021-09-06; choose no day before it."
    )


def test_two_installations_have_one_digest(folder):
    load(folder)
    first = digest(Report.objects.get().to_snapshot())
    with unguarded():
        wipe()

    load(folder)

    assert digest(Report.objects.get().to_snapshot()) == first


def test_a_text_that_was_edited_is_left_as_it_is(folder):
    load(folder)
    articles = LegalStatus.objects.get().articles
    articles.filter(position=1).update(body="Edited")

    load(folder)

    assert [a.body for a in articles.all()] == [
        "Edited",
        "The committee meets when somebody wants to practise.",
    ]


def test_what_came_later_is_left_out_and_added_on_its_day():
    early = load_lesotho(dt.date(2022, 9, 27))
    state = LegalInstrument.objects.get().state
    reports = ProgressEntry.objects.count()
    added = dict(load_lesotho(dt.date(2022, 12, 31)).added)

    assert (early.committee.today(), state, reports) == (
        dt.date(2022, 9, 27),
        "returned",
        0,
    )
    assert added == {
        "institutions": 1,
        "successions": 3,
        "legal steps": 2,
        "action reports": 8,
        "due revisions": 1,
        "centre request steps": 1,
        "progress entries": 30,
        "advocacy progress": 7,
    }


def wipe():
    """Leave an empty database, as it was before anything was loaded."""
    from django.apps import apps

    models = [m for m in apps.get_models() if m._meta.app_label == "governance"]
    for _attempt in models:
        for model in models:
            model._base_manager.all()._raw_delete("default")
