from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm
from governance.models import Institution

if TYPE_CHECKING:
    from governance.models import Committee


class FundingSourceForm(ActionForm):
    """One who pays: the Government, a partner, a fund."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_("Short, as it stands in the plan's tables: GoL, UNDP, IOM fund."),
        error_messages={"required": _("Write a code.")},
        widget=forms.TextInput(attrs={"class": "w-m"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Write the name.")},
        widget=forms.TextInput(attrs={"class": "w-l"}),
    )
    institution = forms.ModelChoiceField(
        label=_("Institution, where it is one of the committee's"),
        queryset=Institution.objects.none(),
        required=False,
    )

    def __init__(self, data: Any = None, *, committee: Committee) -> None:
        super().__init__(data)
        self.committee = committee
        asked: Any = self.fields["institution"]
        asked.queryset = committee.institutions.order_by("code")

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.committee.fundingsources.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("There is a source with this code already."))
        return code
