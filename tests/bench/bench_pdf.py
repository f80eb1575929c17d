"""The PDF: seconds a page, processor time against plain WeasyPrint, memory.

Run: python -m tests.bench.bench_pdf
Each measurement is a fresh process; of several the best counts, ours and plain in turn.
"""

import copy
import json
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

from tests.bench.throwaway import lesotho

PAGES = (30, 60, 120, 240)
TIMES = {30: 3, 60: 3, 120: 2, 240: 1}
ONCE = {"body", "statement", "legal_instrument", "meeting_rule", "quorum_rule"}
ONCE |= {"decision_rule", "advocacy_statement"}


def renewed(node):
    children = [renewed(child) for child in node["children"]]
    return node | {"uid": str(uuid.uuid4()), "children": children}


def grown(content, factor):
    """The report with `factor` times its provisions; what can be only once stays so."""
    content = copy.deepcopy(content)
    for document in content["documents"]:
        many = [n for n in document["provisions"] if n["fields"]["type"] not in ONCE]
        kept = [n for n in document["provisions"] if n["fields"]["type"] in ONCE]
        whole, part = divmod(round(len(many) * factor), len(many) or 1)
        rows = many * whole + many[:part]
        document["provisions"] = kept + [renewed(node) for node in rows]
    return content


def measure(how, path):
    """What this process does when it is the measured one."""
    import resource
    import time

    from governance import pdf

    html = Path(path).read_text()
    import weasyprint

    begun = time.process_time()
    if how == "plain":
        document = weasyprint.HTML(string=html).render(pdf_variant=pdf.VARIANT)
        document.write_pdf(pdf_variant=pdf.VARIANT)
        pages = len(document.pages)
    else:
        pages = pdf.html_to_pdf(html, "0" * 32).pages
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "pages": pages, "peak": peak}))


def measured(how, html, folder):
    path = Path(folder) / "report.html"
    path.write_text(html)
    command = [sys.executable, "-m", "tests.bench.bench_pdf", how, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return json.loads(done.stdout)


def html_of(content, factor):
    from governance.pdf import STYLESHEET
    from governance.printing import report_html

    return report_html(grown(content, factor), STYLESHEET.as_uri())


def factors(content, folder):
    """How often the provisions must be there for about so many pages."""
    one = measured("ours", html_of(content, 1), folder)["pages"]
    four = measured("ours", html_of(content, 4), folder)["pages"]
    step = (four - one) / 3
    return {pages: max((pages - one) / step + 1, 0.1) for pages in PAGES}


def speed(content, folder):
    rates = []
    for pages, factor in factors(content, folder).items():
        html = html_of(content, factor)
        ours, plain = [], []
        for _ in range(TIMES[pages]):
            ours.append(measured("ours", html, folder))
            plain.append(measured("plain", html, folder))
        best = min(run["seconds"] for run in ours)
        ratio = best / min(run["seconds"] for run in plain)
        real, peak = ours[0]["pages"], max(run["peak"] for run in ours)
        rates.append(best / real)
        print(
            f"pdf {real:4d} pages: {best:6.2f} s CPU, {best / real:.4f} s a page,"
            f" {ratio:.2f} of plain WeasyPrint (at most 0.85), peak {peak:.0f} MB"
            + (" (at most 260)" if pages == 60 else "")
        )
    middle = (max(rates) + min(rates)) / 2
    print(f"pdf seconds a page: within ±{(max(rates) / middle - 1):.1%} (at most 15%)")


def asked_twice(report):
    """How many PDFs are made when two people ask for the same text."""
    from governance.actions.renderings import make_pdf
    from governance.actions.reports import request_rendering
    from governance.models import Event, User

    people = User.objects.filter(
        role_assignments__committee=report.committee,
        role_assignments__role__in=["secretariat", "chair"],
    ).distinct()[:2]
    for person in people:
        make_pdf(request_rendering(report, by=person).pk)
    made = Event.objects.filter(verb="PDF made").count()
    print(f"pdf asked for by {len(people)} people: made {made} time (must be 1)")


def main():
    with lesotho(), tempfile.TemporaryDirectory() as folder:
        from django.conf import settings

        from governance.models import Report

        settings.MEDIA_ROOT = folder
        report = Report.objects.get(committee__slug="lesotho")
        speed(report.to_snapshot(), folder)
        asked_twice(report)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], sys.argv[2])
    else:
        main()
