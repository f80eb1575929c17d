"""Members' spreadsheets, read safely: files and pasted blocks as numbered rows of text.

`uploaded` and `pasted` are the doors; `xlsx` is built of `zip_guard` (is it safe to
unpack), `parts` and `cells` (what the XML says), `formats` and `reading` (what it means).
"""

from governance.workbooks.pasted import read_pasted
from governance.workbooks.rows import Row, Sheet, Unreadable
from governance.workbooks.uploaded import read_workbook

__all__ = ["Row", "Sheet", "Unreadable", "read_pasted", "read_workbook"]
