import re

import pytest
from django.core import mail
from django.urls import reverse

from governance.actions import joining
from governance.actions.joining import Wanted
from governance.models import Event, Joining, RoleAssignment, User
from governance.permissions import Role
from governance.setup_work import setup_work
from tests import world as worlds

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
NEW = {
    "name": "New Member",
    "username": "new.member",
    "email": "new@example.org",
    "password": worlds.PASSWORD,
    "again": worlds.PASSWORD,
}


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def alone(committee, secretary, client):
    client.force_login(secretary)
    return client


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def code(committee, secretary):
    wanted = Wanted("New Member", Role.OFFICIAL, "new@example.org")
    [issued] = joining.invite(committee, [wanted], on_paper=True, by=secretary)
    return issued.code


def invite(client, slug="ncc", **changes):
    form = {"name": "New Member", "role": "official", "way": "slip"}
    return client.post(reverse("governance:joining-add", args=[slug]), form | changes)


def test_a_slip_shows_name_address_code_and_day_once(alone, settings):
    settings.SITE_URL = "https://ncc.example.org"

    text = text_of(invite(alone))

    [code] = CODE.findall(text)
    assert joining.found(code) == Joining.objects.get()
    assert "New Member" in text
    assert "https://ncc.example.org/join/" in text
    people = text_of(alone.get(reverse("governance:people", args=["ncc"])))
    assert CODE.findall(people) == []


def test_an_invitation_by_mail_brings_the_code_and_no_page_shows_it(alone):
    response = invite(alone, way="mail", email="new@example.org")

    [letter] = mail.outbox
    [code] = CODE.findall(letter.body)[:1]
    assert (letter.to, joining.found(code)) == (
        ["new@example.org"],
        Joining.objects.get(),
    )
    assert CODE.findall(text_of(response)) == []


def test_what_the_mail_server_refuses_is_printed_as_a_slip(alone, settings):
    settings.EMAIL_BACKEND = "no.such.backend"

    text = text_of(invite(alone, way="mail", email="new@example.org"))

    assert len(CODE.findall(text)) == 1
    assert "The mail server did not take these" in text


def test_a_member_is_invited_for_an_institution(alone):
    response = invite(alone, role="member")

    assert response.context["form"].errors["institution"] == [
        "A member acts for an institution: choose it."
    ]


def test_whether_an_address_has_a_sign_in_elsewhere_is_not_told(world, alone):
    known = world.people["member_c"].email

    invited = [
        invite(alone, name=f"P {n}", email=e)
        for n, e in enumerate([known, "x@example.org"])
    ]

    assert [response.status_code for response in invited] == [200, 200]
    first, second = [CODE.sub("", text_of(r)).replace("P 0", "P 1") for r in invited]
    nonce = re.compile(r"nonce=\"[^\"]*\"|value=\"[^\"]*\"")
    assert nonce.sub("", first) == nonce.sub("", second)


def test_a_list_is_looked_at_and_then_invited(world, client):
    client.force_login(world.person("secretary"))
    RoleAssignment.objects.filter(user=world.people["officer"]).delete()
    RoleAssignment.objects.filter(user=world.people["chair"]).delete()
    rows = "'Mamello\tm@example.org\tMember\tC\nThabo\t\tObserver\t"
    url = reverse("governance:joinings-paste", args=["world"])

    seen = client.post(url, {"rows": rows, "way": "slip"})
    made = client.post(url, {"rows": rows, "way": "slip", "step": "add"})

    assert seen.context["preview"] == [
        ["'Mamello", "m@example.org", "Member", "C"],
        ["Thabo", "–", "Observer", "–"],
    ]
    assert len(CODE.findall(text_of(made))) == 2


def test_a_wrong_list_names_its_rows(world, client):
    client.force_login(world.person("secretary"))
    rows = "A\tno address\tMember\tC\nB\t\tKing\t\nC\t\tMember\t\nD\t\tMember\tZZ"
    url = reverse("governance:joinings-paste", args=["world"])

    response = client.post(url, {"rows": rows, "way": "slip", "step": "add"})

    errors = response.context["form"].errors["rows"]
    assert [error.split(":")[0] for error in errors] == [
        f"Row {n}" for n in (1, 2, 3, 4)
    ]
    assert not Joining.objects.exists()


def test_the_second_manager_finds_it_on_my_work_and_prints_the_slips(world, client):
    client.force_login(world.person("secretary"))
    first = invite(client, "world")
    own, work = (
        {
            item.title: item.url
            for item in setup_work(world.person(name), world.committee)
        }
        for name in ("secretary", "officer")
    )
    client.force_login(world.person("officer"))

    url = work["Confirm 1 invitation"]
    response = client.post(url, {"joinings": [Joining.objects.get().pk], "way": "slip"})

    assert first.url == reverse("governance:people", args=["world"])
    assert "Confirm 1 invitation" not in own
    assert len(CODE.findall(text_of(response))) == 1


def test_looking_at_an_invitation_uses_nothing_up(client, code):
    url = reverse("governance:join-code", args=[code])

    for _scanner in range(3):
        client.get(url)
        client.head(url)
    text = text_of(client.get(url))

    assert joining.found(code) is not None
    for word in ("National Consultative Committee", "Official", "Secretary", ">Join<"):
        assert word in text


def test_somebody_new_types_the_code_and_chooses_how_to_sign_in(client, code):
    found = client.post(reverse("governance:join"), {"code": code.lower()})
    asked = client.post(found.url)
    form = client.get(asked.url).context["form"]
    joined = client.post(asked.url, NEW)

    user = User.objects.get(username="new.member")
    assert form["email"].value() == "new@example.org"
    assert (joined.url, client.session["_auth_user_id"]) == ("/", str(user.pk))
    assert [a.role for a in user.assignments] == [Role.OFFICIAL]
    assert Event.objects.filter(verb="joined", by=user).count() == 1


def test_somebody_with_a_sign_in_joins_with_it(client, code, world):
    member = world.person("member_c")
    client.force_login(member)

    client.post(reverse("governance:join-code", args=[code]))

    roles = User.objects.get(pk=member.pk).roles
    assert sorted(map(sorted, roles.values())) == [["member"], ["official"]]


def test_an_address_that_has_a_sign_in_is_sent_to_it(client, code, world):
    url = reverse("governance:join-new", args=[code])

    response = client.post(url, NEW | {"email": world.people["member_c"].email.upper()})

    [said] = response.context["form"].errors["email"]
    assert said.startswith("A sign-in has this e-mail. If it is yours, sign in with it")
    assert joining.found(code) is not None


@pytest.fixture
def dead(committee, secretary, code):
    """A code of every sort that does not work."""
    used, withdrawn, ended = [
        joining.invite(
            committee, [Wanted(n, Role.OFFICIAL)], on_paper=True, by=secretary
        )[0]
        for n in ("used", "withdrawn", "ended")
    ]
    joining.join_as_new(
        used.joining, username="u", email="", name="U", password=worlds.PASSWORD
    )
    joining.withdraw(withdrawn.joining, by=secretary)
    Joining.objects.filter(pk=ended.joining.pk).update(expires_at=ended.joining.at)
    return [used.code, withdrawn.code, ended.code, "AAAA-BBBB-CCCC", "x"]


def test_every_code_that_does_not_work_gets_the_same_answer(client, dead):
    urls = [
        reverse(f"governance:{name}", args=[code])
        for code in dead
        for name in ("join-code", "join-new")
    ]

    answers = [r for url in urls for r in (client.get(url), client.post(url, NEW))]

    assert {r.status_code for r in answers} == {404}
    assert len({text_of(r) for r in answers}) == 1
    assert "it was used, has ended or is mistyped" in text_of(answers[0])


def test_after_twenty_unknown_codes_a_right_one_waits_too(client, code):
    for _guess in range(20):
        client.get(reverse("governance:join-code", args=["AAAA-BBBB-CCCC"]))

    assert client.get(reverse("governance:join-code", args=[code])).status_code == 404


def test_a_room_behind_one_address_joins_without_waiting(client, code):
    statuses = {
        client.get(reverse("governance:join-code", args=[code])).status_code
        for _person in range(40)
    }

    assert statuses == {200}


def test_a_code_of_another_length_is_said_to_be_so(client, db):
    response = client.post(reverse("governance:join"), {"code": "K7QF-2M9D"})

    assert response.context["form"].errors["code"] == [
        "The code has 12 letters and digits; you typed 8."
    ]


def test_the_people_page_asks_the_same_of_three_and_of_thirty(
    world, client, django_assert_max_num_queries
):
    client.force_login(world.person("secretary"))
    url = reverse("governance:people", args=["world"])

    with django_assert_max_num_queries(14):
        response = client.get(url)

    assert "Member C of world" in text_of(response)


def test_ending_a_role_is_a_page_with_a_day(world, client):
    client.force_login(world.person("secretary"))
    role = RoleAssignment.objects.get(user=world.people["member_c"])
    url = reverse("governance:role-end", args=[role.pk])

    response = client.post(url, {"ends_on": "31 March 2026"})

    role.refresh_from_db()
    assert (response.status_code, str(role.ends_on)) == (302, "2026-03-31")


def test_a_person_of_another_committee_is_not_found(world, client):
    other = worlds.build("other", "LS")
    client.force_login(world.person("secretary"))
    pk = other.people["member_c"].pk

    for name in ("person-suspend", "person-restore"):
        url = reverse(f"governance:{name}", args=["world", pk])
        assert client.post(url).status_code == 404
