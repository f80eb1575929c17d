"""Forms of comments: giving one, answering it, and tying it to a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.formats import day
from governance.forms.base import ActionForm
from governance.models import (
    Amendment,
    Comment,
    Document,
    Institution,
    Response,
    Revision,
    User,
)
from governance.permissions import Permission, roles_holding

if TYPE_CHECKING:
    from governance.models import Report

REVISIONS_OFFERED = 200


class LinesField(forms.CharField):
    """Long text with the line ends of the stored texts, whatever the browser sends."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        attrs = {"rows": rows, "dir": "auto"}
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class CommentForm(ActionForm):
    """What a comment says; whose it is, is asked by AddCommentForm."""

    keeps_text = True

    body = LinesField(
        label=_("Comment"),
        max_length=20_000,
        error_messages={"required": _("Write the comment.")},
    )
    type = forms.ChoiceField(
        label=_("Type"),
        choices=Comment.Type.choices,
        initial=Comment.Type.TECHNICAL,
        widget=forms.RadioSelect,
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Comment.Severity.choices,
        initial=Comment.Severity.SUBSTANTIVE,
        widget=forms.RadioSelect,
    )
    quote = LinesField(
        label=_("Words it is about"),
        required=False,
        max_length=2_000,
        rows=2,
        help_text=_("Copy them from the text above; empty when it is about all of it."),
    )
    suggested_wording = LinesField(
        label=_("Suggested wording"),
        required=False,
        max_length=20_000,
        help_text=_(
            "The whole provision as you would have it; readers see the difference word"
            " by word."
        ),
    )


class AddCommentForm(CommentForm):
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("For the institution"),
        error_messages={"required": _("Choose the institution that says this.")},
    )
    channel = forms.ChoiceField(
        label=_("How it was given"),
        choices=Comment.Channel.choices,
        initial=Comment.Channel.WRITTEN,
    )
    field_order = ["institution", "channel", "body"]

    def __init__(
        self,
        *args: Any,
        institutions: list[Institution],
        any_channel: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = Institution.objects.filter(pk__in=[row.pk for row in institutions])
        self.fields["institution"].queryset = rows.order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(institutions) == 1:
            self.fields["institution"].initial = institutions[0]
        if not any_channel:
            del self.fields["channel"]


class RespondForm(ActionForm):
    keeps_text = True

    disposition = forms.ChoiceField(
        label=_("Answer"),
        choices=Response.Disposition.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer.")},
    )
    reason = LinesField(
        label=_("Reason"),
        required=False,
        max_length=20_000,
        rows=4,
        help_text=_("The institution reads it. Required when not accepted."),
    )
    duplicate_of = forms.ModelChoiceField(
        Comment.objects.none(),
        label=_("The comment that says the same"),
        required=False,
        empty_label=_("None: only a duplicate names another"),
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = comment.report.comments.exclude(pk=comment.pk).order_by("number")
        field: Any = self.fields["duplicate_of"]
        field.queryset = others.select_related("institution")
        field.label_from_instance = lambda c: (
            f"{c.code} {c.institution.code}: {c.body[:60]}"
        )
        if comment.state == Comment.State.PLENARY:
            answer: Any = self.fields["disposition"]
            answer.choices = [c for c in answer.choices if c[0] != "referred"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refused = data.get("disposition") == Response.Disposition.NOT_ACCEPTED
        if refused and not data.get("reason"):
            self.add_error("reason", _("Say why the comment is not accepted."))
        return data


class WithdrawForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It may be left empty. The comment stays on record."),
    )


class ContestForm(ActionForm):
    keeps_text = True

    text = LinesField(
        label=_("What does not satisfy you"),
        max_length=20_000,
        rows=4,
        error_messages={"required": _("Say what does not satisfy you.")},
    )


class AssignForm(ActionForm):
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who looks into it"),
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = comment.committee.roleassignments.in_force().filter(
            role__in=roles_holding(Permission.ANSWER_COMMENTS)
        )
        people = User.objects.filter(pk__in=held.values("user"), is_active=True)
        self.fields["to"].queryset = people.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField


class ApplyForm(ActionForm):
    """Empty, unless the text has changed since: then somebody has looked at it."""

    also_sent = frozenset({"looked"})

    looked = forms.BooleanField(
        label=_("I have looked at the present text; the suggestion replaces it."),
        required=False,
    )

    def __init__(self, *args: Any, changed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changed:
            del self.fields["looked"]


class MapForm(ActionForm):
    """Which change in the text a comment or an agreed amendment led to."""

    revision = forms.ModelChoiceField(
        Revision.objects.none(),
        label=_("Change in the text"),
        error_messages={"required": _("Choose the change.")},
    )
    note = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_("For example: new sentence at the end of Art. 9."),
        widget=forms.TextInput(attrs={"class": "w-l"}),
    )

    def __init__(
        self, *args: Any, answered: Comment | Amendment, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        taken = answered.changes.values("revision")
        rows = Revision.objects.filter(
            document_id=answered.document_id, at__gte=answered.asked_at
        )
        rows = rows.exclude(pk__in=taken).order_by("-number")
        field: Any = self.fields["revision"]
        field.queryset = rows
        field.choices = [("", "---------"), *offered(rows, answered)]


def offered(rows: Any, answered: Comment | Amendment) -> list[tuple[int, str]]:
    """The latest changes, those of the provision itself before the others."""
    found = list(rows[:REVISIONS_OFFERED])
    found.sort(key=lambda row: row.provision_uid != answered.provision_uid)
    return [(row.pk, f"{row} – {day(row.at)}, {row.by_name}"[:150]) for row in found]


class MatrixFilter(forms.Form):
    """The filters of the comment-response matrix, on the page and in the file."""

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Document"),
        required=False,
        empty_label=_("All documents"),
    )
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institution"),
        required=False,
        empty_label=_("All institutions"),
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        required=False,
        choices=[("", _("All")), *Comment.Severity.choices],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("unanswered", _("Without an answer, all")),
            *Comment.State.choices,
        ],
    )
    disposition = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[("", _("All")), *Response.Disposition.choices],
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        required=False,
        choices=[("", _("All")), *Comment.Channel.choices],
    )
    late = forms.ChoiceField(
        label=_("In time"),
        required=False,
        choices=[("", _("All")), ("no", _("In time")), ("yes", _("Late"))],
    )
    q = forms.CharField(label=_("Words"), required=False, max_length=100)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("document", report.documents.all()),
            ("institution", report.committee.institutions.order_by("code")),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
