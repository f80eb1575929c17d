"""A spreadsheet on its way into a table: pasted or sent, matched, looked at, entered.

Between the steps everything travels in the form: the rows as they were read, signed so
that only the portal makes them; every answer as an ordinary field. Nothing is stored.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.actions import imports
from governance.forms.base import ActionForm
from governance.importing import Answers
from governance.workbooks import Row, Sheet, Unreadable, read_pasted, read_workbook
from governance.workbooks.rows import MOST_BYTES, MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from governance.actions.imports import Run
    from governance.importing import Aim
    from governance.models import Import, User

SALT = "governance.forms.imports"
MOST_PACKED = 2_500_000  # letters in the form, of the 3 MB that a request may have
PLACE, MEANT = "place-", "meant-"


def packed(sheet: Sheet) -> str:
    """A sheet as it travels in a form; Unreadable where a request cannot hold it."""
    rows = [[row.number, row.cells] for row in sheet.rows]
    faults = [[*at, said] for at, said in sheet.faults.items()]
    parts = [sheet.name, rows, sheet.notes, faults]
    text = signing.dumps(parts, salt=SALT, compress=True)
    if len(text) > MOST_PACKED:
        raise Unreadable(_now("The rows hold too much text; send them in parts."))
    return text


def unpacked(text: str) -> Sheet:
    name, rows, notes, faults = signing.loads(text, salt=SALT)
    return Sheet(
        name,
        [Row(number, cells) for number, cells in rows],
        notes,
        {(row, place): said for row, place, said in faults},
    )


class SourceForm(ActionForm):
    """The rows themselves, pasted or as a file."""

    pasted = forms.CharField(
        label=_("Paste the rows here"),
        required=False,
        strip=False,
        help_text=_(
            "Mark the rows in Excel with their headings, copy, click here, paste."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "An .xlsx or .csv file of at most %(size)d MB with at most %(rows)d rows. The"
            " first sheet is read, without hidden rows; formulas count as their values."
        )
        % {"size": MOST_BYTES // 1024 // 1024, "rows": MOST_ROWS},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the rows; what cannot be read is said in one sentence."""
        data = super().clean() or {}
        file, text = data.get("file"), str(data.get("pasted") or "")
        name = "file" if file else "pasted"
        if file and text.strip():
            self.add_error(name, _now("Paste the rows or choose a file, not both."))
            return data
        try:
            if file:
                data["sheet"] = read_workbook(file.name, file.read(MOST_BYTES + 1))
            else:
                data["sheet"] = read_pasted(text)
            data["packed"] = packed(data["sheet"])
        except Unreadable as error:
            self.add_error(name, str(error))
        return data


class ImportForm(ActionForm):
    """The rows with what was answered about them; `run` is what would become of them."""

    also_sent = frozenset({"go", "check", "head", "headed", "comma", "out"})
    also_sent_as = (PLACE, MEANT)
    sheet = forms.CharField(widget=forms.HiddenInput, strip=False)
    seen = forms.CharField(widget=forms.HiddenInput, strip=False, required=False)

    def __init__(self, data: Any, *, aim: Aim, by: User) -> None:
        super().__init__(data)
        self.aim, self.by = aim, by

    def clean_sheet(self) -> Sheet:
        return self.opened(unpacked, self.cleaned_data["sheet"])

    def clean_seen(self) -> dict[str, int]:
        text = self.cleaned_data["seen"]
        if not text:
            return {}
        return self.opened(lambda t: signing.loads(t, salt=SALT), text)

    def opened(self, read: Any, text: str) -> Any:
        try:
            return read(text)
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _now("The rows did not arrive whole. Paste or choose them again.")
            ) from error

    @cached_property
    def answers(self) -> Answers:
        data: Mapping[str, str] = self.data
        width = len(self.cleaned_data["sheet"].rows[0].cells)
        names = {c.name for c in self.aim.columns} | {"key", "number"}
        chosen = [data.get(f"{PLACE}{n}", "") for n in range(width)]
        places = tuple(name if name in names else "" for name in chosen)
        meant = {n: v for n, v in data.items() if n.startswith(MEANT) and v}
        kept = "head" in data and data["head"] == data.get("headed")
        out = data.getlist("out") if hasattr(data, "getlist") else []
        comma = data.get("comma", "")
        return Answers(
            head=whole(data.get("head", "")),
            # With other headings the columns are guessed anew.
            places=places if kept else None,
            comma=comma if comma in {"thousands", "decimal"} else "",
            meant=meant,
            out=frozenset(n for text in out if (n := whole(text)) is not None),
        )

    @cached_property
    def run(self) -> Run | None:
        """None where the rows did not arrive."""
        if not self.is_valid() and "sheet" not in self.cleaned_data:
            return None
        sheet = self.cleaned_data["sheet"]
        return imports.try_out(self.aim, sheet, self.answers, by=self.by)

    def carry_out(self) -> Import:
        self.__dict__.pop("run", None)
        return imports.carry_out(
            self.aim,
            self.cleaned_data["sheet"],
            self.answers,
            seen=self.cleaned_data["seen"],
            by=self.by,
        )


def seal_seen(run: Run) -> str:
    return signing.dumps(run.seen, salt=SALT, compress=True)


def whole(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 8 else None
