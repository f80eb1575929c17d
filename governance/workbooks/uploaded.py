"""A file somebody sends: by its name, its size and its first bytes, to its reader."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from governance.uploads import clean_name
from governance.workbooks.pasted import read_csv
from governance.workbooks.rows import MOST_BYTES, Sheet, Unreadable
from governance.workbooks.xlsx import documents, macros, old_format, read_xlsx


def read_workbook(name: str, data: bytes) -> Sheet:
    """The rows of an .xlsx or .csv file; Unreadable says in one sentence what to do.

    Formulas count as the values they last had. Hidden rows are left out and reported.
    """
    path = PurePosixPath(clean_name(name))
    ending = path.suffix.lower()
    if ending not in {".xlsx", ".csv"}:
        raise _not_read(ending)
    if not data:
        raise Unreadable(_("The file is empty; choose the one that holds the rows."))
    if len(data) > MOST_BYTES:
        raise Unreadable(
            _(
                "The file is larger than 2 MB; copy only the rows into a new workbook, "
                "save it as .xlsx and try again."
            )
        )
    return read_csv(path.stem, data) if ending == ".csv" else read_xlsx(data)


def _not_read(ending: str) -> Unreadable:
    if ending == ".xls":
        return old_format()
    if ending == ".xlsm":
        return macros()
    if ending in {".doc", ".docx"}:
        return documents()
    return Unreadable(
        _(
            "Only .xlsx and .csv files are read; open the file in the program that made "
            "it, save it as .xlsx and try again."
        )
    )
