"""What each step of a report's life asks of the person who takes it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm, DayField


class CirculateForm(ActionForm):
    comments_due_on = DayField(
        label=_("Comments until"),
        error_messages={"required": _("Say until when institutions can comment.")},
    )
    note = forms.CharField(
        label=_("Note to the members"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Is sent with the mail, and stays with the version."),
    )


class CloseCommentsForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed only before the deadline, where the Chair closes."),
    )


class NoteForm(ActionForm):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays with the version."),
    )
