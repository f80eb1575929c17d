from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm, DayField
from governance.models import LegalInstrument
from governance.models.legal import Route

if TYPE_CHECKING:
    from collections.abc import Iterator


class StepForm(ActionForm):
    """The stage an instrument has reached, when, and which paper shows it."""

    keeps_text = True
    state = forms.ChoiceField(
        label=_("Stage reached"),
        error_messages={"required": _("Choose the stage.")},
    )
    on = DayField(
        label=_("Date"), error_messages={"required": _("Write the date of the step.")}
    )
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=200,
        help_text=_("Resolution, letter, Cabinet minute or Gazette."),
        widget=forms.TextInput(attrs={"class": "w-f"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, instrument: LegalInstrument) -> None:
        super().__init__(data)
        asked: Any = self.fields["state"]
        asked.choices = [("", "–"), *open_stages(instrument)]


def open_stages(instrument: LegalInstrument) -> Iterator[tuple[str, Any]]:
    """The stages that come next on the instrument's own route."""
    own = LegalInstrument.PATHS[Route(instrument.route)]
    closed = LegalInstrument.ROUTE_STATES - own
    for name, move in instrument.flow.moves.items():
        if instrument.state in move.sources and name not in closed:
            yield name, LegalInstrument.State(name).label
