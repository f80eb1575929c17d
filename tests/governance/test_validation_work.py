"""What My work asks of whom, stage by stage."""

import pytest

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
    "validated": {"secretary": ["Propose the release"], "chair": [], "member_c": []},
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
