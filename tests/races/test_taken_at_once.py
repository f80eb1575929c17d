"""What only one can have, asked for by eight at once: one gets it, seven hear why."""

import pytest
from django.db import connection
from django.test import Client

from governance.models import Participant
from tests import world as worlds
from tests.races.conftest import at_once

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="races need PostgreSQL"
    ),
    pytest.mark.django_db(transaction=True),
]


def test_a_person_registered_for_four_institutions_at_once(transactional_db):
    world = worlds.at_stage("session")
    walker = world.person("observer")
    answers = []

    def ask(code):
        client = Client()
        client.force_login(world.person("secretary"))
        given = {
            "workshop": world.workshop.pk,
            "institution": world.institutions[code].pk,
            "name": walker.name,
            "office": "Director",
        }
        answer = client.post("/api/participants/", given, "application/json")
        answers.append(answer.status_code)

    at_once(*(lambda code=code: ask(code) for code in "BCDE"))

    assert sorted(answers) == [201, 409, 409, 409]
    assert Participant.objects.filter(name=walker.name).count() == 1
