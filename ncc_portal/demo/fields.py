"""From the text of a seed file to the values of a model's fields."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from governance.models.base import Basis, Sourced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ncc_portal.demo.reading import Entry, Scalar

    Values = dict[str, Any]

YES_NO = {"yes": True, "no": False}


class Register:
    """What is loaded, by its model and the code under which seed files name it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[type[models.Model], str], Any] = {}

    def add(self, row: models.Model, code: str) -> None:
        self.rows[type(row), str(code)] = row

    def find(
        self, entry: Entry, field: str, model: type[models.Model], code: Scalar
    ) -> Any:
        if (model, code) not in self.rows:
            words = {"noun": model._meta.verbose_name, "code": code}
            problem = _("there is no %(noun)s “%(code)s”.") % words
            raise entry.mistake(field, problem, code)
        return self.rows[model, code]


def day(entry: Entry, name: str) -> dt.date:
    value = entry.text(name)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        problem = _("“%s” is not a date like 2022-12-31.") % value
        raise entry.mistake(name, problem, value) from None


def amount(entry: Entry, name: str) -> Decimal:
    value = entry.text(name)
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        problem = _("“%s” is not a number like 60000 or 3.5.") % value
        raise entry.mistake(name, problem, value)
    return number


def whole(entry: Entry, name: str) -> int:
    value = entry.text(name)
    if not value.isdecimal():
        raise entry.mistake(name, _("“%s” is not a whole number.") % value, value)
    return int(value)


def time(entry: Entry, name: str) -> dt.time:
    value = entry.text(name)
    try:
        return dt.time.fromisoformat(value)
    except ValueError:
        problem = _("“%s” is not a time like 09:45.") % value
        raise entry.mistake(name, problem, value) from None


def moment(entry: Entry, name: str) -> dt.datetime:
    """A day and a time as the committee's clock shows them: `2021-12-07 09:45`."""
    value = entry.text(name)
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d %H:%M")  # noqa: DTZ007 -- the caller knows the zone
    except ValueError:
        problem = _("“%s” is not a time like 2021-12-07 09:45.") % value
        raise entry.mistake(name, problem, value) from None


def numbers_by_year(entry: Entry, name: str) -> dict[int, Decimal]:
    """The amounts written below the first calendar year of each fiscal year."""
    below = entry.entry(name)
    return {int(year): amount(below, year) for year in below}


def choice(entry: Entry, name: str, allowed: Iterable[str], at: Scalar) -> str:
    if at not in (allowed := list(allowed)):
        words = {"value": at, "allowed": ", ".join(allowed)}
        raise entry.mistake(name, _("“%(value)s” is none of %(allowed)s.") % words, at)
    return str(at)


def value_of(entry: Entry, field: Any, register: Register) -> Any:
    """The value of one field, after the kind of field that the model has."""
    name, model = field.name, field.related_model
    if field.many_to_many:
        return [register.find(entry, name, model, code) for code in entry.texts(name)]
    if model:
        return register.find(entry, name, model, entry.text(name))
    if field.choices:
        allowed = [value for value, _label in field.flatchoices if value]
        return choice(entry, name, allowed, entry.text(name))
    for kind, read in READERS.items():
        if isinstance(field, kind):
            return read(entry, name)
    return str(entry.text(name))


def yes_or_no(entry: Entry, name: str) -> bool:
    return YES_NO[choice(entry, name, YES_NO, entry.text(name))]


READERS: dict[type[models.Field], Callable[[Entry, str], Any]] = {
    models.DateField: day,
    models.TimeField: time,
    models.DecimalField: amount,
    models.IntegerField: whole,
    models.BooleanField: yes_or_no,
}


def is_required(field: Any) -> bool:
    return not (field.blank or field.has_default() or field.many_to_many)


def values(
    entry: Entry,
    model: type[models.Model],
    names: str,
    register: Register,
    *,
    extra: str = "",
) -> Values:
    """The fields `names` of `model`; `extra` names what the caller reads itself."""
    sourced = issubclass(model, Sourced)
    allowed = {*names.split(), *extra.split()}
    entry.known(allowed | {"basis", "source", "since"} if sourced else allowed)
    found = {}
    for name in names.split():
        field = model._meta.get_field(name)
        if entry.get(name):
            found[name] = value_of(entry, field, register)
        elif is_required(field):
            raise entry.mistake(name, _("it is missing."))
    return found | (basis_of(entry) if sourced else {})


def basis_of(entry: Entry) -> dict[str, str]:
    """What is written with a source is a fact, all else is for demonstration.

    `basis` is written only where a demonstration row cites something real.
    """
    sources = entry.texts("source")
    basis = Basis.FACT if sources else Basis.DEMONSTRATION
    if "basis" in entry:
        basis = Basis(choice(entry, "basis", Basis.values, entry.text("basis")))
    if basis == Basis.FACT and not sources:
        raise entry.mistake("source", _("a fact names where it comes from."))
    return {"basis": basis, "source": "\n".join(sources)}
