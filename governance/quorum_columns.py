"""The least number of each category that must be present, as a cell: `ministry: 6`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from governance.columns import WORDS, Column
from governance.models import Institution, QuorumRule
from governance.typed import read_whole

if TYPE_CHECKING:
    from governance.columns import Scope

Category = Institution.Category


@dataclass(frozen=True)
class CategoriesColumn(Column):
    """Kept in the rule itself, as categories and numbers; written one a line."""

    def cell_of(self, value: Any) -> str:
        pairs = sorted((value or {}).items())
        return "\n".join(f"{Category(name).label}: {least}" for name, least in pairs)

    def read_nothing(self) -> dict[str, int]:
        return {}

    def read_words(self, text: str, scope: Scope) -> Any:
        del scope
        return dict(read_line(line) for line in text.splitlines() if line.strip())


def read_line(line: str) -> tuple[str, int]:
    name, _colon, least = line.rpartition(":")
    said = name.strip().casefold()
    for value, label in Category.choices:
        if said in {value.casefold(), str(label).casefold()}:
            return value, read_whole(least)
    known = ", ".join(str(label) for label in Category.labels)
    raise ValidationError(
        _("“%(line)s” names no category. Write one of these and a number: %(known)s.")
        % {"line": line.strip(), "known": known}
    )


def write_categories(rule: QuorumRule, values: dict[str, Any]) -> None:
    rule.categories = values["categories"]
    rule.full_clean()
    rule.save(update_fields=["categories"])


CATEGORIES = CategoriesColumn(
    QuorumRule,
    "categories",
    WORDS,
    _lazy("least number by category"),
    help=_lazy("One a line, for example Ministry: 6. Empty where none is asked for."),
    longest=500,
    apart=True,
)
