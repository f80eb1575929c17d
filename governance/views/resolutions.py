"""The committee's resolutions: the list, and one of them with all that came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.actions.resolutions import may_word, owed_to_adopt
from governance.forms.resolutions import ResolutionFilter
from governance.models import Comment, Committee, Document, Resolution, Workshop
from governance.models.attendance import presence_at
from governance.permissions import Permission, can
from governance.tables import tables
from governance.wording import remarks
from governance.work import due_tag

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import RoadmapAction, User

PAGE = 25
S = Resolution.State
TONES: dict[str, str] = {
    S.PROPOSED: "info",
    S.AMENDED: "info",
    S.ADOPTED: "ok",
    S.DEFERRED: "warn",
    S.REJECTED: "bad",
}
ACTION_TONES = {
    "verified": "ok",
    "in_progress": "info",
    "done_claimed": "info",
    "carried_forward": "warn",
    "blocked": "warn",
}
IN_SESSION_ONLY = {"adopt", "defer", "reject"}


def labels() -> list[tuple[str, str, str]]:
    """The moves in the order of their buttons: name, address, words."""
    return [
        ("adopt", "governance:resolution-adopt", _("Record the decision")),
        ("take_up", "governance:resolution-take-up", _("Put on the table again")),
        ("amend", "governance:resolution-change", _("Change the draft")),
        ("follow_ups", "governance:resolution-follow-ups", _("Set the actions")),
        ("defer", "governance:resolution-defer", _("Defer the resolution")),
        ("reject", "governance:resolution-reject", _("Reject the resolution")),
        ("withdraw", "governance:resolution-withdraw", _("Withdraw the resolution")),
    ]


def visible(user: User) -> Any:
    return Resolution.objects.visible_to(user).select_related(
        "committee", "report", "workshop__committee", "lead", "earlier"
    )


def coming(committee: Committee) -> Any:
    """The workshops at which something can still be put on the table."""
    states = [*Workshop.BEFORE, Workshop.State.IN_SESSION]
    rows = Workshop.objects.filter(committee=committee, state__in=states)
    return rows.order_by("starts_on", "pk")


@require_safe
def resolutions(request: MemberRequest, slug: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    rows = Resolution.objects.filter(committee=committee).select_related("lead")
    form = ResolutionFilter(request.GET, rows=rows)
    found = form.narrowed().prefetch_related("actions", "later")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    may_propose = can(request.user, Permission.DRAFT_RESOLUTION, committee)
    context = {
        "section": "resolutions",
        "committee": committee,
        "form": form,
        "page": page,
        "rows": [(row, TONES.get(row.state, "")) for row in page.object_list],
        "may_propose": may_propose,
        "workshop": coming(committee).first() if may_propose else None,
    }
    return render(request, "governance/resolutions.html", context)


@require_safe
def resolution(request: MemberRequest, pk: int) -> HttpResponse:
    resolution = get_object_or_404(visible(request.user), pk=pk)
    context = {
        "section": "resolutions",
        "committee": resolution.committee,
        "resolution": resolution,
        "tone": TONES.get(resolution.state, ""),
        "symbol": resolution.committee.currency_symbol,
    }
    context |= basis_of(request.user, resolution) | decision_of(resolution)
    context |= prospects_of(request.user, resolution)
    return render(request, "governance/resolution.html", context)


def basis_of(user: User, resolution: Resolution) -> dict[str, Any]:
    """What it rests on, as far as this person reads it, and what follows."""
    comment = Comment.objects.visible_to(user).filter(pk=resolution.comment_id)
    actions = resolution.actions.complete()
    return {
        "support": resolution.support.all(),
        "provision": provision_of(user, resolution),
        "comment": comment.first(),
        "later": resolution.later.all(),
        "follow_ups": resolution.follow_ups.select_related("lead"),
        "actions": [shown_action(action) for action in actions],
    }


def shown_action(action: RoadmapAction) -> dict[str, Any]:
    """An action and how it stands today on the committee's calendar."""
    today = action.committee.today()
    reports = list(action.progress.all())
    return {
        "action": action,
        "last": reports[-1] if reports else None,
        "shows": action.evidence or (reports[-1].note if reports else ""),
        "tone": ACTION_TONES.get(action.state, ""),
        "late": due_tag(action.due, today)[0] if action.is_overdue(today) else "",
    }


def provision_of(user: User, resolution: Resolution) -> dict[str, Any] | None:
    """The provision it rests on, where this person reads its document."""
    if resolution.provision_uid is None:
        return None
    for table in tables():
        path = {f"{table.model.document_path}__report": resolution.report_id}
        row = table.model.objects.filter(uid=resolution.provision_uid, **path).first()
        if row:
            document = row.owner_document
            seen = Document.objects.visible_to(user).filter(pk=document.pk)
            return {"document": document, "row": row} if seen.exists() else None
    return None


def decision_of(resolution: Resolution) -> dict[str, Any]:
    """How it was decided and with whom there: institutions, never persons."""
    presence = resolution.presence or {}
    codes = presence.get("present", [])
    return {
        "presence": presence,
        "present": resolution.committee.institutions.filter(code__in=codes),
        "roll_call": resolution.roll_call.select_related("institution"),
        "reservations": resolution.reservations.select_related("institution"),
    }


def prospects_of(user: User, resolution: Resolution) -> dict[str, Any]:
    """What is owed to adopt it, the quorum now, and what this person may do."""
    committee, workshop = resolution.committee, resolution.workshop
    drafts = can(user, Permission.DRAFT_RESOLUTION, committee)
    in_session = resolution.is_open and workshop.is_in_session
    now = presence_at(workshop, committee.now()) if in_session else None
    return {
        "owed": owed_to_adopt(resolution) if resolution.is_open else [],
        "remarks": remarks_on(resolution) if resolution.is_open and drafts else [],
        "now": now,
        "moves": open_moves(user, resolution, decides=bool(now and now.met)),
        "workshop_to_come": coming(committee).first() if drafts else None,
    }


def open_moves(
    user: User, resolution: Resolution, *, decides: bool
) -> list[dict[str, str]]:
    """The buttons of the page; `decides` says that there is a session with a quorum."""
    names = {move.name for move in resolution.flow.open_to(user, resolution)}
    if not decides:
        names -= IN_SESSION_ONLY
    if not may_word(resolution, user):
        names -= {"amend", "withdraw"}
    elif resolution.is_open:
        names.add("follow_ups")
    return [
        {"url": url, "label": label} for name, url, label in labels() if name in names
    ]


def remarks_on(resolution: Resolution) -> list[str]:
    """What the wording lacks: advice, one sentence each."""
    return remarks(
        verb=resolution.verb,
        text=resolution.text,
        lead=resolution.lead_name,
        due=resolution.due_on,
        trigger=resolution.trigger,
        deliverable=resolution.deliverable,
        means_of_verification=resolution.means_of_verification,
    )
