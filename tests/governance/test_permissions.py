"""The permission matrix of security.md (b), the rows that are built, cell by cell."""

import datetime as dt

import pytest

from governance.actions import people
from governance.models import User
from governance.permissions import (
    GRANTS,
    Permission,
    Role,
    can,
    committees_where,
    require,
    roles_with,
)

P, R = Permission, Role
MATRIX = {
    P.READ_WORKING_DRAFT: {R.MEMBER, R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR},
    P.READ_SHARED_DRAFT: {R.OFFICIAL, R.OBSERVER, R.REVIEWER},
    P.MAKE_DRAFT_PDF: {
        R.OBSERVER,
        R.MEMBER,
        R.RAPPORTEUR,
        R.SECRETARIAT,
        R.CHAIR,
        R.REVIEWER,
    },
    P.EDIT_DOCUMENTS: {R.RAPPORTEUR, R.SECRETARIAT},
    P.REPORT_PROGRESS_OWN: {R.MEMBER, R.RAPPORTEUR},
    P.REPORT_PROGRESS_ON_BEHALF: {R.SECRETARIAT},
    P.MANAGE_MEMBERS: {R.SECRETARIAT, R.CHAIR},
    P.GIVE_ROLES: {R.SECRETARIAT, R.CHAIR},
    P.CHANGE_SETTINGS: {R.SECRETARIAT, R.CHAIR},
    P.RECORD_LEGAL_STEP: {R.SECRETARIAT, R.CHAIR},
    P.SHARE_DRAFT: {R.SECRETARIAT},
    P.READ_COMMITTEE: set(Role) - {R.ADMINISTRATOR},
}


@pytest.mark.parametrize("permission", Permission)
def test_the_table_is_the_matrix(permission):
    holders = {role for role, held in GRANTS.items() if permission in held}

    assert holders == MATRIX[permission]


def test_every_role_has_a_row():
    assert set(GRANTS) == set(Role)


def test_roles_of_one_person_add_up_and_end(committee, secretary):
    user = people.register(committee, username="two", name="Two roles", by=secretary)
    since = dt.date(2021, 1, 1)
    official = people.give_role(
        user, committee, Role.OFFICIAL, starts_on=since, by=secretary
    )
    people.give_role(user, committee, Role.CHAIR, starts_on=since, by=secretary)

    assert user.roles == {committee.pk: {Role.OFFICIAL, Role.CHAIR}}
    assert can(user, P.READ_SHARED_DRAFT, committee)
    people.end_role(official, ends_on=dt.date(2021, 12, 31), by=secretary)
    again = User.objects.get(pk=user.pk)
    assert again.roles == {committee.pk: {Role.CHAIR}}
    assert committees_where(again, P.READ_SHARED_DRAFT) == []


def test_a_refusal_names_who_may(committee, secretary):
    user = people.register(committee, username="none", name="No role", by=secretary)

    with pytest.raises(Exception, match=r"This is done by: Secretariat, Chair\."):
        require(user, P.GIVE_ROLES, committee)
    assert roles_with(P.SHARE_DRAFT) == ["Secretariat"]
