"""How a resolution was adopted."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from governance.forms.base import ActionForm
from governance.models import Institution, Resolution, RollCallVote


class AdoptForm(ActionForm):
    """How a resolution was adopted, by the institutions present with a vote.

    What was typed for one that has left since is shown again, and refused; its vote
    is refused once and then left out.
    """

    also_sent_as = ("vote_", "reservation_")

    mode = forms.ChoiceField(
        label=_("Way of deciding"),
        choices=Resolution.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it was decided.")},
    )

    COUNTS: ClassVar[dict[str, Any]] = {
        "votes_for": _("For"),
        "votes_against": _("Against"),
        "abstentions": _("Abstaining"),
    }

    def __init__(self, data: Any, *, there: list[Institution], codes: set[str]) -> None:
        """`there` are all institutions, `codes` those present with a vote."""
        super().__init__(data)
        self.present = [row for row in there if row.code in codes]
        absent = [row for row in there if row.code not in codes]
        self.gone = [row for row in absent if self.typed("reservation", row)]
        self.gone_votes = [row for row in absent if self.typed("vote", row)]
        for name, label in self.COUNTS.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                widget=forms.TextInput(attrs={"class": "w-m", "inputmode": "numeric"}),
            )
        for institution in self.present:
            self.fields[f"vote_{institution.pk}"] = forms.ChoiceField(
                label=str(institution),
                required=False,
                choices=RollCallVote.Vote.choices,
                widget=forms.RadioSelect,
            )
        for institution in [*self.present, *self.gone]:
            self.fields[f"reservation_{institution.pk}"] = forms.CharField(
                label=str(institution),
                required=False,
                max_length=5_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def typed(self, prefix: str, institution: Institution) -> bool:
        return bool(self.data.get(f"{prefix}_{institution.pk}", "").strip())

    def bound(self, prefix: str, rows: list[Institution]) -> list[Any]:
        return [self[f"{prefix}_{institution.pk}"] for institution in rows]

    @property
    def counts(self) -> list[Any]:
        return [self[name] for name in self.COUNTS]

    @property
    def votes(self) -> list[Any]:
        return self.bound("vote", self.present)

    @property
    def reservations(self) -> list[Any]:
        return self.bound("reservation", [*self.present, *self.gone])

    @property
    def opened(self) -> set[str]:
        """The groups of fields that hold something, and are shown unfolded."""
        groups = {"votes": self.votes, "reservations": self.reservations}
        return {
            name
            for name, rows in groups.items()
            if any(row.data or row.errors for row in rows)
        }

    def given(self, prefix: str) -> dict[Institution, str]:
        said = {i: self.cleaned_data.get(f"{prefix}_{i.pk}") for i in self.present}
        return {institution: text for institution, text in said.items() if text}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mode = data.get("mode")
        counts = {name: data.get(name) for name in self.COUNTS}
        if mode == Resolution.Mode.HANDS:
            self.check_hands(counts)
        elif any(count is not None for count in counts.values()):
            self.add_error("votes_for", _("Only a show of hands has these numbers."))
        if mode == Resolution.Mode.ROLL_CALL:
            self.check_roll_call()
        elif self.given("vote"):
            self.add_error("mode", _("Names were called: choose “Roll call”."))
        self.refuse_gone()
        return data

    def refuse_gone(self) -> None:
        written = _now(
            "%s is not present with a vote any more. Record that it is back, or clear"
            " what is written here for it."
        )
        voted = _now(
            "%s is not present with a vote any more: its vote is left out. Record that"
            " it is back, or press the button again."
        )
        for institution in self.gone:
            self.add_error(f"reservation_{institution.pk}", written % institution.code)
        for institution in self.gone_votes:
            self.add_error(None, voted % institution.code)

    def check_hands(self, counts: dict[str, int | None]) -> None:
        for name, count in counts.items():
            if count is None and name not in self.errors:
                self.add_error(name, _("Give the number, 0 if there was none."))
        votes = sum(count or 0 for count in counts.values())
        there = len(self.present)
        if votes > there:
            message = ngettext(
                "%(votes)d votes were counted, but %(there)d institution is present.",
                "%(votes)d votes were counted, but %(there)d institutions are present.",
                there,
            )
            self.add_error("votes_for", message % {"votes": votes, "there": there})

    def check_roll_call(self) -> None:
        called = self.given("vote")
        for institution in self.present:
            if institution not in called:
                message = _now("Say how %s voted.") % institution.code
                self.add_error(f"vote_{institution.pk}", message)

    def decision(self) -> dict[str, Any]:
        """The facts that the action of adopting takes."""
        data = self.cleaned_data
        counts = {name: data[name] for name in self.COUNTS}
        return {
            "mode": data["mode"],
            **counts,
            "roll_call": self.given("vote"),
            "reservations": self.given("reservation"),
        }
