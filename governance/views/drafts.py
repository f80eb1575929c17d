"""What a person types and has not saved: kept by script, listed, deleted; who is where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from governance import keeping, sealing
from governance.actions import drafts as actions
from governance.models import Document, Draft, SealedPost
from governance.permissions import Permission, require
from governance.presence import others_at

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from governance.http import MemberRequest
    from governance.keeping import Offer
    from governance.models import HeldText
    from governance.sealing import Ticket

LONGEST = 256 * 1024  # bytes: several texts of 20,000 characters in any script
STATUS = {"saved": 200, "sent": 200, "changed": 409, "closed": 409}


@csrf_exempt
@login_not_required
@require_POST
def drafts(request: HttpRequest) -> JsonResponse:
    """Keep what a form holds: the form as it stands, sent by its script.

    The ticket in it was made for one person and one form, and nobody can make one up:
    it stands for the CSRF token, which a new sign-in would change. An answer with `at`
    says that the text is on the server; any other answer does not.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return JsonResponse({"state": "long"}, status=413)
    ticket = keeping.ticket_of(request)
    if ticket is None:
        return JsonResponse({"state": "unknown"}, status=400)
    if request.user.pk != ticket.user:
        return signed_out(request, ticket)
    window = keeping.as_uuid(request.POST.get("window"))
    if window is None:
        return JsonResponse({"state": "unknown"}, status=400)
    return kept(request, ticket, window)


def kept(request: Any, ticket: Ticket, window: UUID) -> JsonResponse:
    values = sealing.values_of(request.POST, ticket.without)
    continues = request.POST.get("draft", "")
    draft = actions.keep_draft(
        ticket, window, values, by=request.user, continues=continues
    )
    if draft is None:
        return JsonResponse({"state": "sent"})
    state = keeping.standing_of(ticket, values) or "saved"
    at = f"{draft.at.astimezone(ZoneInfo(ticket.zone)):%H:%M}"
    return JsonResponse({"state": state, "at": at}, status=STATUS[state])


def signed_out(request: HttpRequest, ticket: Ticket) -> JsonResponse:
    post = keeping.rescue(request)
    if post is None:
        return JsonResponse({"state": "lost"}, status=401)
    at = f"{post.at.astimezone(ZoneInfo(ticket.zone)):%H:%M}"
    return JsonResponse({"state": "out", "at": at}, status=401)


@require_POST
def presence(request: MemberRequest) -> JsonResponse:
    """Say that a provision is open here; hear who else has it open."""
    pk = actions.number(request.POST.get("document", ""))
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    require(request.user, Permission.READ_WORKING_DRAFT, document.committee)
    uid = keeping.as_uuid(request.POST.get("uid"))
    if uid is None:
        return JsonResponse([], safe=False, status=400)
    actions.be_present(document, uid, by=request.user)
    there = others_at(document, uid, request.user)
    return JsonResponse(there, safe=False)


@dataclass(frozen=True)
class Kept:
    """One text on the list: what it was for, its words, and how it is taken up."""

    title: str
    words: list[tuple[str, str]]
    offer: Offer


@require_safe
def kept_texts(request: MemberRequest) -> HttpResponse:
    """Drafts, texts that arrived without a session, and texts set aside."""
    zone = keeping.zone_of(request.user)
    rows = Draft.objects.filter(user=request.user)
    context = {
        "section": "my-work",
        "posts": [post_of(post, zone) for post in keeping.sealed_of(request.user)],
        "drafts": [
            Kept(
                str(row),
                keeping.readable(row.values),
                keeping.offer_of_draft(row, zone),
            )
            for row in rows
        ],
        "held": [(row, held_words(row)) for row in keeping.held_of(request.user)],
    }
    return render(request, "governance/kept.html", context)


def post_of(post: SealedPost, zone: ZoneInfo) -> Kept:
    held = actions.opened(post) or {}
    words = keeping.readable(held.get("values", {}))
    title = held.get("title") or post.address
    return Kept(title, words, keeping.offer_of_post(post, zone))


def held_words(row: HeldText) -> list[tuple[str, str]]:
    return keeping.readable({name: [str(text)] for name, text in row.values.items()})


@require_POST
def draft_delete(request: MemberRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft, user=request.user, pk=pk)
    actions.delete_draft(draft)
    messages.success(request, _("The draft is deleted."))
    return redirect(draft.address)


@require_POST
def sealed_delete(request: MemberRequest, key: UUID) -> HttpResponse:
    post = get_object_or_404(SealedPost, user=request.user, key=key)
    actions.forget_sealed(request.user, key)
    messages.success(request, _("The text is deleted."))
    return redirect(post.address)
