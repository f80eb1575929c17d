"""HTML to PDF: the only module that knows WeasyPrint.

It is also a program: `python -m governance.pdf IDENTIFIER` reads HTML and writes a PDF.
So the memory of a rendering goes back to the system, and what renders knows neither
the database nor a secret.
"""

from __future__ import annotations

import functools
import gc
import logging
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

if TYPE_CHECKING:
    from governance.snapshot import Snapshot

ROOT = Path(__file__).resolve().parent.parent
STYLESHEET = ROOT / "static" / "css" / "report.css"
FONTS = ROOT / "static" / "fonts"
DOCTYPE = "<!DOCTYPE html>"
NOTES = re.compile(r"^::(?:foot)?note-[^}]*}", re.MULTILINE)
VARIANT = "pdf/ua-1"

SECONDS = 120  # of processor time; 240 pages take some 30
BYTES = 1024**3

logger = logging.getLogger(__name__)


class Printed(NamedTuple):
    data: bytes
    pages: int


class RenderingFailed(Exception):
    """The PDF could not be made; the message is for the log."""


def bundled_files_only() -> Any:
    """A fetcher that opens our own stylesheet and fonts: no network, file or data."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- slow, and needed here only

    allowed = {path.as_uri() for path in [STYLESHEET, *FONTS.glob("*.ttf")]}

    class BundledFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise PermissionError(f"A report may not fetch {url[:200]}")
            return super().fetch(url, headers)

    return BundledFiles(allowed_protocols=["file"], allow_redirects=False)


@functools.cache
def remember_page_references() -> None:
    """Give pydyf's list of pages a memory.

    WeasyPrint asks for it at every tag, and pydyf writes it anew every time: the time
    for tags would grow with the square of the pages (a tenth of it all at 240 pages).
    """
    import pydyf  # noqa: PLC0415 -- comes with WeasyPrint

    written = pydyf.PDF.page_references

    def page_references(self: Any) -> Any:
        count = self.pages["Count"]
        if getattr(self, "_references", (None, None))[0] != count:
            self._references = count, written.fget(self)
        return self._references[1]

    pydyf.PDF.page_references = property(page_references)


def write_objects_once(document: Any, pdf: Any) -> None:
    """Compress every object now: with an identifier, pydyf would do it twice."""
    import pydyf  # noqa: PLC0415 -- comes with WeasyPrint

    class Written(pydyf.Object):
        data = b""
        compressible = False

        def __init__(self, original: Any) -> None:
            super().__init__()
            self.number, self.free = original.number, original.free
            self.generation = original.generation
            self.compressible = original.compressible
            self.data = original.data

    pdf.objects[:] = [obj if obj.free == "f" else Written(obj) for obj in pdf.objects]


def report_of(html: str) -> Any:
    """`html` as WeasyPrint's tree, made in less time and memory, to the same PDF.

    Our templates are well-formed XML too, which the parser in C reads in a fiftieth
    of the time; what it refuses goes the long way. Of the stylesheet that stands for
    a browser's, the notes and markers are left out where a report has none: they give
    every element six styles more (a quarter of the memory, a tenth of the time).
    """
    import cssselect2  # noqa: PLC0415 -- comes with WeasyPrint
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- slow, and needed here only
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415 -- as above
    from weasyprint.html import UA  # noqa: PLC0415 -- as above

    basics = NOTES.sub("", UA).replace("\n::marker", "\nli::marker")
    basics_sheet = CSS(string=basics, counter_style=CounterStyle())

    class Report(HTML):
        def __init__(self) -> None:
            try:
                root = ElementTree.fromstring(html.replace(DOCTYPE, "", 1))  # noqa: S314 -- made by our templates; expat refuses entity bombs
            except ElementTree.ParseError:
                super().__init__(string=html, url_fetcher=bundled_files_only())
                return
            self.base_url = None
            self.url_fetcher = bundled_files_only()
            self.media_type = "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
                root, content_language=None
            )
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [basics_sheet]

    return Report()


def html_to_pdf(html: str, identifier: str) -> Printed:
    """Set `html` as tagged PDF; the same text gives the same bytes.

    The garbage collector rests meanwhile: WeasyPrint makes millions of objects and
    few of them are garbage (a fifth of the time).
    """
    remember_page_references()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        document = report_of(html).render(pdf_variant=VARIANT)
        data = document.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=identifier.encode(),
            finisher=write_objects_once,
        )
    finally:
        if was_enabled:
            gc.enable()
    return Printed(data, len(document.pages))


def report_and_identifier(content: Snapshot) -> tuple[str, str]:
    from governance.printing import report_html  # noqa: PLC0415 -- the child has no Django
    from governance.snapshot import digest  # noqa: PLC0415 -- as above

    html = report_html(content, STYLESHEET.as_uri())
    return html, digest(content)[:32]


def render_pdf(content: Snapshot) -> bytes:
    """The report's PDF, made in this process."""
    return html_to_pdf(*report_and_identifier(content)).data


def render_pdf_apart(content: Snapshot) -> Printed:
    """The same bytes, made in a child process. Raises RenderingFailed."""
    return print_apart(*report_and_identifier(content))


def print_apart(html: str, identifier: str) -> Printed:
    """Set `html` as PDF in a child process. Raises RenderingFailed.

    The child writes the number of pages on a line, then the PDF.
    """
    command = [sys.executable, "-m", "governance.pdf", identifier]
    kept = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "FONTCONFIG_PATH")
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, no shell
            command,
            input=html.encode(),
            capture_output=True,
            cwd=ROOT,
            env={name: os.environ[name] for name in kept if name in os.environ},
            timeout=4 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed(f"Not done after {error.timeout} s.") from error
    pages, _newline, data = done.stdout.partition(b"\n")
    if done.returncode or not data.startswith(b"%PDF"):
        said = done.stderr.decode(errors="replace")[-2000:]
        raise RenderingFailed(f"Exit status {done.returncode}: {said}")
    return Printed(data, int(pages))


def main(identifier: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    printed = html_to_pdf(sys.stdin.read(), identifier)
    sys.stdout.buffer.write(b"%d\n" % printed.pages + printed.data)


if __name__ == "__main__":
    main(sys.argv[1])
