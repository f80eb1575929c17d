"""The page of one act: what it does, a form, one button, and what is still missing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from governance import sealing
from governance.actions import drafts
from governance.contention import TAKEN, is_taken
from governance.forms.base import acted
from governance.keeping import Keep, as_uuid, key_of, open_with, ticket_of, told_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from governance.errors import Owed
    from governance.http import MemberRequest


def act(
    request: MemberRequest,
    form: Any,
    do: Callable[[dict[str, Any]], object],
    *,
    done: Any,
    title: str,
    button: str,
    said: str = "",
    text: str = "",
    owed: Sequence[Owed] = (),
    template: str = "governance/act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form, or carry it out and go to `done` (an object, an address, or a
    function that gives one once it is done).

    `form` is bound on POST. A refusal is shown in the form, with status 409; what was
    typed is still there. Sent twice, it is carried out once.
    """
    keep = Keep.of(
        request,
        form,
        title=title,
        row=context.get("row"),
        committee=context.get("committee"),
    )
    answer, status = answered(request, keep, do, done, said)
    if answer:
        return redirect(answer)
    shown = {
        "form": form,
        "keep": keep,
        "title": title,
        "button": button,
        "text": text,
        "owed": form.owed or owed,
        "back": done
        if isinstance(done, str)
        else getattr(done, "get_absolute_url", ""),
        **context,
    }
    return render(request, template, shown, status=status)


def answered(
    request: MemberRequest, keep: Keep, do: Any, done: Any, said: str
) -> tuple[str, int]:
    """Where the act led, or else with what status its form is shown."""
    form = keep.form
    if request.method != "POST":
        keep.fill()
        return "", 200
    if not form.is_bound:
        # An act without fields posts nothing, and is meant all the same.
        form.data, form.is_bound = request.POST, True
    form.files = form.files or request.FILES  # so that a file nobody asked for is seen
    if "keep" in request.POST and keep.keeps:
        return kept_as_draft(request, keep), 200
    answer = carry_out(request, form, do, done)
    if answer and said:
        messages.success(request, said)
    return answer, 409 if form.refused else 422


def carry_out(
    request: MemberRequest,
    form: Any,
    do: Callable[[dict[str, Any]], object],
    done: Any,
) -> str:
    """Do what a valid form asks for, once, and say where it leads; else nothing.

    What is done, its key and the end of its draft are one transaction. A refusal gives
    the key back, and keeps what was set aside because of it. Where somebody else was
    first with what there is only once, nothing is done, and the form says so.
    """
    if not form.is_valid():
        return ""
    try:
        with transaction.atomic():
            return carried_out(request, form, do, done)
    except IntegrityError as error:
        if not is_taken(error):
            raise
        form.add_error(None, TAKEN)
        form.refused = True
        return ""


def carried_out(request: MemberRequest, form: Any, do: Any, done: Any) -> str:
    """Do it under the key of the form; sent twice, the first answer is the answer."""
    key = key_of(request)
    submission, is_ours = drafts.claim(request.user, key) if key else (None, True)
    if submission and not is_ours:
        return submission.answer
    if not acted(form, do):
        if submission:
            submission.delete()
        return ""
    answer = resolve_url(done() if callable(done) else done)
    if submission:
        submission.answer = answer
        submission.save(update_fields=["answer"])
    forget(request)
    return answer


def forget(request: MemberRequest) -> None:
    """What was kept of a form that is now carried out."""
    window = as_uuid(request.POST.get("window"))
    if window and ticket_of(request):
        draft = request.POST.get("draft", "")
        drafts.forget_saved(request.user, window, draft=draft)
    key = as_uuid(request.POST.get("kept"))
    if key:
        drafts.forget_sealed(request.user, key)


def kept_as_draft(request: MemberRequest, keep: Keep) -> str:
    """The button “Save as my draft”: nothing is checked, and nobody else sees it."""
    values = sealing.values_of(request.POST, keep.form.secrets())
    ticket = sealing.Ticket(request.user.pk, keep.address, str(keep.title)[:300])
    facts: dict[str, Any] = {
        "by": request.user,
        "continues": request.POST.get("draft", ""),
    }
    draft = drafts.keep_draft(ticket, keep.window, values, **facts)
    if draft is None:  # somebody went back to a form that was carried out, and typed on
        draft = drafts.keep_draft(ticket, uuid.uuid4(), values, **facts)
    assert draft is not None  # noqa: S101 -- a new window was never sent
    at = told_at(draft.at, keep.zone)
    messages.success(request, _("Kept as your draft, %s. Only you see it.") % at)
    return open_with(keep.address, "draft", draft.pk)
