"""Part I: the structure as a tree of bodies."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.charts import organogram
from governance.models.base import fact_has_source, one_of
from governance.models.documents import Document
from governance.models.provisions import Provision
from governance.outlines import STRUCTURE
from governance.snapshot import Node, Snapshot, tree, walk


class Structure(Document):
    stem = "governance/structure"
    part = 1
    outline = STRUCTURE

    def provision_nodes(self) -> list[Node]:
        bodies = self.bodies.select_related("lead", "co_lead")
        return tree(bodies.prefetch_related("members"))

    @classmethod
    def present(cls, snapshot: Snapshot, committee: dict[str, Any]) -> dict[str, Any]:
        """The drawing is a function: made when a template asks for it."""
        groups = super().present(snapshot, committee)
        bodies = groups.get("body", [])
        return groups | {"organogram": partial(organogram, bodies) if bodies else None}

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        problems = super().find_problems(snapshot)
        bodies = [
            node
            for node, _depth in walk(snapshot["provisions"])
            if node["fields"]["type"] == "body"
        ]
        if not bodies:
            problems.append(_now("The structure has no body."))
        for node in bodies:
            fields = node["fields"]
            if fields["level"] == "working_group" and not fields["lead"]:
                problems.append(
                    _now("The working group “%s” has no lead.") % node["heading"]
                )
            if not node["body"]:
                problems.append(_now("“%s” has no task.") % node["heading"])
        return problems


class Body(Provision):
    """A body of the committee: the plenary, a working group, the district level."""

    type = "body"
    siblings = ("document", "parent")
    responsible_fields = ("lead", "co_lead")

    class Level(models.TextChoices):
        POLITICAL = "political", _("Political")
        PLENARY = "plenary", _("Plenary")
        BUREAU = "bureau", _("Bureau")
        SECRETARIAT = "secretariat", _("Secretariat")
        WORKING_GROUP = "working_group", _("Working group")
        DISTRICT = "district", _("District")

    document = models.ForeignKey(
        Structure, on_delete=models.CASCADE, related_name="bodies"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("reports to"),
    )
    name = models.CharField(_("name"), max_length=150)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    level = models.CharField(_("level"), max_length=13, choices=Level.choices)
    lead = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="led_bodies",
        null=True,
        blank=True,
        verbose_name=_("lead"),
    )
    co_lead = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="co_led_bodies",
        null=True,
        blank=True,
        verbose_name=_("co-lead"),
    )
    composition = models.CharField(
        _("composition, in words"), max_length=250, blank=True
    )
    members = models.ManyToManyField(
        "governance.Institution", related_name="bodies", blank=True
    )
    mandate = models.TextField(_("task"), blank=True, max_length=20_000)
    meeting_frequency = models.CharField(_("meets"), max_length=120, blank=True)
    output = models.CharField(_("output expected"), max_length=250, blank=True)

    class Meta(Provision.Meta):
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                condition=models.Q(parent=None),
                name="body_placed_once_at_top",
            ),
            models.UniqueConstraint(
                fields=["parent", "position"], name="body_placed_once"
            ),
            one_of(
                "body_level_known",
                "level",
                [
                    "political",
                    "plenary",
                    "bureau",
                    "secretariat",
                    "working_group",
                    "district",
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(co_lead=None) | ~models.Q(co_lead=models.F("lead")),
                name="body_leads_differ",
                violation_error_message=_(
                    "The lead and the co-lead are the same institution: name another."
                ),
            ),
            fact_has_source("body"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        if self.parent is None:
            return str(self.position)
        return f"{self.parent.number}.{self.position}"

    @property
    def node_heading(self) -> str:
        return self.name

    @property
    def node_body(self) -> str:
        return self.mandate

    def node_fields(self) -> dict[str, Any]:
        return {
            "short_name": self.short_name,
            "level": self.level,
            "level_name": str(self.get_level_display()),
            "lead": self.lead.to_reference() if self.lead else None,
            "co_lead": self.co_lead.to_reference() if self.co_lead else None,
            "composition": self.composition,
            "members": [member.to_reference() for member in self.members.all()],
            "meeting_frequency": self.meeting_frequency,
            "output": self.output,
        }
