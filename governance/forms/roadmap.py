"""What the lead, the secretariat and the Chair type about an action of the roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.forms.base import ActionForm, DayField, ReasonForm
from governance.forms.resolutions import LONG, institutions_of
from governance.models import Institution, Resolution, RoadmapAction
from governance.models.resolutions import Phase
from governance.uploads import LIMIT, checked

if TYPE_CHECKING:
    from governance.models import Report


def words(label: Any, *, required: Any = "", hint: Any = "", rows: int = 3) -> Any:
    """A field of running text; `required` is what is said where it is empty."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=5_000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else {},
    )


class EvidenceFileField(forms.FileField):
    """The name and the bytes of a PDF, PNG or JPG, which its content says it is."""

    def __init__(self) -> None:
        super().__init__(
            label=_("File"),
            required=False,
            help_text=_("PDF, PNG or JPG, at most 3 MB."),
            widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        )

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes] | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        content = upload.read(LIMIT + 1)
        try:
            checked(upload.name, content)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return upload.name, content


def evidence(*, required: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Evidence"),
        required=bool(required),
        max_length=300,
        help_text=_("A letter, a minute, a document: what it is and its date."),
        widget=forms.TextInput(attrs=LONG),
        error_messages={"required": required} if required else {},
    )


class StartForm(ActionForm):
    note = words(_("What is being done"))


class ProgressForm(ActionForm):
    keeps_text = True

    note = words(_("What was done"))
    evidence = evidence()
    file = EvidenceFileField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("note") and not data.get("evidence"):
            self.add_error("note", _("Say what was done."))
        return data


class ClaimForm(ActionForm):
    keeps_text = True

    evidence = evidence(
        required=_("Name the evidence: a letter, a minute, a document.")
    )
    file = EvidenceFileField()
    note = words(_("What was done"))


class VerifyForm(ActionForm):
    note = words(_("Note"), hint=_("What was looked at."))


class SendBackForm(ReasonForm):
    reason = words(
        _("What the evidence lacks"), required=_("Say what the evidence lacks.")
    )


class BlockForm(ActionForm):
    reason = words(_("What stands in the way"))
    blocked_by = forms.ModelChoiceField(
        RoadmapAction.objects.none(),
        label=_("Or the action that must come first"),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, action: RoadmapAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = RoadmapAction.objects.filter(report=action.report_id)
        field: Any = self.fields["blocked_by"]
        field.queryset = others.exclude(pk=action.pk).exclude(
            state__in=RoadmapAction.ENDED
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("reason") and not data.get("blocked_by"):
            self.add_error("reason", _("Say what stands in the way."))
        return data


class ReviseDueForm(ReasonForm):
    due_on = DayField(
        label=_("New deadline"),
        error_messages={"required": _("Give the new deadline.")},
    )
    decision = forms.CharField(
        label=_("Decided in"),
        required=False,
        max_length=200,
        help_text=_("Minute or letter."),
        widget=forms.TextInput(attrs=LONG),
    )
    field_order = ("due_on", "reason", "decision")
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs=LONG),
        error_messages={"required": _("Say why the deadline changes.")},
    )


class CarryForwardForm(ReviseDueForm):
    decision = None  # type: ignore[assignment]  # Django's way to leave a field out
    evidence = evidence()
    field_order = ("due_on", "reason", "evidence")


class CancelForm(ReasonForm):
    """To give up, or to let another lead: both are the committee's decision."""

    decision = forms.CharField(
        label=_("Decision of the committee"),
        max_length=200,
        help_text=_("The minute or the resolution."),
        widget=forms.TextInput(attrs=LONG),
        error_messages={"required": _("Cite the committee's decision.")},
    )


class TransferForm(CancelForm):
    to = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("New lead institution"),
        error_messages={"required": _("Name the institution that leads from now on.")},
    )
    field_order = ("to", "reason", "decision")

    def __init__(self, *args: Any, action: RoadmapAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee = action.committee
        there = institutions_of(committee.pk, committee.today())
        field: Any = self.fields["to"]
        field.queryset = there.exclude(pk=action.lead_id)


class ActionAddForm(ActionForm):
    """An action that cites an adopted resolution, or says why it rests on none."""

    title = forms.CharField(
        label=_("Action"),
        max_length=300,
        widget=forms.TextInput(attrs=LONG),
        error_messages={"required": _("Say what is done.")},
    )
    resolution = forms.ModelChoiceField(
        Resolution.objects.none(),
        label=_("Resolution"),
        required=False,
        empty_label=_("None"),
    )
    reason = forms.CharField(
        label=_("Why it rests on no resolution"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=LONG),
    )
    lead = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Lead institution"),
        error_messages={"required": _("Name the one institution that leads.")},
    )
    lead_as = forms.CharField(
        label=_("Lead as written"),
        required=False,
        max_length=80,
        help_text=_("Only where the text names a group for which the lead answers."),
    )
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices)
    starts_on = DayField(label=_("Start"), required=False)
    due_on = DayField(
        label=_("Due"), error_messages={"required": _("Give the deadline.")}
    )
    deliverable = forms.CharField(
        label=_("Deliverable"),
        required=False,
        max_length=300,
        help_text=_("What exists once it is done."),
        widget=forms.TextInput(attrs=LONG),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee = report.committee
        adopted = Resolution.objects.filter(committee=committee, state="adopted")
        resolution: Any = self.fields["resolution"]
        resolution.queryset = adopted
        lead: Any = self.fields["lead"]
        lead.queryset = institutions_of(committee.pk, committee.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("resolution") and not data.get("reason"):
            self.add_error(
                "resolution",
                _("Name the resolution, or say why the action rests on none."),
            )
        start, due = data.get("starts_on"), data.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", _("The deadline is before the start."))
        return data
