"""How a cell refers to another row: by its key, code, number or name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from governance.models.base import CommitteeModel
from governance.models.provisions import Provision

if TYPE_CHECKING:
    from collections.abc import Container


def key_of(item: Any) -> str:
    """What a cell says of another row: its key or code, else its number or name."""
    for name in ("key", "code", "number"):
        if said := getattr(item, name, ""):
            return str(said)
    return str(item)


def names_of(item: Any) -> set[str]:
    """By which words a row is found in a cell: code, number, name, or both together."""
    key, name = key_of(item), name_of(item)
    short = str(getattr(item, "short_name", "") or "")
    return {said(t) for t in (key, name, short, f"{key} {name}") if t}


def said(text: str) -> str:
    """Words as they are compared."""
    return " ".join(text.split()).casefold()


def pieces_of(text: str, known: Container[str]) -> list[str]:
    """The names in a cell: between semicolons or lines, else commas, else “and”.

    A name that is known stays whole, whatever stands in it.
    """
    found: list[str] = []
    for part in re.split(r"[;\n]", text):
        for way in (r"\Z", ",", r"\s*/\s*|\s*&\s*|\s+and\s+|,"):
            names = [name.strip() for name in re.split(way, part) if name.strip()]
            if all(said(name) in known for name in names):
                break
        else:
            names = [name.strip() for name in part.split(",") if name.strip()]
        found += names
    return found


def keyed(model: Any) -> Any:
    """Every row, with what its key is made from."""
    names = []
    if issubclass(model, Provision):
        names = above(model)
    elif not issubclass(model, CommitteeModel):
        names = [f.name for f in model._meta.concrete_fields if f.many_to_one]
    rows = model._default_manager.all()
    return rows.select_related(*names) if names else rows


def above(model: type[Provision]) -> list[str]:
    """The relations that the number of a row is computed from."""
    names = []
    for name in model.siblings:
        source: Any = model._meta.get_field(name)
        if source.is_relation and issubclass(source.related_model, Provision):
            names.append(name)
            if source.related_model is not model:
                names += [f"{name}__{n}" for n in above(source.related_model)]
    return names


def label_of(item: Any) -> str:
    """The same with its name, for a list to choose from."""
    key, text = key_of(item), str(item)
    if text == key:
        text = name_of(item)
    return text if key in text else f"{key} {text}".strip()


def name_of(item: Any) -> str:
    names = (getattr(item, name, "") for name in ("name", "title", "statement"))
    return str(next(filter(None, names), ""))
