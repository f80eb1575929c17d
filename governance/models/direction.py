"""Part I: vision, mission, values and strategic objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.documents import Document
from governance.models.provisions import Provision, provision_constraints
from governance.outlines import STRATEGIC_DIRECTION

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


class StrategicDirection(Document):
    stem = "governance/strategic_direction"
    part = 1
    outline = STRATEGIC_DIRECTION

    def provision_nodes(self) -> list[Node]:
        objectives = self.objectives.select_related("owner", "co_owner")
        return [
            *(statement.to_node() for statement in self.statements.all()),
            *(value.to_node() for value in self.values.all()),
            *(
                objective.to_node()
                for objective in objectives.prefetch_related("alignments__framework")
            ),
        ]

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        groups = cls.present(snapshot, {})
        kinds = {node["fields"]["kind"] for node in groups.get("statement", [])}
        problems = super().find_problems(snapshot)
        if "vision" not in kinds:
            problems.append(_now("There is no vision."))
        if "mission" not in kinds:
            problems.append(_now("There is no mission."))
        objectives = groups.get("strategic_objective", [])
        if not objectives:
            problems.append(_now("There is no strategic objective."))
        for node in objectives:
            if not node["fields"]["owner"]:
                problems.append(_now("%s has no owner.") % node["number"])
            if not node["fields"]["alignments"]:
                problems.append(
                    _now("%s is aligned to no reference framework.") % node["number"]
                )
        return problems


class Statement(Provision):
    type = "statement"

    class Kind(models.TextChoices):
        VISION = "vision", _("Vision")
        MISSION = "mission", _("Mission")

    document = models.ForeignKey(
        StrategicDirection, on_delete=models.CASCADE, related_name="statements"
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    body = models.TextField(_("text"), max_length=2_000)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("statement", "document"),
            models.UniqueConstraint(
                fields=["document", "kind"], name="statement_kind_once"
            ),
            one_of("statement_kind_known", "kind", ["vision", "mission"]),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return str(self.get_kind_display())

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {"kind": self.kind}


class Value(Provision):
    type = "value"

    document = models.ForeignKey(
        StrategicDirection, on_delete=models.CASCADE, related_name="values"
    )
    name = models.CharField(_("value"), max_length=80)
    gloss = models.TextField(_("what it means here"), blank=True)

    class Meta(Provision.Meta):
        constraints = provision_constraints("value", "document")

    def __str__(self) -> str:
        return self.name

    @property
    def node_heading(self) -> str:
        return self.name

    @property
    def node_body(self) -> str:
        return self.gloss


class StrategicObjective(Provision):
    type = "strategic_objective"
    responsible_fields = ("owner", "co_owner")

    document = models.ForeignKey(
        StrategicDirection, on_delete=models.CASCADE, related_name="objectives"
    )
    title = models.CharField(_("strategic objective"), max_length=250)
    narrative = models.TextField(_("narrative"), blank=True, max_length=20_000)
    owner = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="owned_objectives",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    co_owner = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="co_owned_objectives",
        null=True,
        blank=True,
        verbose_name=_("second owner"),
    )
    alignments = models.ManyToManyField(
        "governance.FrameworkItem", related_name="objectives", blank=True
    )

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("strategic_objective", "document"),
            models.CheckConstraint(
                condition=models.Q(co_owner=None)
                | ~models.Q(co_owner=models.F("owner")),
                name="strategic_objective_owners_differ",
                violation_error_message=_(
                    "Both owners are the same institution: name another."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        return f"SO{self.position}"

    @property
    def node_heading(self) -> str:
        return self.title

    @property
    def node_body(self) -> str:
        return self.narrative

    def to_reference(self) -> dict[str, str]:
        return {"uid": str(self.uid), "number": self.number, "title": self.title}

    def node_fields(self) -> dict[str, Any]:
        aligned = sorted(
            self.alignments.all(),
            key=lambda item: (item.framework.short_name, item.position),
        )
        return {
            "owner": self.owner.to_reference() if self.owner else None,
            "co_owner": self.co_owner.to_reference() if self.co_owner else None,
            "alignments": [item.to_reference() for item in aligned],
        }
