from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm, DayField
from governance.models import CentreRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.flow import Move


class CentreStepForm(ActionForm):
    """What a letter or a visit shows of a request to a centre."""

    keeps_text = True

    name = forms.ChoiceField(
        label=_("What happened"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happened.")},
    )
    on = DayField(label=_("Day"), error_messages={"required": _("Give the day.")})
    reference = forms.CharField(
        label=_("Letter"),
        required=False,
        max_length=200,
        help_text=_("Its reference; needed for a letter that was sent."),
        widget=forms.TextInput(attrs={"class": "w-l"}),
    )
    note = forms.CharField(
        label=_("What was agreed or came of it"),
        required=False,
        max_length=5_000,
        help_text=_("Needed where the centre declined."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, moves: Sequence[Move], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(CentreRequest.State.choices)
        field: Any = self.fields["name"]
        field.choices = [(move.name, names[move.target]) for move in moves]
