"""What a page in Chromium is at fault for: to axe, and to a phone and a desk."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (360, 1366)
OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
TOO_WIDE = """
    document.documentElement.scrollWidth - document.documentElement.clientWidth
"""


def faults(page, address=None):
    """What axe objects to, and how much too wide it is, at each width, narrow first.

    It is the page at an address, or the one that is shown now.
    """
    size = page.viewport_size
    found = []
    for width in WIDTHS:
        page.set_viewport_size(size | {"width": width})
        if address and width == WIDTHS[0]:
            page.goto(address)
        violations = Axe().run(page, options=OPTIONS).response["violations"]
        found += [
            f"{width}: {fault['id']}: {fault['nodes'][0]['html'][:120]}"
            for fault in violations
        ]
        if (too_wide := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{width}: {too_wide} px too wide")
    page.set_viewport_size(size)
    return found
