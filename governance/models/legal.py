"""Part I: the legal status: the options weighed, and the articles of the mandate."""

from __future__ import annotations

import string
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import fact_has_source, one_of
from governance.models.documents import Document
from governance.models.provisions import Provision, provision_constraints
from governance.outlines import LEGAL_STATUS
from governance.snapshot import Node, Snapshot, tree, walk


class Route(models.TextChoices):
    ADMINISTRATIVE = "administrative", _("Administrative terms of reference")
    CABINET_DECISION = "cabinet_decision", _("Cabinet decision")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    LEGAL_NOTICE = "legal_notice", _("Legal notice under an Act")
    ACT = "act", _("Own Act, or Part of an Act")


ROUTES = [
    "administrative",
    "cabinet_decision",
    "memorandum",
    "legal_notice",
    "act",
]


class LegalStatus(Document):
    stem = "governance/legal_status"
    part = 1
    outline = LEGAL_STATUS

    def provision_nodes(self) -> list[Node]:
        options = [option.to_node() for option in self.options.all()]
        instruments = self.instruments.prefetch_related("steps")
        return [
            *options,
            *(instrument.to_node() for instrument in instruments),
            *tree(self.articles.all()),
        ]

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        groups = cls.present(snapshot, {})
        options = groups.get("legal_option", [])
        problems = super().find_problems(snapshot)
        if not options:
            problems.append(_now("No legal-status option is compared."))
        elif not any(o["fields"]["is_preferred"] for o in options):
            problems.append(_now("None of the legal-status options is preferred."))
        problems += [
            _now("Option %(number)s, %(name)s, does not say what speaks %(side)s it.")
            % {"number": o["number"], "name": o["heading"], "side": side}
            for o in options
            for side, field in (("for", "advantages"), ("against", "disadvantages"))
            if not o["fields"][field]
        ]
        if not groups.get("mandate_article"):
            problems.append(_now("The mandate has no article."))
        problems += [
            _now("%s has a heading but no text.") % node["number"]
            for node, _depth in walk(groups.get("mandate_article", []))
            if not node["body"] and not node["children"]
        ]
        return problems


class LegalOption(Provision):
    """A legal route that was considered, judged on the same criteria as the others."""

    type = "legal_option"

    class Verdict(models.TextChoices):
        PREFERRED = "preferred", _("Preferred")
        INTERIM = "interim", _("Interim only")
        LIMITED = "limited", _("For a limited use")
        REJECTED = "rejected", _("Rejected for now")

    document = models.ForeignKey(
        LegalStatus, on_delete=models.CASCADE, related_name="options"
    )
    route = models.CharField(_("route"), max_length=16, choices=Route.choices)
    title = models.CharField(_("option"), max_length=200)
    advantages = models.TextField(_("for"), blank=True)
    disadvantages = models.TextField(_("against"), blank=True)
    cost = models.TextField(_("cost"), blank=True)
    months_least = models.PositiveSmallIntegerField(
        _("months, at least"), null=True, blank=True
    )
    months_most = models.PositiveSmallIntegerField(
        _("months, at most"), null=True, blank=True
    )
    verdict = models.CharField(
        _("verdict"), max_length=9, choices=Verdict.choices, blank=True
    )
    phase = models.PositiveSmallIntegerField(
        _("phase"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    rationale = models.TextField(_("why"), blank=True)
    enabling_provision = models.CharField(
        _("enabling provision"),
        max_length=200,
        blank=True,
        help_text=_("The section that gives the power; for a legal notice only."),
    )

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("legal_option", "document"),
            one_of("legal_option_route_known", "route", ROUTES),
            one_of(
                "legal_option_verdict_known",
                "verdict",
                ["", "preferred", "interim", "limited", "rejected"],
            ),
            models.CheckConstraint(
                condition=models.Q(months_most=None)
                | models.Q(months_most__gte=models.F("months_least")),
                name="legal_option_months_in_order",
                violation_error_message=_("The most months are fewer than the least."),
            ),
            models.CheckConstraint(
                condition=models.Q(enabling_provision="")
                | models.Q(route="legal_notice"),
                name="legal_option_enabling_provision_for_notice",
                violation_error_message=_(
                    "Only a legal notice rests on an enabling provision: leave it empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def number(self) -> str:
        return string.ascii_uppercase[(self.position - 1) % 26]

    @property
    def node_heading(self) -> str:
        return self.title

    @property
    def node_body(self) -> str:
        return self.rationale

    def node_fields(self) -> dict[str, Any]:
        return {
            "route": self.route,
            "route_name": str(self.get_route_display()),
            "advantages": self.advantages,
            "disadvantages": self.disadvantages,
            "cost": self.cost,
            "months_least": self.months_least,
            "months_most": self.months_most,
            "verdict": self.verdict,
            "verdict_name": str(self.get_verdict_display()),
            "is_preferred": self.verdict == self.Verdict.PREFERRED,
            "phase": self.phase,
            "enabling_provision": self.enabling_provision,
        }


class MandateArticle(Provision):
    """An article of the mandate, or a paragraph of one: Art. 4, Art. 4(a)."""

    type = "mandate_article"
    siblings = ("document", "parent")

    document = models.ForeignKey(
        LegalStatus, on_delete=models.CASCADE, related_name="articles"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="children", null=True, blank=True
    )
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True, max_length=20_000)

    class Meta(Provision.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                condition=models.Q(parent=None),
                name="mandate_article_placed_once_at_top",
            ),
            models.UniqueConstraint(
                fields=["parent", "position"], name="mandate_article_placed_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=None, heading=""),
                name="mandate_article_has_heading",
                violation_error_message=_(
                    "An article has a heading; a paragraph below one needs none."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(heading="", body=""),
                name="mandate_article_says_something",
                violation_error_message=_("Write a heading or a text."),
            ),
            fact_has_source("mandate_article"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def number(self) -> str:
        if self.parent is None:
            return f"Art. {self.position}"
        letter = string.ascii_lowercase[(self.position - 1) % 26]
        return f"{self.parent.number}({letter})"

    @property
    def node_heading(self) -> str:
        return self.heading

    @property
    def node_body(self) -> str:
        return self.body
