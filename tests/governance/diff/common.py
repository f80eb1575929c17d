"""Small snapshots, and what a comparison of two of them says."""

from governance.diff import compare, differing

NBSP = "\N{NO-BREAK SPACE}"

KIND = "strategy.ActivityPlan"


def node(uid, body="", *children, heading="", number="", **fields):
    return {
        "uid": uid,
        "number": number,
        "heading": heading,
        "body": body,
        "fields": {"type": "clause"} | fields,
        "children": list(children),
    }


def document(*provisions, kind=KIND, title="Plan", **fields):
    return {
        "kind": kind,
        "title": title,
        "fields": fields,
        "provisions": list(provisions),
    }


def report(*provisions, **fields):
    return {"documents": [document(*provisions, **fields)]}


def kinds(before, after):
    """(uid, kind) of every provision, in the order of the comparison."""
    return [(change.uid, change.kind) for change in compare(before, after)]


def only(before, after):
    (change,) = differing(compare(before, after))
    return change


def facts(before, after):
    """What is shown of the one provision whose facts go from `before` to `after`."""
    change = only(report(node("a", **before)), report(node("a", **after)))
    return [(c.label, c.before_text, c.after_text) for c in change.fields]
