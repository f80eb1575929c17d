"""One press on the page of the order: which row goes where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.actions.editing import find_provision
from governance.actions.placing import move_provision, put_under
from governance.errors import Refused
from governance.forms.base import ActionForm
from governance.ordering import order_seen, ordering_of

if TYPE_CHECKING:
    from governance.models import Document, User

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class PlaceForm(ActionForm):
    """`move` is what the pressed button says: `up`, `down`, `in` or `out`, and the row."""

    move = forms.RegexField(
        rf"^(?:up|down|in|out) {UUID}$",
        error_messages={
            "required": _("Press one of the buttons beside a row."),
            "invalid": _("Press one of the buttons beside a row."),
        },
        widget=forms.HiddenInput,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, document: Document) -> None:
        self.document, self.groups = document, ordering_of(document)
        self.row: Any = None
        super().__init__(data, initial={"seen": order_seen(self.groups)})

    def carry_out(self, by: User) -> None:
        way, uid = self.cleaned_data["move"].split()
        self.row = find_provision(self.document, uid)
        if self.row is None or self.cleaned_data["seen"] != order_seen(self.groups):
            raise Refused(
                _now(
                    "Somebody changed the order just now; this is the order as it is."
                    " Nothing was moved: press again."
                )
            )
        self.take(way, by)

    def take(self, way: str, by: User) -> None:
        row = self.row
        if way in {"up", "down"}:
            to = row.position + (1 if way == "down" else -1)
            move_provision(row, to=to, by=by)
        elif way == "out" and row.parent:
            put_under(row, row.parent.parent, to=row.parent.position + 1, by=by)
        elif way == "in":
            before = type(row)._default_manager.filter(
                **row.family, position__lt=row.position
            )
            above = before.order_by("-position").first()
            if above is None:
                raise Refused(_now("There is no row before it to become a part of."))
            put_under(row, above, by=by)
