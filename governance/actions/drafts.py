"""What is typed and not saved: drafts, sealed texts, and forms that arrive twice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance import clock, sealing
from governance.errors import Refused
from governance.models import Draft, Presence, SealedPost, Submission

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from governance.models import Document, User
    from governance.sealing import Ticket, Values

DRAFTS_KEPT = dt.timedelta(days=30)
MOST_SEALED = 20  # of one person; beyond that the oldest go
# Of which draft a draft is the continuation; no field of a form has this name.
CONTINUES = "draft"


@transaction.atomic
def keep_draft(
    ticket: Ticket, window: uuid.UUID, values: Values, *, by: User, continues: str = ""
) -> Draft | None:
    """Keep what a window holds now, in the place of what it held before.

    The same text again, as a copy that was kept on a computer, leaves the draft as old
    as it is. Returns None where the form of that window was carried out: what is still
    under way then is no longer a draft.
    """
    if Submission.objects.filter(user=by, key=window).exists():
        return None
    now = clock.now()
    Draft.objects.filter(user=by, at__lt=now - DRAFTS_KEPT).delete()
    if continues:
        values = values | {CONTINUES: [continues]}
    place: dict[str, Any] = {
        "user": by,
        "address": ticket.address,
        "window": window,
    }
    before = Draft.objects.filter(**place).first()
    if before and before.values == values:
        return before
    facts = {"title": ticket.title, "values": values, "at": now}
    return Draft.objects.update_or_create(**place, defaults=facts)[0]


def delete_draft(draft: Draft) -> None:
    """Take a draft away for good: also a copy of it on a computer does not come back."""
    finish(draft.user, draft.window)
    forget_draft(draft)


def finish(user: User, window: uuid.UUID) -> None:
    """Say that what was typed in a window is saved, or is not wanted any more."""
    Submission.objects.bulk_create(
        [Submission(user=user, key=window)], ignore_conflicts=True
    )


def forget_draft(draft: Draft) -> None:
    """Take a draft away with those that it continued: they hold the same text, older."""
    before = draft.values.get(CONTINUES, [""])[0]
    older = Draft.objects.filter(
        user=draft.user_id, address=draft.address, at__lt=draft.at, pk=number(before)
    ).first()
    draft.delete()
    if older:
        forget_draft(older)


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@transaction.atomic
def forget_saved(user: User, window: uuid.UUID, *, draft: str = "") -> None:
    """Once a form is carried out: its draft, and the one that it was filled from, go.

    The window counts as sent, so that a draft still under way does not come back.
    """
    finish(user, window)
    drafts = Draft.objects.filter(user=user)
    for row in (*drafts.filter(window=window), *drafts.filter(pk=number(draft))):
        if Draft.objects.filter(pk=row.pk).exists():
            forget_draft(row)


def forget_sealed(user: User, key: uuid.UUID) -> None:
    SealedPost.objects.filter(user=user, key=key).delete()


@transaction.atomic
def seal_post(ticket: Ticket, window: str, values: Values) -> SealedPost:
    """Keep for the ticket's person what arrived without a session of that person."""
    now, own = clock.now(), SealedPost.objects.filter(user=ticket.user)
    own.filter(at__lt=now - SealedPost.KEPT).delete()
    for post in own.filter(address=ticket.address):
        if window and (opened(post) or {}).get("window") == window:
            post.delete()
    for post in own.order_by("-at", "-pk")[MOST_SEALED - 1 :]:
        post.delete()
    held = {"title": ticket.title, "window": window, "values": values}
    return SealedPost.objects.create(
        user_id=ticket.user,
        address=ticket.address,
        sealed=sealing.seal(held, ticket.user, ticket.address),
        at=now,
    )


def opened(post: SealedPost) -> dict[str, Any] | None:
    """Title, window and values of a sealed post; None where its key is gone."""
    return sealing.unseal(post.sealed, post.user_id, post.address)


def claim(user: User, key: uuid.UUID) -> tuple[Submission, bool]:
    """The submission of a key, and whether it is ours to carry out.

    Of two at the same moment the second waits here for the first; that is the unique
    index's work, so it needs a transaction around.
    """
    old = clock.now() - Submission.KEPT
    Submission.objects.filter(user=user, at__lt=old).delete()
    return Submission.objects.get_or_create(user=user, key=key)


def answer_to(user: User, key: uuid.UUID) -> str:
    """Where the submission of a key led; empty where none was carried out."""
    found = Submission.objects.filter(user=user, key=key).first()
    return found.answer if found else ""


def once(
    user: User, key: uuid.UUID, do: Callable[[], str], window: uuid.UUID | None = None
) -> str:
    """Carry out `do`, unless it was done under this key; give its answer either way.

    For saves by script, as of a cell: the script makes the key, and sends the same one
    when it tries again. The window it was typed in then has no draft. What is refused
    may be tried again under the same key.
    """
    with transaction.atomic():
        submission, is_ours = claim(user, key)
        if not is_ours:
            return submission.answer
        try:
            submission.answer = do()
        except Refused as error:
            # What was set aside because of it stays; only the key is given back.
            submission.delete()
            refusal = error
        else:
            submission.save(update_fields=["answer"])
            if window:
                finish(user, window)
            return submission.answer
    raise refusal


@transaction.atomic
def be_present(document: Document, uid: uuid.UUID, *, by: User) -> None:
    """Say that `by` has a provision open; it stands in nobody's way."""
    now = clock.now()
    Presence.objects.filter(user=by, seen_at__lt=now - Presence.LASTS).delete()
    Presence.objects.update_or_create(
        user=by, provision_uid=uid, defaults={"document": document, "seen_at": now}
    )


def clear() -> dict[str, int]:
    """Remove what nobody has come back for in time; say how much of each."""
    now = clock.now()
    old = {
        "drafts": Draft.objects.filter(at__lt=now - DRAFTS_KEPT),
        "sealed": SealedPost.objects.filter(at__lt=now - SealedPost.KEPT),
        "submissions": Submission.objects.filter(at__lt=now - Submission.KEPT),
        "presences": Presence.objects.filter(seen_at__lt=now - Presence.LASTS),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
