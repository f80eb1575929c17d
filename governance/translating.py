"""What the other languages of a committee say, and how far behind the text they are.

Nothing about being up to date is stored: a translation keeps the words it translates,
and these are compared with the words of today.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from governance.differences import FieldChange, label
from governance.snapshot import Node, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

# Columns no longer than this hold numbers, codes and short names: they stay as they are.
LONGEST_CODE = 40
MISSING, DRAFT, CHECKED, CHANGED = "missing", "draft", "checked", "changed"
STANDINGS = (MISSING, DRAFT, CHECKED, CHANGED)

SAID_AS = {  # how far the text in another language is
    "draft": _("draft"),
    "checked": _("checked"),
    "changed": _("source changed"),
}

Texts = dict[str, str]


def translated_fields(model: Any) -> list[Any]:
    """The columns of a sort of provision whose words are translated, in its order."""
    return [
        field
        for field in model.text_fields()
        if field.max_length is None or field.max_length > LONGEST_CODE
    ]


def texts_of(row: Any) -> Texts:
    """The words of a provision as they are now, by column."""
    return {f.name: getattr(row, f.name) for f in translated_fields(type(row))}


@functools.cache
def models_of(kind: Any) -> list[Any]:
    """The sorts of provision with words in them that a kind of document may hold."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "document_path")
        and issubclass(kind, document_model(model))
        and translated_fields(model)
    ]


def document_model(model: Any) -> Any:
    """The kind of document that a sort of provision stands in."""
    for name in model.document_path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def source_texts(document: Any, uids: Iterable[Any] | None = None) -> dict[str, Texts]:
    """The words of today by uid and column, of all sorts of provision in one query."""
    kind: Any = type(document)
    parts = [columns_of(model, document, uids) for model in models_of(kind)]
    rows = parts[0].union(*parts[1:], all=True)
    return {str(uid): texts for uid, texts in rows}


def rows_of(document: Any, uids: Iterable[Any]) -> list[Any]:
    """Those provisions as rows, one query for a sort, with what they stand under."""
    found: list[Any] = []
    kind: Any = type(document)
    for model in models_of(kind):
        above = [n for n in model.siblings if model._meta.get_field(n).is_relation]
        rows = model._default_manager.filter(
            **{model.document_path: document.pk}, uid__in=uids
        )
        found += rows.select_related(*above) if above else rows
    return found


def columns_of(model: Any, document: Any, uids: Iterable[Any] | None) -> Any:
    rows = model._default_manager.filter(**{model.document_path: document.pk})
    if uids is not None:
        rows = rows.filter(uid__in=uids)
    names = {field.name: field.name for field in translated_fields(model)}
    return rows.order_by().values_list("uid", JSONObject(**names))


def in_words(texts: Texts) -> Texts:
    """Those columns in which something stands."""
    return {name: text for name, text in texts.items() if text}


def standing(translation: Any | None, source: Texts) -> str:
    """One of STANDINGS: how a translation stands to the words of today."""
    if translation is None or not in_words(translation.values):
        return MISSING
    if in_words(translation.source) != in_words(source):
        return CHANGED
    return str(translation.state)


def with_translations(document: Any, nodes: list[Node]) -> list[Node]:
    """The nodes, and in those that are translated `translations` by language.

    Where nothing is translated the nodes are what they were: so is the digest.
    """
    languages: Any = apps.get_model("governance", "CommitteeLanguage")
    named = languages.objects.filter(
        committee=document.committee_id, code=OuterRef("language")
    )
    rows = list(
        document.translations.order_by("language").annotate(
            name=Subquery(named.values("name")[:1])
        )
    )
    if rows:
        sources = source_texts(document, {row.provision_uid for row in rows})
        said = said_by_uid(rows, sources)
        for node, _depth in walk(nodes):
            if node["uid"] in said:
                node["translations"] = said[node["uid"]]
    return nodes


def said_by_uid(rows: list[Any], sources: dict[str, Texts]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for row in rows:
        uid = str(row.provision_uid)
        state = standing(row, sources.get(uid, {}))
        if state != MISSING:
            said.setdefault(uid, {})[row.language] = {
                "name": row.name or row.language,
                "state": state,
                "text": in_words(row.values),
            }
    return said


@dataclass(frozen=True)
class Entry:
    """A provision with words to translate, beside what there is of its translation."""

    node: Node
    source: Texts
    translation: Any | None

    @property
    def uid(self) -> str:
        return str(self.node["uid"])

    @property
    def label(self) -> str:
        return f"{self.node['number']} {self.node['heading']}".strip()

    @functools.cached_property
    def standing(self) -> str:
        return standing(self.translation, self.source)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Column by column the words and their translation, without empty columns."""
        values = self.translation.values if self.translation else {}
        pairs = [(text, values.get(name, "")) for name, text in self.source.items()]
        return [pair for pair in pairs if any(pair)]


def entries_of(document: Any, language: str) -> list[Entry]:
    """Every provision that has words, in reading order; removed ones are not counted."""
    sources = source_texts(document)
    found = document.translations.filter(language=language)
    translations = {str(row.provision_uid): row for row in found}
    entries = (
        Entry(node, sources.get(node["uid"], {}), translations.get(node["uid"]))
        for node, _depth in walk(document.to_snapshot()["provisions"])
    )
    return [entry for entry in entries if entry.pairs]


def counted(entries: list[Entry]) -> dict[str, int]:
    """How many there are in all, translated, and of each standing."""
    found = Counter(entry.standing for entry in entries)
    return {
        "total": len(entries),
        "translated": len(entries) - found[MISSING],
    } | {name: found[name] for name in STANDINGS}


def neighbours(entries: list[Entry], uid: str) -> tuple[Entry | None, Entry | None]:
    """The nearest provisions before and after that one that still need a translator."""
    place = next((n for n, entry in enumerate(entries) if entry.uid == uid), 0)
    waiting = (MISSING, CHANGED)
    before = [e for e in entries[:place] if e.standing in waiting]
    after = [e for e in entries[place + 1 :] if e.standing in waiting]
    return (before[-1] if before else None, after[0] if after else None)


def in_languages(nodes: list[Node]) -> dict[str, int]:
    """In how many of the nodes a checked text stands that is up to date, by language."""
    counted = Counter(
        said["name"]
        for node, _depth in walk(nodes)
        for said in node.get("translations", {}).values()
        if said["state"] == CHECKED
    )
    return dict(counted)  # a Counter would answer a template's `.items` with 0


def translation_changes(
    before: dict[str, Any], after: dict[str, Any]
) -> list[FieldChange]:
    """What differs between two `translations`: in each language its state and words."""
    changes = []
    for code in dict.fromkeys([*after, *before]):
        old, new = (_said(texts.get(code)) for texts in (before, after))
        language = (after.get(code) or before[code])["name"]
        changes += [
            FieldChange(
                f"translations.{code}.{name}",
                f"{language}: {label(name)}",
                old.get(name),
                new.get(name),
            )
            for name in dict.fromkeys([*new, *old])
            if old.get(name) != new.get(name)
        ]
    return changes


def _said(translation: dict[str, Any] | None) -> dict[str, str]:
    if translation is None:
        return {}
    return {"state": str(SAID_AS[translation["state"]])} | translation["text"]
