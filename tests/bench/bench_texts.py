"""The text of one field at its full length, in the worst forms: processor time.

Run: python -m tests.bench.bench_texts
What is typed by one person must not keep a worker from the others.
"""

import datetime as dt
import time
from decimal import Decimal

from django.conf import settings

LENGTH = 20_000
WORST = {
    "to HTML": [
        "*_" * 10_000,
        "**a" * 6_000,
        "[" * LENGTH,
        "[a](" * 5_000,
        "`" * LENGTH,
        "\\*" * 10_000,
        "- " * 10_000,
        "> " * 10_000,
        "- a\n" * 5_000,
        "x" * LENGTH,
    ],
    "split into clauses": [
        "1.\n" * 6_000,
        "\n".join(f"{n}. x" for n in range(2_500)),
        "1.1\n" * 5_000,
        "**" * 10_000,
        " " * LENGTH,
        "i.\n" * 6_000,
        "1.1.1.1.1.1.1.1." * 1_200,
    ],
    "two changes merged": [
        " ".join(f"word{n}" for n in range(2_400)),
        "the member shall attend " * 830,
        "a " * 10_000,
        "a, b. " * 3_300,
        "x" * LENGTH,
        "line\n" * 4_000,
    ],
}
MOST = {"to HTML": 1, "split into clauses": 1, "two changes merged": 3}  # seconds


def merged(text):
    from governance.merging import merge

    words = text.split(" ")
    mine = " ".join(w.upper() if n % 7 == 0 else w for n, w in enumerate(words))
    theirs = " ".join(w * 2 if n % 7 == 3 else w for n, w in enumerate(words))
    merge(text, mine, theirs)


def written():
    """A register of 500 rows as a workbook."""
    from governance.sheets import Column, workbook

    kinds = ["text", "whole", "number", "date", "money"]
    columns = [Column(f"Column {n}", kind=kinds[n % 5]) for n in range(12)]
    row = ["text " * 20, 1, 2.5, dt.date(2022, 1, 31), Decimal("12.50")]
    rows = [[*row, *row, f"RES/{n}", n] for n in range(500)]
    workbook("Register", columns, rows, created=dt.datetime(2022, 1, 1, tzinfo=dt.UTC))


def spent(act, *given):
    begun = time.process_time()
    act(*given)
    return time.process_time() - begun


def main():
    from governance.splitting import split_numbered
    from governance.text import to_html

    acts = {
        "to HTML": to_html,
        "split into clauses": split_numbered,
        "two changes merged": merged,
    }
    to_html("warm")
    print("== texts of the full length ==")
    for what, texts in WORST.items():
        worst, text = max((spent(acts[what], text), text[:12]) for text in texts)
        print(
            f"{ok(worst, MOST[what])} {what}: {worst:.2f} s (<= {MOST[what]}), {text!r}"
        )
    least = min(spent(written) for _ in range(3))
    print(
        f"{ok(least, 0.3)} 500 rows of 12 written as a workbook {least:.2f} s (<= 0.3)"
    )


def ok(value, most):
    return "ok  " if value <= most else "OVER"


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    main()
