"""What My work asks of whom, stage by stage."""

import pytest

from governance.actions import answers, comments
from governance.models import Body
from governance.validation_work import validation_work
from tests import world as worlds

pytestmark = pytest.mark.django_db

EXPECTED = {
    "drafting": {"secretary": ["Circulate the report"], "member_c": [], "chair": []},
    "circulated": {
        "secretary": ["Comment on “A report” for your institution"],
        "member_c": ["Comment on “A report” for your institution"],
    },
    "consolidating": {"secretary": ["Table the report"], "member_c": []},
    "tabled": {
        "chair": ["Open “Validation workshop”"],
        "member_c": ["Come to “Validation workshop”"],
    },
    "amending": {
        "rapporteur": ["Confirm that the amendments are in the text"],
        "secretary": [],
    },
    "signing": {
        "member_c": ["Sign version 0.4 of “A report”"],
        "chair": ["Sign version 0.4 of “A report”"],
        "official": [],
    },
    "validated": {
        "secretary": [
            "Draft the minutes of “Validation workshop”",
            "Propose the release",
        ],
        "chair": ["Draft the minutes of “Validation workshop”"],
        "member_c": [],
    },
}


@pytest.mark.parametrize("stage", EXPECTED)
def test_each_stage_asks_those_whose_turn_it_is(stage):
    world = worlds.at_stage(stage)

    with world.on("2021-11-22"):
        found = {
            name: [
                item.title
                for item in validation_work(world.person(name), world.committee)
                if item.mine
            ]
            for name in EXPECTED[stage]
        }

    assert found == EXPECTED[stage]


def test_an_institution_hears_that_its_comment_was_answered():
    world = worlds.at_stage("circulated")
    row = Body.objects.order_by("position").first()
    with world.on("2021-11-10"):
        comment = comments.comment_on(
            world.document,
            row.uid,
            institution=world.institutions["C"],
            by=world.person("member_c"),
            body="Shorter.",
            type="technical",
            severity="substantive",
        )
        before = work_of(world, "member_c")
        answers.respond(
            comment, "not_accepted", by=world.person("rapporteur"), reason="It is law."
        )
        after = work_of(world, "member_c")
        answers.contest(comment, by=world.person("member_c"), text="It is not.")
        contested = work_of(world, "member_c")

    answered = ("Your comment C01 was answered", True)
    waits = ("Your comment C01 has no answer yet", False)
    assert (waits in before, answered in before) == (True, False)
    assert (waits in after, answered in after) == (False, True)
    assert answered not in contested


def work_of(world, name):
    found = validation_work(world.person(name), world.committee)
    return [(item.title, item.mine) for item in found]
