"""What a committee decides of itself: names, languages, calendar, colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import (
    Committee,
    CommitteeLanguage,
    Document,
    Report,
    Translation,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from governance.models import User

# What the text of a report says of its committee, and its digest covers.
IN_THE_TEXT = {"name", "short_name", "currency", "currency_symbol"}
# What the reference of a report is made of.
IN_THE_REFERENCE = {"country", "country_code"}
PLANS = (2, 3)  # the Parts that are written in fiscal years


def held(committee: Committee) -> Committee:
    """The committee as it is now; whoever else changes it waits."""
    return Committee.objects.select_for_update().get(pk=committee.pk)


@transaction.atomic
def change_facts(committee: Committee, *, by: User, **facts: Any) -> Committee:
    """Change columns of the committee; one line of history says which, from what."""
    require(by, Permission.CHANGE_SETTINGS, committee)
    committee = held(committee)
    changed = {
        name: (getattr(committee, name), value)
        for name, value in facts.items()
        if getattr(committee, name) != value
    }
    if not changed:
        return committee
    refuse_frozen(committee, set(changed))
    for name, (_before, after) in changed.items():
        setattr(committee, name, after)
    committee.full_clean()
    committee.save(update_fields=list(changed))
    fields: dict[str, Any] = {field.name: field for field in committee._meta.fields}
    note = "; ".join(
        f"{fields[name].verbose_name}: {before} → {after}"
        for name, (before, after) in changed.items()
    )
    committee.record("settings changed", by=by, note=note)
    return committee


def refuse_frozen(committee: Committee, names: set[str]) -> None:
    """Refuse what would make a frozen text, a reference or a plan say something else."""
    if names & IN_THE_REFERENCE and (report := committee.reports.first()):
        raise Refused(
            _("The country stands in the reference %s and cannot be changed any more.")
            % report.reference
        )
    if names & IN_THE_TEXT:
        require_text_open(committee)
    if "fiscal_year_starts" in names and (plan := first_plan(committee)):
        raise Refused(
            _("“%s” is written in fiscal years: their first month stays as it is.")
            % plan
        )


def first_plan(committee: Committee) -> Document | None:
    kinds = [
        label
        for label in settings.DOCUMENT_KINDS
        if apps.get_model(label).part in PLANS
    ]
    return committee.documents.filter(kind__in=kinds).first()


def require_text_open(committee: Committee) -> None:
    """Names, money and languages are part of the text: they freeze with it."""
    frozen = (Report.State.CIRCULATED, Report.State.TABLED, Report.State.SIGNING)
    reports = committee.reports.select_for_update().filter(state__in=frozen)
    if report := reports.first():
        raise Refused(
            _("“%(report)s” is at “%(state)s”, and this is part of its text: change it")
            % {"report": report, "state": report.get_state_display()}
            + " "
            + _("when the text can be edited again.")
        )


def require_drafting(committee: Committee) -> None:
    beyond = committee.reports.exclude(
        state__in=[Report.State.DRAFTING, *Report.VALIDATED]
    )
    if report := beyond.first():
        raise Refused(
            _("“%s” has left drafting: which language prevails does not change now.")
            % report
        )


@transaction.atomic
def set_languages(
    committee: Committee,
    languages: list[dict[str, str]],
    *,
    prevails: str,
    by: User,
) -> None:
    """Say in which languages the committee writes, and which one decides.

    `languages` are code and name each; `prevails` is the code of one of them.
    """
    require(by, Permission.CHANGE_SETTINGS, committee)
    committee = held(committee)
    if prevails not in {language["code"] for language in languages}:
        raise Refused(_("Exactly one of the languages prevails: choose it."))
    before = list(committee.languages.all())
    wanted = [
        CommitteeLanguage(
            committee=committee,
            code=language["code"],
            name=language["name"],
            prevails=language["code"] == prevails,
        )
        for language in languages
    ]
    if facts_of(before) == facts_of(wanted):
        return
    require_text_open(committee)
    refuse_translated(committee, {row.code for row in wanted})
    if prevails not in {language.code for language in before if language.prevails}:
        require_drafting(committee)
    committee.languages.all().delete()
    for row in wanted:
        row.full_clean()
        row.save()
    committee.record("languages set", by=by, note=in_words(committee))


def refuse_translated(committee: Committee, kept: set[str]) -> None:
    """A language in which something was translated is not taken away."""
    written = Translation.objects.filter(document__committee=committee)
    codes = set(written.values_list("language", flat=True).distinct())
    gone = committee.languages.filter(code__in=codes - kept).first()
    if gone is not None:
        raise Refused(_("There are translations in %s: it stays.") % gone.name)


def facts_of(languages: list[CommitteeLanguage]) -> set[tuple[Any, ...]]:
    return {(each.code, each.name, each.prevails) for each in languages}


def in_words(committee: Committee) -> str:
    """`English (prevails), Sesotho`"""
    return ", ".join(
        _("%s (prevails)") % language.name if language.prevails else language.name
        for language in committee.languages.all()
    )
