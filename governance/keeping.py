"""What a page with a form says of what is typed there: kept, offered, seen by others."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from governance import clock, sealing
from governance.actions import drafts
from governance.formats import day
from governance.models import (
    Committee,
    Document,
    Draft,
    HeldText,
    Provision,
    SealedPost,
)
from governance.presence import others_at
from governance.sealing import CONTROLS, Ticket

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django.http import HttpRequest

    from governance.models import User
    from governance.sealing import Values

LONGEST_ADDRESS = 300  # of the columns that hold one
OFFERED = 5
MOST_HELD = 200


def address_of(request: HttpRequest) -> str:
    """Where a form is shown and sent to, without what only filled it."""
    query = request.GET.copy()
    for name in CONTROLS:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def as_uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """The key of what was sent: of this rendering of the form, with these contents.

    Not of the rendering alone: somebody who goes back, types on and sends again has
    something new to say.
    """
    key = as_uuid(request.POST.get("once"))
    if key is None or not request.user.is_authenticated:
        return None
    sent: Any = request.FILES.items()
    files = [[name, file.name, file.size] for name, file in sent]
    said = [address_of(request), sealing.values_of(request.POST), files]
    text = json.dumps(said, sort_keys=True)
    return uuid.uuid5(key, hashlib.sha256(text.encode()).hexdigest())


def ticket_of(request: HttpRequest, *, fresh: bool = False) -> Ticket | None:
    """The ticket that came with a form; `fresh`, where no session vouches for it."""
    max_age = SealedPost.KEPT if fresh else None
    return sealing.read(request.POST.get("seal", ""), max_age)


def rescue(request: HttpRequest) -> SealedPost | None:
    """Seal what was sent, where its form was made for a person and sent in time."""
    ticket = ticket_of(request, fresh=True)
    if ticket is None:
        return None
    values = sealing.values_of(request.POST, ticket.without)
    return drafts.seal_post(ticket, request.POST.get("window", ""), values)


def zone_of(user: User) -> ZoneInfo:
    """The time zone in which a person is told the time: of the first committee."""
    committee = Committee.objects.visible_to(user).first()
    return committee.zone if committee else ZoneInfo("UTC")


def told_at(moment: dt.datetime, zone: ZoneInfo) -> str:
    """`14:02`, or `24 November 2021, 14:02` where that is not today."""
    there = moment.astimezone(zone)
    if there.date() == clock.now().astimezone(zone).date():
        return f"{there:%H:%M}"
    return f"{day(there.date())}, {there:%H:%M}"


@dataclass(frozen=True)
class Offer:
    """A text that its author may take up again, and where that is done."""

    text: str
    link: str
    url: str
    delete_url: str


def open_with(address: str, name: str, value: object) -> str:
    return f"{address}{'&' if '?' in address else '?'}{name}={value}"


def sealed_of(user: User) -> Any:
    """Sealed texts of a person that are not too old, the newest first."""
    since = clock.now() - SealedPost.KEPT
    return SealedPost.objects.filter(user=user, at__gte=since)


def offer_of_post(post: SealedPost, zone: ZoneInfo) -> Offer:
    return Offer(
        _("We kept your text from %s. Save it now?") % told_at(post.at, zone),
        _("Look at it and save it"),
        open_with(post.address, "kept", post.key),
        reverse("governance:sealed-delete", args=[post.key]),
    )


def offer_of_draft(draft: Draft, zone: ZoneInfo) -> Offer:
    at = draft.at.astimezone(zone)
    words = {"day": day(at.date()), "time": f"{at:%H:%M}"}
    return Offer(
        _("You wrote this on %(day)s at %(time)s and did not save it.") % words,
        _("Continue with it"),
        open_with(draft.address, "draft", draft.pk),
        reverse("governance:draft-delete", args=[draft.pk]),
    )


@dataclass
class Keep:
    """What one rendering of a form carries, and what its reader is offered."""

    request: Any
    form: Any
    address: str
    title: str = ""
    row: Any = None
    committee: Any = None
    draft: Draft | None = None
    post: SealedPost | None = None

    @classmethod
    def of(cls, request: Any, form: Any, **facts: Any) -> Keep:
        """Of the form on this page, or of one that is sent to the address given."""
        facts["address"] = facts.get("address") or address_of(request)
        return cls(request, form, **facts)

    @cached_property
    def zone(self) -> ZoneInfo:
        return self.committee.zone if self.committee else zone_of(self.request.user)

    @cached_property
    def once(self) -> uuid.UUID | None:
        return uuid.uuid4() if self.request.user.is_authenticated else None

    @cached_property
    def window(self) -> uuid.UUID:
        """Of a form that comes back with its mistakes, the window it was typed in."""
        return as_uuid(self.request.POST.get("window")) or uuid.uuid4()

    @property
    def keeps(self) -> bool:
        return (
            getattr(self.form, "keeps_text", False)
            and self.request.user.is_authenticated
            and len(self.address) <= LONGEST_ADDRESS
        )

    @property
    def seal(self) -> str:
        edited = isinstance(self.row, Provision)
        ticket = Ticket(
            self.request.user.pk,
            self.address,
            str(self.title)[:300],
            str(self.zone),
            self.form.secrets(),
            f"{self.row._meta.label_lower}:{self.row.pk}" if edited else "",
        )
        return sealing.sign(ticket)

    @property
    def filled_from(self) -> dict[str, str]:
        """The controls that say what the form was filled from, as they are sent on."""
        if self.request.method == "POST":
            sent = {n: self.request.POST.get(n, "") for n in ("draft", "kept")}
        else:
            sent = {
                "draft": str(self.draft.pk) if self.draft else "",
                "kept": str(self.post.key) if self.post else "",
            }
        return {name: value for name, value in sent.items() if value}

    def fill(self) -> None:
        """Fill the form from what its reader asked for, in the address."""
        asked = self.request.GET
        if not self.keeps or not ("draft" in asked or "kept" in asked):
            return
        key = as_uuid(asked.get("kept"))
        if key:
            own = sealed_of(self.request.user)
            self.post = own.filter(address=self.address, key=key).first()
        held = (drafts.opened(self.post) if self.post else None) or {}
        own = Draft.objects.filter(user=self.request.user, address=self.address)
        window = as_uuid(held.get("window"))
        if window:
            self.draft = own.filter(window=window).first()
        elif asked.get("draft"):
            self.draft = own.filter(pk=drafts.number(asked["draft"])).first()
        values = held.get("values") or (self.draft.values if self.draft else None)
        if values is not None:
            self.form.fill(values)

    @cached_property
    def offers(self) -> list[Offer]:
        """Texts for this very form, what was sealed first; not the one it shows."""
        if not self.keeps or self.request.method == "POST":
            return []
        user, at = self.request.user, {"address": self.address}
        posts = list(sealed_of(user).filter(**at)[:OFFERED])
        sealed = {(drafts.opened(post) or {}).get("window") for post in posts}
        rows = Draft.objects.filter(user=user, **at)[:OFFERED]
        kept = [row for row in rows if str(row.window) not in sealed]
        return [
            *(offer_of_post(p, self.zone) for p in posts if p != self.post),
            *(offer_of_draft(d, self.zone) for d in kept if d != self.draft),
        ]

    @cached_property
    def document(self) -> Any:
        """The document whose provision is edited here: others are told of it."""
        edited = self.keeps and isinstance(self.row, Provision)
        return self.row.owner_document if edited else None

    @property
    def others(self) -> list[str]:
        if self.document is None:
            return []
        return others_at(self.document, self.row.uid, self.request.user)


def standing_of(ticket: Ticket, values: Mapping[str, Any]) -> str:
    """Whether what is typed can still be saved: `closed`, `changed` or nothing to say."""
    if not ticket.row:
        return ""
    label, _colon, pk = ticket.row.partition(":")
    row: Any = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if row is None:
        return "changed"
    if not row.owner_document.report.is_editable:
        return "closed"
    base = values.get("base")
    return "changed" if base and base[-1] != str(row.revision) else ""


def readable(values: Values) -> list[tuple[str, str]]:
    """Name and words of what was typed, without keys and what is empty."""
    return [
        (name.replace("_", " ").replace("-", " "), text)
        for name, texts in values.items()
        if name not in CONTROLS
        for text in texts
        if text.strip() and not is_key(name, text)
    ]


def is_key(name: str, text: str) -> bool:
    """Whether a field holds the number or the uid of a row, which says nothing."""
    return as_uuid(text) is not None or (text.isdecimal() and name in pointing())


@cache
def pointing() -> frozenset[str]:
    """The names of fields in which a row is chosen, not written."""
    own = {"answers", "base", "change", "comment", "document", "institution"}
    fields = [f for model in apps.get_models() for f in model._meta.get_fields()]
    columns = {field.name for field in fields if field.is_relation}
    return frozenset(own | columns - {f.name for f in fields if not f.is_relation})


def held_of(user: User) -> list[HeldText]:
    """Texts of a person set aside in the last 30 days, by the committee's own clock."""
    readable_here = Document.objects.visible_to(user).values("pk")
    rows = HeldText.objects.filter(by=user, document__in=readable_here)
    found = rows.select_related("document__committee")[:MOST_HELD]
    return [
        row for row in found if row.at >= row.document.committee.now() - HeldText.KEPT
    ]
