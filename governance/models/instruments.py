"""Part I: the legal instrument and its dated way into force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.flow import Flow, Move
from governance.formats import day
from governance.models.base import one_of
from governance.models.legal import ROUTES, LegalStatus, Route
from governance.models.provisions import Provision, provision_constraints
from governance.permissions import Permission


class LegalInstrument(Provision):
    """The text that gives the committee its legal status, and how far it has come.

    The flow is domain.md 5.1; which moves a route may use is `PATHS`.
    """

    type = "legal_instrument"

    class State(models.TextChoices):
        OPTION = "option", _("Option")
        RECOMMENDED = "recommended", _("Recommended")
        DRAFTING = "drafting", _("Being drafted")
        VETTED = "vetted", _("Vetted")
        CABINET_SUBMITTED = "cabinet_submitted", _("Submitted to Cabinet")
        APPROVED = "approved", _("Approved by Cabinet")
        RETURNED = "returned", _("Returned by Cabinet")
        DEFERRED = "deferred", _("Deferred by Cabinet")
        REJECTED = "rejected", _("Rejected by Cabinet")
        TABLED = "tabled", _("Tabled in Parliament")
        PASSED_ASSEMBLY = "passed_assembly", _("Passed by the National Assembly")
        PASSED_SENATE = "passed_senate", _("Passed by the Senate")
        ASSENTED = "assented", _("Royal Assent")
        MINISTER_SIGNED = "minister_signed", _("Signed by the Minister")
        CIRCULAR_ISSUED = "circular_issued", _("Circular issued")
        SIGNED = "signed", _("Signed by the parties")
        GAZETTED = "gazetted", _("Gazetted")
        LAID = "laid", _("Laid before Parliament")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        REVOKED = "revoked", _("Revoked")
        LAPSED = "lapsed", _("Lapsed")
        ANNULLED = "annulled", _("Annulled by a court")
        ABANDONED = "abandoned", _("Abandoned")

    class Commencement(models.TextChoices):
        ON_PUBLICATION = "on_publication", _("On publication")
        BY_NOTICE = "by_notice", _("By ministerial notice")
        PARTIAL = "partial", _("In parts")

    S = State
    BEFORE_FORCE = frozenset(
        set(State)
        - {
            S.IN_FORCE,
            S.SUPERSEDED,
            S.REVOKED,
            S.LAPSED,
            S.ANNULLED,
            S.ABANDONED,
            S.REJECTED,
        }
    )

    SOURCES = {
        S.RECOMMENDED: {S.OPTION},
        S.DRAFTING: {S.RECOMMENDED, S.RETURNED, S.APPROVED},
        S.VETTED: {S.DRAFTING},
        S.CABINET_SUBMITTED: {S.VETTED, S.DEFERRED},
        S.APPROVED: {S.CABINET_SUBMITTED},
        S.RETURNED: {S.CABINET_SUBMITTED},
        S.DEFERRED: {S.CABINET_SUBMITTED},
        S.REJECTED: {S.CABINET_SUBMITTED},
        S.TABLED: {S.APPROVED},
        S.PASSED_ASSEMBLY: {S.TABLED},
        S.PASSED_SENATE: {S.PASSED_ASSEMBLY},
        S.ASSENTED: {S.PASSED_SENATE},
        S.MINISTER_SIGNED: {S.APPROVED},
        S.CIRCULAR_ISSUED: {S.APPROVED},
        S.SIGNED: {S.APPROVED},
        S.GAZETTED: {S.ASSENTED, S.MINISTER_SIGNED},
        S.LAID: {S.GAZETTED},
        S.IN_FORCE: {S.GAZETTED, S.LAID, S.CIRCULAR_ISSUED, S.SIGNED},
        S.SUPERSEDED: {S.IN_FORCE},
        S.REVOKED: {S.IN_FORCE},
        S.LAPSED: BEFORE_FORCE,
        S.ANNULLED: {S.GAZETTED, S.LAID, S.IN_FORCE},
        S.ABANDONED: BEFORE_FORCE,
    }

    flow = Flow(
        *[
            Move(str(target), frozenset(sources), target, Permission.RECORD_LEGAL_STEP)
            for target, sources in SOURCES.items()
        ]
    )

    # After approval each route has its own way; the other ways are closed to it.
    PATHS = {
        Route.ACT: {
            S.TABLED,
            S.PASSED_ASSEMBLY,
            S.PASSED_SENATE,
            S.ASSENTED,
            S.GAZETTED,
        },
        Route.LEGAL_NOTICE: {S.MINISTER_SIGNED, S.GAZETTED, S.LAID},
        Route.CABINET_DECISION: {S.CIRCULAR_ISSUED},
        Route.MEMORANDUM: {S.SIGNED},
        Route.ADMINISTRATIVE: {S.CIRCULAR_ISSUED},
    }
    ROUTE_STATES = frozenset().union(*PATHS.values())

    document = models.ForeignKey(
        LegalStatus, on_delete=models.CASCADE, related_name="instruments"
    )
    route = models.CharField(_("route"), max_length=16, choices=Route.choices)
    title = models.CharField(_("title"), max_length=200)
    act_number = models.CharField(_("number"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
    )
    gazette_volume = models.CharField(_("Gazette volume"), max_length=20, blank=True)
    gazette_number = models.CharField(_("Gazette number"), max_length=20, blank=True)
    gazette_date = models.DateField(_("Gazette date"), null=True, blank=True)
    commencement_date = models.DateField(_("commencement"), null=True, blank=True)
    commencement_mode = models.CharField(
        _("mode of commencement"),
        max_length=14,
        choices=Commencement.choices,
        blank=True,
    )
    cabinet_reference = models.CharField(
        _("Cabinet minute"), max_length=100, blank=True
    )
    state = models.CharField(
        _("stage"),
        max_length=17,
        choices=State.choices,
        default=State.OPTION,
        editable=False,
    )

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("legal_instrument", "document"),
            one_of("legal_instrument_route_known", "route", ROUTES),
            models.CheckConstraint(
                condition=models.Q(gazette_date=None) | ~models.Q(gazette_number=""),
                name="legal_instrument_gazette_date_has_number",
                violation_error_message=_("A Gazette date needs the Gazette number."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        return ""

    @property
    def label(self) -> str:
        return self._meta.label

    @property
    def committee(self) -> Any:
        return self.document.committee

    def record(self, verb: str, *, by: Any, note: str = "") -> None:
        self.document.record(verb, by=by, note=f"{self}. {note}".strip())

    @property
    def node_heading(self) -> str:
        return self.title

    def node_fields(self) -> dict[str, Any]:
        day = self.gazette_date
        starts = self.commencement_date
        return {
            "route": self.route,
            "route_name": str(self.get_route_display()),
            "act_number": self.act_number,
            "year": self.year,
            "gazette_volume": self.gazette_volume,
            "gazette_number": self.gazette_number,
            "gazette_date": day.isoformat() if day else None,
            "commencement_date": starts.isoformat() if starts else None,
            "commencement_mode": str(self.get_commencement_mode_display()),
            "cabinet_reference": self.cabinet_reference,
            "state": self.state,
            "state_name": str(self.get_state_display()),
            "steps": [step.to_plain() for step in self.steps.all()],
        }


class LegalStep(models.Model):
    """One dated step of an instrument; never changed, a correction is a new step."""

    instrument = models.ForeignKey(
        LegalInstrument, on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField(
        _("stage reached"), max_length=17, choices=LegalInstrument.State.choices
    )
    on = models.DateField(_("date"))
    reference = models.CharField(
        _("reference"),
        max_length=200,
        blank=True,
        help_text=_("Resolution, letter, Cabinet minute or Gazette."),
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["instrument", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="returned", note=""),
                name="legal_step_return_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {day(self.on)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused(_now("A recorded step is never changed; record a new one."))
        super().save(*args, **kwargs)

    def to_plain(self) -> dict[str, str]:
        return {
            "state": self.state,
            "state_name": str(self.get_state_display()),
            "on": self.on.isoformat(),
            "reference": self.reference,
            "note": self.note,
        }
