"""How two texts differ, word by word, and two sets of facts, as a person reads them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.formats import day, money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A word keeps its accents and apostrophes (ts'oha), a number its groups (3 480 000.50).
LETTER = r"[\w\u0300-\u036f]"
WORD = re.compile(
    rf"{LETTER}+(?:['’ʼ]{LETTER}+|(?<=\d)[.,\u00a0\u202f](?=\d){LETTER}+)*|\s+|[^\w\s]"
)
SENTENCE = re.compile(r".+?(?:(?<=[.;!?])\s+|\n+|\Z)", re.DOTALL)
MOST_TOKENS = 4_000
MOST_PAIRS = 80_000  # of equal tokens: what difflib's time grows with

NOTHING = "–"
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
LABELS = {  # of the names that do not say it themselves
    "body": _("text"),
    "ends_on": _("end date"),
    "short_name": _("short name"),
    "starts_on": _("start date"),
}


class Piece(NamedTuple):
    kind: Literal["same", "ins", "del"]
    text: str


class Run(NamedTuple):
    """Tokens of the one text beside those of the other that stand in their place."""

    before: list[str]
    after: list[str]

    @property
    def same(self) -> bool:
        return self.before == self.after


def words(before: str, after: str) -> list[Piece]:
    """The difference word by word; `same` and `del` joined give `before` exactly.

    Very long or very repetitive texts are compared by sentence instead.
    """
    if before == after:
        return [Piece("same", before)] if before else []
    for pattern in (WORD, SENTENCE):
        old, new = pattern.findall(before), pattern.findall(after)
        head, middle, tail = _trimmed(Run(old, new))
        if _is_affordable(*middle):
            found = _grouped([head, *_matched(*middle), tail])
            return _pieces(_grouped(_without_crumbs(found)))
    return _pieces([head, middle, tail])


def _trimmed(run: Run) -> tuple[Run, Run, Run]:
    """The equal tokens at the start, what lies between, the equal ones at the end."""
    old, new = run
    shorter, start, end = min(len(old), len(new)), 0, 0
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last, rest = old[:start], len(old) - end, len(new) - end
    middle = Run(old[start:last], new[start:rest])
    return Run(first, first), middle, Run(old[last:], old[last:])


def _grouped(runs: Iterable[Run]) -> list[Run]:
    """Equal and different runs in turn, with no more in the different than must be."""
    parts = [part for run in runs for part in _trimmed(run) if any(part)]
    return [_joined(*group) for _same, group in groupby(parts, lambda run: run.same)]


def _joined(*runs: Run) -> Run:
    return Run(
        [token for run in runs for token in run.before],
        [token for run in runs for token in run.after],
    )


def _is_affordable(old: list[str], new: list[str]) -> bool:
    if min(len(old), len(new)) > MOST_TOKENS:
        return False
    times, others = Counter(old), Counter(new)
    pairs = (n * others[token] for token, n in times.items() if not _is_gap(token))
    return sum(pairs) <= MOST_PAIRS


def _is_gap(token: str) -> bool:
    return token.isspace() and "\n" not in token


def _matched(old: list[str], new: list[str]) -> Iterator[Run]:
    """Equal words, and what stands between them; spaces are left out of the search."""
    here = [i for i, token in enumerate(old) if not _is_gap(token)]
    there = [i for i, token in enumerate(new) if not _is_gap(token)]
    matcher = SequenceMatcher(
        None, [old[i] for i in here], [new[i] for i in there], autojunk=False
    )
    i = k = 0
    for start, other, size in matcher.get_matching_blocks():
        for n in range(size):
            word, same = here[start + n], there[other + n]
            yield Run(old[i:word], new[k:same])
            i, k = word + 1, same + 1
            yield Run(old[word:i], new[same:k])
    yield Run(old[i:], new[k:])


def _without_crumbs(runs: Iterable[Run]) -> list[Run]:
    """Join two replacements that only a space or punctuation mark holds apart."""
    done: list[Run] = []
    for run in runs:
        done.append(run)
        if len(done) > 2 and _is_crumb(*done[-3:]):
            done[-3:] = [_joined(*done[-3:])]
    return done


def _is_crumb(left: Run, gap: Run, right: Run) -> bool:
    """A new paragraph is no crumb, nor what stands between two insertions."""
    between = "".join(gap.before)
    return (
        gap.same
        and not (left.same or right.same)
        and not re.search(r"[\w\n]", between)
        and bool(left.before or right.before)
        and bool(left.after or right.after)
    )


def _pieces(runs: list[Run]) -> list[Piece]:
    pieces: list[Piece] = []
    for run in runs:
        old, new = "".join(run.before), "".join(run.after)
        changed = [Piece("del", old), Piece("ins", new)]
        pieces += [Piece("same", old)] if run.same else changed
    by_kind = groupby((piece for piece in pieces if piece.text), lambda p: p.kind)
    return [Piece(kind, "".join(p.text for p in group)) for kind, group in by_kind]


@dataclass(frozen=True)
class FieldChange:
    """A fact that differs; None, empty text and an empty list are all “nothing”."""

    name: str
    label: str
    before: Any
    after: Any

    @property
    def before_text(self) -> str:
        return self._texts[0]

    @property
    def after_text(self) -> str:
        return self._texts[1]

    @cached_property
    def _texts(self) -> tuple[str, str]:
        """Short, such as an institution's code, unless the short texts are the same."""
        short = readable(self.before, self.name), readable(self.after, self.name)
        if short[0] != short[1]:
            return short
        read = partial(readable, name=self.name, full=True)
        return read(self.before), read(self.after)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The difference word by word, for a fact that is a long text."""
        return words(*self._texts)


def field_changes(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    """What differs between two `fields`, in the order of `after`.

    A choice stands in a snapshot twice, as `status` and `status_name`: it is one
    change, called `status`, with the values of the readable one.
    """
    if before == after:
        return []
    names = dict.fromkeys([*after, *before])
    changes = []
    for name in names:
        if name.endswith("_name") and name.removesuffix("_name") in names:
            continue
        old, new = before.get(name), after.get(name)
        said = tuple(fields.get(f"{name}_name") for fields in (before, after))
        if said[0] != said[1]:
            old, new = said[0] or old, said[1] or new
        if _or_nothing(old) != _or_nothing(new):
            changes.append(FieldChange(name, label(name), old, new))
    return changes


def _or_nothing(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def label(name: str) -> str:
    """The name of a field in words: `budget_cents` is “budget”, `due_on` “due date”."""
    if name in LABELS:
        return str(LABELS[name])
    text = re.sub(r"^is_|_(cents|name)$", "", name)
    text = re.sub(r"^co_", "co-", re.sub(r"_on$", "_date", text))
    return _now(text.replace("_", " ")) if text else name


def readable(value: Any, name: str = "", *, full: bool = False) -> str:
    """A value of the field `name` as text; `full` also gives the names behind codes."""
    if _or_nothing(value) is None:
        return NOTHING
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    if isinstance(value, int) and name.endswith("_cents"):
        return money(value)
    if isinstance(value, dict):
        return _thing(value, full=full)
    if isinstance(value, list):
        items = [readable(item, name, full=full) for item in value]
        return ("; " if any(", " in item for item in items) else ", ").join(items)
    return _date(str(value))


def _date(text: str) -> str:
    """An ISO date as people write it; any other text as it is."""
    if not ISO_DATE.fullmatch(text):
        return text
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:  # somebody's number that only looks like a date
        return text


def _thing(value: dict[str, Any], *, full: bool) -> str:
    """An institution, a result, a target or a budget line in one line."""
    if not full:
        for key in ("code", "number", "name"):
            if value.get(key):
                return " ".join(filter(None, [value.get("framework"), str(value[key])]))
    if value.keys() == {"year", "value"}:
        return f"{value['year']}: {value['value']}"
    shown = {
        key: readable(item, key, full=full)
        for key, item in value.items()
        if key != "uid" and f"{key}_name" not in value
    }
    texts = [
        f"({text})" if isinstance(value[key], list) else text
        for key, text in shown.items()
        if text != NOTHING
    ]
    return ", ".join(texts) or NOTHING
