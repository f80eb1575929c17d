"""Inviting people: a code by mail or on a printed slip, which works once.

A role is given by two people: one invites, another confirms. While fewer than two people
can manage the committee there is nobody to confirm, and an invitation works at once.
An invitation that waits to be confirmed ends in the moment it was made, so that it has
never been open; its code is made when it is confirmed, and shown only then.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from governance import clock, mail
from governance.actions import people
from governance.errors import Refused
from governance.models import Committee, Joining, RoleAssignment, User
from governance.permissions import Permission, Role, require

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Institution

# 32 letters and digits, five bits each, without 0 and O, 1 and I: twelve are 60 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4
ENOUGH = 2  # people who can manage


@dataclass(frozen=True)
class Wanted:
    """Whom somebody wants to invite."""

    name: str
    role: str
    email: str = ""
    institution: Institution | None = None


@dataclass(frozen=True)
class Issued:
    """An invitation with its code, which is known now and never again."""

    joining: Joining
    code: str

    @property
    def address(self) -> str:
        return settings.SITE_URL + reverse("governance:join-code", args=[self.code])


def new_code() -> str:
    """`K7QF-2M9D-X4TB`"""
    letters = "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """Of a code as somebody types it: groups, spaces and small letters do not matter."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("governance.joining", letters, algorithm="sha256").hexdigest()


def found(code: str) -> Joining | None:
    """The invitation that a code opens now."""
    open_now = Joining.objects.open_at(clock.now()).filter(code_digest=digest_of(code))
    return open_now.select_related("committee", "institution", "by").first()


def waiting(committee: Committee) -> Any:
    """The invitations that another person has still to confirm."""
    return committee.joinings.filter(
        expires_at=F("at"), used_at=None, withdrawn_at=None
    )


def needs_second(committee: Committee) -> bool:
    """Whether an invitation has to be confirmed by another person."""
    return people.count_managers(committee) >= ENOUGH


@transaction.atomic
def invite(
    committee: Committee, wanted: Iterable[Wanted], *, on_paper: bool, by: User
) -> list[Issued]:
    """Invite people, all or none; returns the codes of those that work at once."""
    require(by, Permission.MANAGE_MEMBERS, committee)
    require(by, Permission.GIVE_ROLES, committee)
    Committee.objects.select_for_update().get(pk=committee.pk)
    second = needs_second(committee)
    issued = []
    for each in wanted:
        refuse_double(committee, each)
        joining = prepared(committee, each, by)
        code = "" if second else new_code()
        if code:
            open_for(joining, code, on_paper=on_paper)
        joining.full_clean()
        joining.save()
        joining.record("invited", by=by)
        issued.append(Issued(joining, code))
    return [each for each in issued if each.code]


def prepared(committee: Committee, wanted: Wanted, by: User) -> Joining:
    """An invitation that opens nothing yet: nobody knows the code of its digest."""
    now = clock.now()
    return Joining(
        committee=committee,
        name=wanted.name,
        email=wanted.email,
        role=wanted.role,
        institution=wanted.institution,
        code_digest=digest_of(secrets.token_hex(32)),
        at=now,
        expires_at=now,
        by=by,
    )


def open_for(joining: Joining, code: str, *, on_paper: bool) -> None:
    joining.code_digest = digest_of(code)
    lasts = Joining.ON_PAPER if on_paper or not joining.email else Joining.BY_MAIL
    joining.expires_at = clock.now() + lasts


def refuse_double(committee: Committee, wanted: Wanted) -> None:
    """Nobody is invited twice to one role, nor to a role that is held."""
    institution = wanted.institution
    same = {"role": wanted.role, "institution": institution}
    usable = Joining.objects.open_at(clock.now()) | waiting(committee)
    invited = usable.filter(committee=committee, name__iexact=wanted.name, **same)
    held = RoleAssignment.objects.in_force().filter(
        committee=committee, role=wanted.role
    )
    by_address = wanted.email and held.filter(user__email__iexact=wanted.email)
    if invited.exists():
        text = _(
            "%(name)s is invited as %(role)s already. To replace a lost code, make"
        )
        raise Refused(
            text % words_of(wanted) + " " + _("a new one on the page of the people.")
        )
    if by_address:
        raise Refused(_("%(name)s is %(role)s already.") % words_of(wanted))


def words_of(wanted: Wanted) -> dict[str, Any]:
    return {"name": wanted.name, "role": Role(wanted.role).label}


@transaction.atomic
def confirm(
    joinings: Iterable[Joining], committee: Committee, *, on_paper: bool, by: User
) -> list[Issued]:
    """Let invitations of others work; nobody confirms what they proposed themselves."""
    require(by, Permission.GIVE_ROLES, committee)
    keys = [joining.pk for joining in joinings]
    rows = waiting(committee).select_for_update(of=("self",)).filter(pk__in=keys)
    rows = list(rows.select_related("institution", "by"))
    if not rows:
        raise Refused(_("Nothing was chosen that still waits to be confirmed."))
    issued = []
    for joining in rows:
        if joining.by_id == by.pk:
            raise Refused(
                _("You invited %s yourself: another person confirms it.") % joining.name
            )
        code = new_code()
        open_for(joining, code, on_paper=on_paper)
        joining.save(update_fields=["code_digest", "expires_at"])
        joining.record("invitation confirmed", by=by)
        issued.append(Issued(joining, code))
    return issued


def locked(joining: Joining) -> Joining:
    return Joining.objects.select_for_update().get(pk=joining.pk)


@transaction.atomic
def reissue(joining: Joining, *, on_paper: bool, by: User) -> list[Issued]:
    """A new code for an invitation; the old one stops working."""
    require(by, Permission.MANAGE_MEMBERS, joining.committee)
    joining = locked(joining)
    refuse_finished(joining)
    if joining.expires_at == joining.at:
        raise Refused(_("Another person has to confirm this invitation first."))
    code = new_code()
    open_for(joining, code, on_paper=on_paper)
    joining.save(update_fields=["code_digest", "expires_at"])
    joining.record("new code made", by=by)
    return [Issued(joining, code)]


@transaction.atomic
def withdraw(joining: Joining, *, by: User) -> None:
    require(by, Permission.MANAGE_MEMBERS, joining.committee)
    joining = locked(joining)
    refuse_finished(joining)
    joining.withdrawn_at = clock.now()
    joining.save(update_fields=["withdrawn_at"])
    joining.record("invitation withdrawn", by=by)


def refuse_finished(joining: Joining) -> None:
    if joining.used_at:
        raise Refused(_("%s has joined already.") % joining.name)
    if joining.withdrawn_at:
        raise Refused(_("This invitation was withdrawn."))


def hand_out(issued: list[Issued]) -> tuple[list[Issued], list[Issued]]:
    """Mail each code to its address; returns those that were sent, and the others."""
    addressed = [each for each in issued if each.joining.email]
    sent = mail.send_codes(letter(each) for each in addressed)
    gone = [each for each, taken in zip(addressed, sent, strict=True) if taken]
    return gone, [each for each in issued if each not in gone]


def letter(issued: Issued) -> tuple[str, str, str]:
    joining = issued.joining
    subject = _("Invitation to %s") % joining.committee.name
    context = {"joining": joining, "issued": issued}
    body = render_to_string("mail/joining.txt", context)
    return joining.email, subject, body.strip()


@transaction.atomic
def join(joining: Joining, user: User) -> RoleAssignment:
    """Use an invitation up: the person holds the role from today.

    Of two who use one code at once the second finds it used.
    """
    moment = clock.now()
    usable = Joining.objects.open_at(moment).filter(pk=joining.pk)
    if not usable.update(used_at=moment, user=user):
        raise Refused(no_longer())
    committee = joining.committee
    held = RoleAssignment.objects.filter(
        committee=committee, user=user, role=joining.role, ends_on=None
    )
    if held.exists():
        raise Refused(_("You hold this role already; the code was not used."))
    assignment = people.give_role(
        user,
        committee,
        Role(joining.role),
        starts_on=people.from_now(committee),
        institution=joining.institution,
        by=None,
    )
    note = _("%(role)s, invited by %(who)s") % {
        "role": joining.get_role_display(),
        "who": joining.by.name,
    }
    committee.record("joined", by=User.objects.get(pk=user.pk), note=note)
    return assignment


def no_longer() -> str:
    """One sentence for a code that was used, has ended, was withdrawn or never was."""
    return _(
        "This code does not work: it was used, has ended or is mistyped. Ask the"
        " secretariat of your committee for a new one. After many wrong codes, wait"
        " 5 minutes first."
    )


@transaction.atomic
def join_as_new(
    joining: Joining, *, username: str, email: str, name: str, password: str
) -> User:
    """Make the sign-in of a new person and use the invitation up with it."""
    user = people.register(
        joining.committee,
        username=username,
        name=name,
        email=email,
        password=password,
        by=None,
    )
    join(joining, user)
    return User.objects.get(pk=user.pk)
