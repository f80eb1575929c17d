"""What institutions say about the text, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import (
    CommitteeModel,
    CommitteeQuerySet,
    Sourced,
    fact_has_source,
    one_of,
)
from governance.models.documents import Document
from governance.models.reports import Report
from governance.models.responses import Response
from governance.models.versions import Version
from governance.permissions import Permission, committees_where

if TYPE_CHECKING:
    import datetime as dt

    from governance.models.people import User
    from governance.permissions import Actor


class CommentQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        """All comments to those who read them; to others those of their institution."""
        own = getattr(user, "assignments", [])
        theirs = [a.institution_id for a in own if a.institution_id]
        return self.filter(
            models.Q(committee_id__in=committees_where(user, Permission.READ_COMMENTS))
            | models.Q(
                committee_id__in=committees_where(user, Permission.COMMENT),
                institution_id__in=theirs,
            )
        )

    def unanswered(self) -> Self:
        return self.filter(state__in=Comment.OPEN)

    def complete(self) -> Self:
        """With all that a row of the matrix shows, in a constant number of queries.

        The frozen text is left out: it is the whole report, once for every comment.
        """
        rows = self.select_related(
            "institution", "document", "version", "report", "committee", "author"
        ).defer("version__content")
        return rows.prefetch_related(
            models.Prefetch(
                "responses",
                Response.objects.select_related("duplicate_of", "by").order_by("pk"),
            ),
            "changes",
        )


class Comment(CommitteeModel, Sourced):
    """A comment of an institution on a provision, or on a document as a whole."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Without an answer")
        ASSIGNED = "assigned", _("Being looked into")
        RESPONDED = "responded", _("Answered")
        CONTESTED = "contested", _("Not satisfied")
        PLENARY = "plenary", _("Referred to plenary")
        INCORPORATED = "incorporated", _("In the text")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Type(models.TextChoices):
        EDITORIAL = "editorial", _("Editorial")
        CLARIFICATION = "clarification", _("Clarification")
        TECHNICAL = "technical", _("Technical")

    class Severity(models.TextChoices):
        EDITORIAL = "editorial", _("Editorial")
        SUBSTANTIVE = "substantive", _("Substantive")
        BLOCKING = "blocking", _("Substantive, blocking")

    class Channel(models.TextChoices):
        WRITTEN = "written", _("Written")
        PLENARY = "plenary", _("Plenary")
        GROUP = "group", _("Group")

    S = State
    OPEN = (S.RECEIVED, S.ASSIGNED, S.CONTESTED)
    CHANGEABLE = (S.RECEIVED, S.ASSIGNED)
    UNSETTLED = (*OPEN, S.PLENARY)

    flow = Flow(
        Move("assign", {S.RECEIVED}, S.ASSIGNED, Permission.ANSWER_COMMENTS),
        Move(
            "respond",
            {S.RECEIVED, S.ASSIGNED, S.CONTESTED, S.PLENARY},
            S.RESPONDED,
            Permission.ANSWER_COMMENTS,
        ),
        Move(
            "refer",
            {S.RECEIVED, S.ASSIGNED, S.CONTESTED},
            S.PLENARY,
            Permission.ANSWER_COMMENTS,
        ),
        Move(
            "contest",
            {S.RESPONDED, S.INCORPORATED},
            S.CONTESTED,
            Permission.COMMENT,
        ),
        Move("incorporate", {S.RESPONDED}, S.INCORPORATED, Permission.ANSWER_COMMENTS),
        Move(
            "close", {S.RESPONDED, S.INCORPORATED}, S.CLOSED, Permission.ANSWER_COMMENTS
        ),
        Move("withdraw", {S.RECEIVED, S.ASSIGNED}, S.WITHDRAWN, Permission.COMMENT),
    )

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="comments"
    )
    number = models.PositiveIntegerField(_("number"))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="comments"
    )
    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("given on version"),
    )
    provision_uid = models.UUIDField(null=True, blank=True, db_index=True)
    section = models.CharField(
        _("section"),
        max_length=300,
        help_text=_("Number and heading of the provision as its reader saw them."),
    )
    provision_text = models.TextField(_("text commented on"), blank=True)
    quote = models.TextField(_("quoted words"), blank=True, max_length=2_000)
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    author_name = models.CharField(_("written by"), max_length=200)
    on_behalf = models.BooleanField(
        _("entered for the institution by the secretariat"), default=False
    )
    type = models.CharField(_("type"), max_length=13, choices=Type.choices)
    severity = models.CharField(_("severity"), max_length=11, choices=Severity.choices)
    channel = models.CharField(
        _("channel"), max_length=7, choices=Channel.choices, default=Channel.WRITTEN
    )
    body = models.TextField(_("comment"), max_length=20_000)
    suggested_wording = models.TextField(
        _("suggested wording"), blank=True, max_length=20_000
    )
    received_on = models.DateField(_("received"))
    is_late = models.BooleanField(_("late"), default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assigned_comments",
        null=True,
        blank=True,
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=State.choices,
        default=State.RECEIVED,
        editable=False,
    )

    objects: ClassVar[Any] = CommentQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="comment_number_once"
            ),
            one_of(
                "comment_state_known",
                "state",
                [
                    "received",
                    "assigned",
                    "responded",
                    "contested",
                    "plenary",
                    "incorporated",
                    "closed",
                    "withdrawn",
                ],
            ),
            one_of(
                "comment_type_known",
                "type",
                ["editorial", "clarification", "technical"],
            ),
            one_of(
                "comment_severity_known",
                "severity",
                ["editorial", "substantive", "blocking"],
            ),
            one_of("comment_channel_known", "channel", ["written", "plenary", "group"]),
            models.CheckConstraint(
                condition=~models.Q(body=""), name="comment_says_something"
            ),
            fact_has_source("comment"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("governance:comment", args=[self.pk])

    @property
    def code(self) -> str:
        """As printed: `C07`."""
        return f"C{self.number:02d}"

    @property
    def asked_at(self) -> dt.datetime:
        """When the text that it comments on was frozen: it led to nothing earlier."""
        return self.version.frozen_at

    @property
    def response(self) -> Response | None:
        """The answer that counts: the latest."""
        given = list(self.responses.all())
        return max(given, key=lambda row: row.pk) if given else None

    @property
    def is_blocking(self) -> bool:
        return self.severity == self.Severity.BLOCKING

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_changeable(self) -> bool:
        return self.state in self.CHANGEABLE

    @property
    def owes_change(self) -> bool:
        """Accepted, but nothing in the text shows it yet."""
        answer = self.response
        if answer is None or self.state not in {self.S.RESPONDED, self.S.CONTESTED}:
            return False
        return answer.disposition in Response.ACCEPTED and not list(self.changes.all())

    def is_of(self, user: User) -> bool:
        """Whether `user` speaks for the institution whose comment this is."""
        return (
            self.institution_id in user.standing_in(self.committee_id).institution_pks
        )
