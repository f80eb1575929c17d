from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import gate
from governance.actions import capacities, sign_off_rules, signoffs
from governance.fingerprint import hex16, words
from governance.formats import day as day_in_words
from governance.forms.base import ActionForm
from governance.forms.signoffs import (
    RuleForm,
    SignForm,
    nonce_of,
    sign_token,
)
from governance.guesses import password_tried
from governance.models import (
    Committee,
    Rendering,
    Report,
    Signature,
    SignOffRule,
    Version,
)
from governance.models.attendance import voters_on
from governance.permissions import Permission, can, require
from governance.printing_parts import SEATS
from governance.proceedings import sheet_for
from governance.signing import counts_of, sign_off_sheet, status_label
from governance.views.acting import act

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def sign_off_rule(request: MemberRequest, slug: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    may_change = can(request.user, Permission.CHANGE_SETTINGS, committee)
    if request.method == "POST":
        require(request.user, Permission.CHANGE_SETTINGS, committee)
    today = committee.today()
    voting = len(voters_on(committee, today))
    has_rule = committee.signoffrules.exists()
    waiting = committee.signoffrules.waiting().filter(starts_on__gte=today)
    return act(
        request,
        RuleForm(request.POST or None, initial={"starts_on": today}),
        lambda data: sign_off_rules.set_rule(committee, by=request.user, **data),
        done=request.path,
        title=_("Sign-off rule"),
        button=_("Propose the rule") if has_rule else _("Set the rule"),
        said=_("The rule is proposed. It counts when another person has confirmed it.")
        if has_rule
        else _("The rule is set."),
        template="governance/sign_off_rule.html",
        committee=committee,
        section="committee",
        may_change=may_change,
        rule=in_words(committee.signoffrules.on(today), voting),
        rules=[in_words(row, voting) for row in committee.signoffrules.agreed()],
        waiting=[
            in_words(row, voting)
            | {"row": row, "is_own": row.set_by_id == request.user.pk}
            for row in waiting.select_related("set_by")
        ],
        has_rule=has_rule,
        voting=voting,
    )


@require_http_methods(FORM)
def sign_off_rule_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """The second person's word on a rule that somebody else has proposed."""
    seen = Committee.objects.visible_to(request.user)
    rules = SignOffRule.objects.filter(committee__in=seen)
    rule = get_object_or_404(rules.select_related("committee", "set_by"), pk=pk)
    require(request.user, Permission.CHANGE_SETTINGS, rule.committee)
    words = {
        "name": rule.set_by.name if rule.set_by else "",
        "day": day_in_words(rule.starts_on),
        "rule": rule,
    }
    return act(
        request,
        ActionForm(request.POST or None),
        lambda data: sign_off_rules.confirm_rule(rule, by=request.user),
        done=reverse("governance:sign-off-rule", args=[rule.committee.slug]),
        title=_("Confirm the sign-off rule"),
        button=_("Confirm the rule"),
        said=_("The rule is confirmed."),
        text=_("%(name)s proposes, from %(day)s: %(rule)s.") % words,
        committee=rule.committee,
        section="committee",
    )


def in_words(rule: SignOffRule | None, voting: int) -> dict[str, Any]:
    """A rule as it is read out, with what it asks for today; empty without one."""
    if rule is None:
        return {}
    return {
        "starts_on": rule.starts_on,
        "seats": [str(SEATS[seat]) for seat in rule.seats],
        "threshold": rule.get_threshold_display(),
        "needed": rule.needed(voting),
    }


@require_safe
def sign_off(request: MemberRequest, pk: int) -> HttpResponse:
    """The candidate, what is still owed, and where every institution stands."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    candidate = report.candidate
    context: dict[str, Any] = {
        "section": "documents",
        "committee": report.committee,
        "report": report,
        "candidate": candidate,
        "states": Report.State,
        "owed": gate.owed_for_next(report),
    }
    if candidate:
        context |= candidate_context(request, report, candidate)
    return render(request, "governance/sign_off.html", context)


def candidate_context(
    request: MemberRequest, report: Report, candidate: Version
) -> dict[str, Any]:
    sheet = sheet_for(request.user, report.committee, sign_off_sheet(candidate))
    given = candidate.signatures.filter(person=request.user).first()
    may_sign = is_signed_now(report) and not given
    withdrawn = report.events.filter(verb="withdraw").order_by("-seq").first()
    return fingerprint_of(candidate) | {
        "takes_signatures": is_signed_now(report),
        "why_withdrawn": withdrawn.note if withdrawn else "",
        "sheet": sheet,
        "lines": [line_of(line, line["status"]) for line in sheet["institutions"]],
        "others": [line_of(line, line["position"]) for line in sheet["others"]],
        "counts": counts_of(sheet),
        "may_make_pdf": report.state == Report.State.SIGNING
        and can(request.user, Permission.MAKE_DRAFT_PDF, report.committee),
        "given": given,
        "may_sign": may_sign
        and can(request.user, Permission.SIGN, report.committee)
        and bool(capacities.capacities_of(request.user, candidate)),
        "may_record": is_signed_now(report)
        and can(request.user, Permission.RECORD_PAPER_SIGNATURE, report.committee),
        "papers": candidate.paper_signatures.filter(state="recorded").select_related(
            "person"
        ),
        "earlier": earlier_signatures(report, candidate),
        "reads_names": can(
            request.user, Permission.READ_INTERNAL_EDITION, report.committee
        ),
        "editions": editions(request, report),
    }


def is_signed_now(report: Report) -> bool:
    """While it is being signed; after that, signatures are taken and marked as late."""
    return report.state == Report.State.SIGNING or report.is_validated


TONES = {"signed": "ok", "by_alternate": "ok", "reservation": "warn", "declined": "bad"}


def line_of(line: dict[str, Any], status: str) -> dict[str, Any]:
    """A line of the sheet with its words, its colour and its moment."""
    at = line["signed_at"]
    return line | {
        "label": status_label(status),
        "tone": TONES.get(status, ""),
        "at": dt.datetime.fromisoformat(at) if at else None,
    }


def fingerprint_of(candidate: Version) -> dict[str, Any]:
    return {"hex": hex16(candidate.digest), "words": words(candidate.digest)}


def earlier_signatures(report: Report, candidate: Version) -> list[Signature]:
    rows = Signature.objects.filter(candidate__report=report).exclude(
        candidate=candidate
    )
    rows = rows.select_related("candidate", "institution")
    return list(rows.defer("candidate__content"))


def editions(request: MemberRequest, report: Report) -> Any:
    rows = Rendering.objects.visible_to(request.user).filter(report=report)
    return rows.exclude(edition="draft").defer("content").order_by("-edition")


@require_http_methods(FORM)
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """The interruption page: the exact text, the position, the password; then it counts."""
    candidate = get_object_or_404(
        Version.objects.visible_to(request.user)
        .filter(kind=Version.Kind.CANDIDATE)
        .select_related("committee", "report__committee"),
        pk=pk,
    )
    report = candidate.report
    require(request.user, Permission.SIGN, report.committee)
    found = capacities.capacities_of(request.user, candidate)
    return act(
        request,
        SignForm(request.POST or None, capacities=found),
        lambda data: signed(request, candidate, data),
        done=reverse("governance:sign-off", args=[report.pk]),
        title=_("Sign version %s") % candidate.number,
        button=_("Sign"),
        template="governance/sign.html",
        report=report,
        committee=report.committee,
        candidate=candidate,
        capacities=found,
        given=candidate.signatures.filter(person=request.user).first(),
        is_current=report.candidate.pk == candidate.pk and is_signed_now(report),
        token=sign_token(request, candidate),
        **fingerprint_of(candidate),
    )


def signed(request: MemberRequest, candidate: Version, data: dict[str, Any]) -> None:
    """Sign once; a second press of the button is told when the first one counted."""
    nonce = nonce_of(request.POST.get("token", ""), request, candidate)
    given = signoffs.given_before(candidate, request.user, data["position"])
    if given is None:
        with password_tried(request, request.user):
            given = signoffs.sign(
                candidate,
                by=request.user,
                password=data["password"],
                text_digest=request.POST.get("digest", ""),
                position=data["position"],
                text=data["text"],
                capacity=data["capacity"],
                nonce=nonce,
            )
    at = given.signed_at.astimezone(candidate.committee.zone)
    said = {
        "signed": _("You signed at %(time)s."),
        "reservation": _("You signed with a reservation at %(time)s."),
        "declined": _("You declined at %(time)s."),
    }[given.position]
    messages.success(request, said % {"time": f"{at:%H:%M}"})
