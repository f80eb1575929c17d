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
    P.EDIT_ASSIGNED: {R.MEMBER},
    P.REPORT_PROGRESS_OWN: {R.MEMBER, R.RAPPORTEUR, R.SECRETARIAT},
    P.REPORT_PROGRESS_ON_BEHALF: {R.SECRETARIAT},
    P.MANAGE_MEMBERS: {R.SECRETARIAT, R.CHAIR},
    P.GIVE_ROLES: {R.SECRETARIAT, R.CHAIR},
    P.CHANGE_SETTINGS: {R.SECRETARIAT, R.CHAIR},
    P.RECORD_LEGAL_STEP: {R.SECRETARIAT, R.CHAIR},
    P.SHARE_DRAFT: {R.SECRETARIAT},
    P.READ_COMMITTEE: set(Role) - {R.ADMINISTRATOR},
    P.READ_COMMENTS: {R.MEMBER, R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR, R.REVIEWER},
    P.COMMENT: set(Role) - {R.ADMINISTRATOR, R.OFFICIAL},
    P.COMMENT_ON_BEHALF: {R.RAPPORTEUR, R.SECRETARIAT},
    P.ANSWER_COMMENTS: {R.RAPPORTEUR, R.SECRETARIAT},
    P.CIRCULATE: {R.SECRETARIAT},
    P.CLOSE_COMMENTS: {R.SECRETARIAT, R.CHAIR},
    P.CLOSE_COMMENTS_EARLY: {R.CHAIR},
    P.TABLE: {R.SECRETARIAT},
    P.PLAN_WORKSHOP: {R.SECRETARIAT, R.CHAIR},
    P.PRESIDE: {R.CHAIR},
    P.RECORD_WORKSHOP: {R.SECRETARIAT, R.CHAIR},
    P.DRAFT_RESOLUTION: {R.MEMBER, R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR},
    P.WORD_ANY_RESOLUTION: {R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR},
    P.DECIDE: {R.CHAIR},
    P.CONFIRM_AMENDMENTS: {R.RAPPORTEUR},
    P.SUBMIT_FOR_SIGNATURE: {R.SECRETARIAT},
    P.SIGN: set(Role) - {R.ADMINISTRATOR, R.OFFICIAL},
    P.RECORD_PAPER_SIGNATURE: {R.SECRETARIAT},
    P.PROPOSE_RELEASE: {R.SECRETARIAT},
    P.RELEASE: {R.CHAIR},
    P.READ_INTERNAL_EDITION: {R.MEMBER, R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR},
    P.CREATE_ROADMAP_ACTION: {R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR},
    P.CHANGE_DEADLINE: {R.SECRETARIAT, R.CHAIR},
    P.VERIFY_ROADMAP_ACTION: {R.SECRETARIAT},
    P.STOP_ROADMAP_ACTION: {R.CHAIR},
    P.RECORD_CENTRE_REQUEST: {R.SECRETARIAT, R.CHAIR},
    P.READ_HISTORY: {R.RAPPORTEUR, R.SECRETARIAT, R.CHAIR},
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
