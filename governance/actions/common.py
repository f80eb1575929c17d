"""Reference data that every committee finds: continental and global frameworks, centres.

They are facts with sources in governance/common, entered once for all committees.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction

from governance.actions.frameworks import add_centre, add_framework
from governance.models import Basis, Centre, Framework

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parent.parent / "common"


@transaction.atomic
def add_common_frameworks() -> list[Framework]:
    """Enter the versions that are not there yet; give back those entered."""
    there = set(Framework.objects.filter(committee=None).values_list("code", "version"))
    return [
        add_framework(None, by=None, **fields)
        for fields in facts_of("frameworks")
        if (fields["code"], fields["version"]) not in there
    ]


@transaction.atomic
def add_common_centres() -> list[Centre]:
    there = set(Centre.objects.values_list("code", flat=True))
    return [
        add_centre(**fields | {"services": list(map(fact, fields["services"]))})
        for fields in facts_of("centres")
        if fields["code"] not in there
    ]


def facts_of(name: str) -> Iterator[dict[str, Any]]:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return map(fact, yaml.safe_load(text))


def fact(entry: dict[str, Any]) -> dict[str, Any]:
    """The columns of an entry, of which every one has a source, one or several."""
    sources = entry["source"]
    lines = [sources] if isinstance(sources, str) else sources
    return entry | {"basis": Basis.FACT, "source": "\n".join(lines)}
