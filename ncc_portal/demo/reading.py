"""Seed files as text that knows its place: a mistake has a file, a line, a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from pathlib import Path


class SeedError(Exception):
    """A mistake in a seed file, as one sentence that says where it is."""

    def __init__(self, file: str, line: int, field: str, problem: str) -> None:
        where = _("%(file)s, line %(line)d") % {"file": file, "line": line}
        if field:
            where += _(", field “%s”") % field
        super().__init__(f"{where}: {problem}")


class Scalar(str):
    """A value as it is written: what it means, its field says."""

    __slots__ = ("line",)
    line: int


class Items(list[Any]):
    line: int


class Entry(dict[str, Any]):
    """A mapping of a seed file."""

    file: str
    line: int
    lines: dict[str, int]

    def mistake(self, field: str, problem: str, at: Any = None) -> SeedError:
        """The error to raise about `field`; `at` is the value where it stands."""
        line = getattr(at, "line", None) or self.lines.get(field, self.line)
        return SeedError(self.file, line, field, problem)

    def known(self, names: set[str]) -> None:
        """Raise SeedError for a field that is none of `names`."""
        for name in self:
            if name not in names:
                allowed = ", ".join(sorted(names))
                problem = _("there is no such field; there are %s.") % allowed
                raise self.mistake(name, problem)

    def text(self, name: str) -> Scalar:
        """The text of a field that must be there."""
        value = self.get(name, "")
        if not value:
            raise self.mistake(name, _("it is missing."))
        if not isinstance(value, Scalar):
            raise self.mistake(name, _("it should be one value."), value)
        return value

    def entry(self, name: str) -> Entry:
        value = self.get(name, "")
        if not isinstance(value, Entry):
            raise self.mistake(name, _("its own fields should stand below it."))
        return value

    def entries(self, name: str) -> list[Entry]:
        """The entries of a list; none where it is left out."""
        value = self.get(name) or []
        wrong = [item for item in value if not isinstance(item, Entry)]
        if wrong or not isinstance(value, list):
            raise self.mistake(name, _("it should be a list of entries."), value)
        return value

    def with_text(self, name: str, value: Scalar) -> Entry:
        """A copy in which a field has this value, where the value stands."""
        copy = Entry(self | {name: value})
        copy.file, copy.line = self.file, self.line
        copy.lines = self.lines | {name: value.line}
        return copy

    def texts(self, name: str) -> list[Scalar]:
        """The values of a list, or the one value that is written without a list."""
        value = self.get(name) or []
        items = [value] if isinstance(value, Scalar) else value
        if isinstance(items, Entry) or not all(isinstance(i, Scalar) for i in items):
            raise self.mistake(name, _("it should be a list of values."), value)
        return list(items)


class LineLoader(yaml.SafeLoader):
    """YAML without guesses: each value stays text, so `NO` is a code, not a false."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _scalar(loader: LineLoader, node: yaml.ScalarNode) -> Scalar:
    value = Scalar(loader.construct_scalar(node).strip())
    value.line = node.start_mark.line + 1
    return value


def _items(loader: LineLoader, node: yaml.SequenceNode) -> Items:
    items = Items(loader.construct_object(child, deep=True) for child in node.value)
    items.line = node.start_mark.line + 1
    return items


def _entry(loader: LineLoader, node: yaml.MappingNode) -> Entry:
    entry = Entry()
    entry.file, entry.line, entry.lines = loader.name, node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        line = key_node.start_mark.line + 1
        if key in entry:
            raise SeedError(entry.file, line, key, _("it is given twice."))
        entry.lines[key] = line
        entry[key] = loader.construct_object(value_node, deep=True)
    return entry


LineLoader.add_constructor("tag:yaml.org,2002:str", _scalar)
LineLoader.add_constructor("tag:yaml.org,2002:seq", _items)
LineLoader.add_constructor("tag:yaml.org,2002:map", _entry)


def read_file(path: Path) -> Entry:
    """Read one seed file: a mapping, of which every value is text."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SeedError(path.name, 1, "", _("it is not UTF-8 text.")) from None
    loader = LineLoader(text)
    loader.name = path.name
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = _("this is not YAML: %s.") % error.problem
        raise SeedError(path.name, line, "", problem) from None
    except yaml.YAMLError as error:
        raise SeedError(path.name, 1, "", _("this is not YAML: %s.") % error) from None
    finally:
        loader.dispose()
    if not isinstance(content, Entry):
        raise SeedError(
            path.name, 1, "", _("it should begin with the name of a field.")
        )
    return content
