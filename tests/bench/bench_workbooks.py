"""Members' workbooks: processor time and memory, for a usual one and for every hostile one.

Run: python -m tests.bench.bench_workbooks
The files are made first; a fresh process reads one after the other.
"""

import contextlib
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from django.conf import settings


def usual(rows, columns):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    for r in range(rows):
        for c in range(columns):
            sheet.write(r, c, f"Activity {r} of office {c}" if c % 2 else r * 1.5)
    book.close()
    return out.getvalue()


def worst():
    """Files that keep every rule of the ZIP and cost as much as they can."""
    from tests.governance import hostile_files as h

    few = "".join(
        "<x " + " ".join(f'b{n * 800 + m:x}=""' for m in range(800)) + "/>"
        for n in range(490)
    )
    words = "".join(f"<b/>{n * n}" for n in range(150_000))
    texts = [f"<t>{n}</t>" for n in range(90_000)]
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 190_000))
    cells = "".join('<c t="s"><v>0</v></c>' for _ in range(60))
    full = "".join(f"<row>{cells}</row>" for _ in range(500))
    return {
        "few cells, many attributes": h.book(before=few),
        "90,000 texts": h.book(h.row('<c t="s"><v>89999</v></c>'), texts=texts),
        "190,000 merged cells": h.book(h.row(), after=areas),
        "a full sheet of long texts": h.book(full, texts=[f"<t>{'a word ' * 9}</t>"]),
        "words beside the cells": h.book(h.row(), after=f"<a>{words}</a>"),
    }


def files():
    from tests.governance.hostile_files import HOSTILE

    yield "300 rows of 12", "plan.xlsx", usual(300, 12)
    yield "500 rows of 60", "plan.xlsx", usual(500, 60)
    for case, (name, made, _) in HOSTILE.items():
        yield case, name, made()
    for case, data in worst().items():
        yield case, "plan.xlsx", data


def memory(what):
    """VmRSS now or VmHWM, the peak since it was last reset, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{what}:")[1].split()[0]) / 1024


def measure(folder):
    """What the measured process does."""
    from governance.workbooks import Unreadable, read_pasted, read_workbook

    read_pasted("warm")
    base = memory("VmRSS")  # what an earlier file left behind counts against the next
    found = {}
    for path in sorted(Path(folder).iterdir()):
        data = path.read_bytes()
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        begun = time.process_time()
        with contextlib.suppress(Unreadable):
            read_workbook(path.name, data)
        found[path.name] = time.process_time() - begun, memory("VmHWM") - base
    begun = time.process_time()
    read_pasted('"""\t' * 20 + ('"' * 2001 + "\n") * 400)
    found["pasted"] = time.process_time() - begun, 0
    print(json.dumps(found))


def main():
    with tempfile.TemporaryDirectory() as folder:
        cases = {}
        for n, (case, name, data) in enumerate(files()):
            key = f"{n:03}-{name}"
            cases[key] = case
            (Path(folder) / key).write_bytes(data)
        command = [sys.executable, "-m", "tests.bench.bench_workbooks", folder]
        done = subprocess.run(command, capture_output=True, check=True)
    found = json.loads(done.stdout)
    show(found, cases)


def show(found, cases):
    usual_one, full = list(found)[:2]
    hostile = [key for key in cases if key not in {usual_one, full}]
    slowest = max(hostile, key=lambda key: found[key][0])
    heaviest = max(cases, key=lambda key: found[key][1])
    peak = found[heaviest][1]
    print("== workbooks ==")
    for key, most in ((usual_one, 0.3), (full, 2)):
        print(
            f"{ok(found[key][0], most)} {cases[key]} read in {found[key][0]:.2f} s (<= {most})"
        )
    print(
        f"{ok(found[slowest][0], 1)} {len(hostile)} hostile files: the slowest, "
        f"{cases[slowest]}, {found[slowest][0]:.2f} s (<= 1)"
    )
    print(f"{ok(peak, 64)} the heaviest, {cases[heaviest]}, {peak:.0f} MB more (<= 64)")
    print(
        f"{ok(found['pasted'][0], 0.3)} quotation marks pasted {found['pasted'][0]:.2f} s (<= 0.3)"
    )


def ok(value, most):
    return "ok  " if value <= most else "OVER"


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    if len(sys.argv) == 2:
        measure(sys.argv[1])
    else:
        main()
