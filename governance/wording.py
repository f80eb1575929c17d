"""What the wording of a draft resolution lacks: advice before the chair puts it.

It reads English, in which the committee drafts. A false alarm costs more trust than a
missed fault: what is not plainly wanting passes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import datetime as dt

# The operative verbs of African Union and United Nations resolutions.
OPERATIVE = """
    ACCEPTS ADOPTS AFFIRMS AGREES AMENDS APPEALS APPOINTS APPROVES ASKS ASSIGNS AUTHORISES
    AUTHORIZES COMMENDS COMMITS CONDEMNS CONFIRMS CONGRATULATES DECIDES DECLARES DELEGATES
    DESIGNATES DIRECTS EMPHASISES EMPHASIZES ENCOURAGES ENDORSES ESTABLISHES EXPRESSES
    EXTENDS INSTRUCTS INVITES MANDATES NOMINATES NOTES RATIFIES REAFFIRMS RECOGNISES
    RECOGNIZES RECOMMENDS REITERATES REMINDS REQUESTS RESCINDS RESOLVES REVOKES STRESSES
    SUPPORTS TAKES TASKS THANKS UNDERTAKES UNDERLINES UNDERSCORES URGES VALIDATES WELCOMES
"""
VERBS = frozenset(OPERATIVE.split())
# "FURTHER REQUESTS", "STRONGLY URGES", "CALLS UPON".
VERB = re.compile(
    r"(?:(?:ACCORDINGLY|ALSO|EARNESTLY|FURTHER|FURTHERMORE|HEREBY|SOLEMNLY|STRONGLY|THEREFORE)\W+)*"
    r"(CALLS (?:UP)?ON|CALLS FOR|[A-Z]+)"
)

EVERYBODY = re.compile(
    r"(?:all|everyone|everybody|various|tb[acd]|none|n/a|[-–—?.,+&]+)$"
    r"|(?:all|every|each|various|relevant|concerned)\b"
    r"|.*\b(?:leads|members|ministries|institutions|agencies|stakeholders|partners)$",
    re.IGNORECASE,
)
OFFICE = (
    r"agency|association|auc|authority|board|bureau|centre|chair|commission|commissioner"
    r"|committee|council|department|directorate|director|federation|institute|iom|minister"
    r"|ministry|office|secretariat|unit|university"
)
# A name with "of": what follows "and" belongs to it, as in "Ministry of Law and Justice".
HEADED = re.compile(
    rf"(?:the )?(?:\w+ ){{0,2}}(?:{OFFICE})\b.* (?:of|for|on)\b", re.IGNORECASE
)
BEGINS_BODY = re.compile(rf"(?:the )?(?:\w+ )?(?:{OFFICE})\b", re.IGNORECASE)
HOLDS_BODY = re.compile(rf"\b(?:{OFFICE}|services?)\b", re.IGNORECASE)
ACRONYM = re.compile(r"\w*[A-Z]\w*[A-Z]\w*$")
JOINT = re.compile(
    r"\s*(?:[,+&]|\b(?:and|or|plus|(?:together |jointly )?with)\b)\s*", re.IGNORECASE
)

VAGUE_TIME = re.compile(
    r"\b(?:as soon as (?:possible|practicable|feasible)|in due (?:course|time)"
    r"|in the (?:near|nearest|foreseeable) future|a\.?s\.?a\.?p|shortly|soonest"
    r"|at (?:the|its|their) earliest (?:possible|convenience|opportunity)"
    r"|(?<!as )soon(?! as\b))\b",
    re.IGNORECASE,
)
# Not vague beside a date: "to provide timely data by 31 March".
VAGUE_ALONE = re.compile(
    r"\b(?:timely|promptly|urgently|immediately|without (?:undue )?delay"
    r"|(?:when|where|whenever) possible|within a reasonable (?:time|period))\b",
    re.IGNORECASE,
)

ABSTRACT = (
    r"(?:awareness|capacity|capacities|collaboration|commitment|cooperation|co-operation"
    r"|coordination|co-ordination|dialogue|efforts|engagement|governance|management"
    r"|ownership|participation|partnerships?|performance|protection|relations"
    r"|understanding|visibility)"
)
AIM = r"(?:strengthen|improve|enhance|promote|foster|deepen|intensify|boost|support)"
VAGUE_TEXT = re.compile(
    rf"(?:.{{0,40}}\bto )?({AIM}(?: (?:[\w-]+ )?{ABSTRACT}(?:,? and (?:[\w-]+ )?{ABSTRACT})?)?)\W*",
    re.IGNORECASE,
)
CHANGE = re.compile(
    rf"(?:better|enhanced|greater|improved|increased|strengthened) (?:\w+ ){{0,2}}{ABSTRACT}\W*",
    re.IGNORECASE,
)
ACTIVITY = re.compile(
    r"(?:to )?(?:"
    # never the beginning of a thing's name
    r"(?:assist|attend|carry out|collect|conduct|continue|convene|coordinate|co-ordinate|develop"
    r"|discuss|engage|enhance|ensure|explore|facilitate|follow up|hold|implement|improve"
    r"|mobili[sz]e|organi[sz]e|participate|prepare|promote|provide|sensiti[sz]e|strengthen"
    r"|undertake)\b(?!-)"
    r"|(?:attending|conducting|continuing|ensuring|enhancing|facilitating|improving|organi[sz]ing"
    r"|participating|promoting|sensiti[sz]ing|strengthening)\b(?!-)"
    r"|(?:continued|continuous|ongoing) (?:support|engagement|work|dialogue|advocacy|lobbying)\b"
    # a "draft bill", a "training manual" and "implementing rules" are things
    r"|(?:audit|build|draft|host|lead|lobby|meet|monitor|raise|report|review|support|train|visit"
    r"|work)(?: (?:a|all|an|each|every|its|the|their|with)\b)|work on\b"
    r"|(?:coordinating|developing|drafting|engaging|holding|implementing|monitoring|preparing"
    r"|providing|reviewing|supporting|training)(?: (?:a|all|an|its|of|the|their|with)\b)"
    r")",
    re.IGNORECASE,
)


def remarks(
    *,
    verb: str,
    text: str,
    lead: str,
    due: dt.date | None,
    trigger: str,
    deliverable: str,
    means_of_verification: str,
) -> list[str]:
    """One sentence for each thing wanting, in the order of a resolution; none if all is said."""
    said = [_verb(verb), _text(text), _lead(lead)]
    said += _time(text, due, trigger)
    said.append(_deliverable(deliverable))
    if not means_of_verification.strip():
        said.append(_("It does not say what will prove that it was carried out."))
    return [remark for remark in said if remark]


def _verb(verb: str) -> str:
    if not verb.strip():
        return _("It has no operative verb, such as ADOPTS, DECIDES or REQUESTS.")
    found = VERB.match(" ".join(verb.upper().split()))
    if found and (found[1] in VERBS or found[1].startswith("CALLS ")):
        return ""
    message = _(
        "“%(verb)s” is not an operative verb, such as ADOPTS, DECIDES or REQUESTS."
    )
    return message % {"verb": verb.strip()}


def _text(text: str) -> str:
    if not text.strip():
        return _("It has no operative text.")
    vague = VAGUE_TEXT.fullmatch(" ".join(text.split()))
    if not vague:
        return ""
    message = _("“%(words)s” does not say what is to be done; name the act.")
    return message % {"words": vague[1]}


def _lead(lead: str) -> str:
    # What stands in brackets is an abbreviation or a remark.
    bare = " ".join(re.sub(r"\([^)]*\)", " ", lead).split())
    if not bare:
        return _("It names no lead institution.")
    if not EVERYBODY.match(bare) and not _joint(bare):
        return ""
    message = _(
        "“%(lead)s” is not one lead: name one institution, the others in support."
    )
    return message % {"lead": lead.strip()}


def _joint(lead: str) -> bool:
    """Whether two bodies stand here, rather than one with "and" in its name."""
    if re.search(r"[/;]", lead):
        return True
    first, *others = JOINT.split(lead)
    sign = BEGINS_BODY.match if HEADED.match(first) else HOLDS_BODY.search
    named = [p for p in others if sign(p) or ACRONYM.match(p)]
    return bool(named and (HOLDS_BODY.search(first) or ACRONYM.match(first)))


def _time(text: str, due: dt.date | None, trigger: str) -> list[str]:
    found = VAGUE_TIME.findall(f"{text}\n{trigger}")
    if due is None:
        found += VAGUE_ALONE.findall(f"{text}\n{trigger}")
    message = _("“%(words)s” is not a time: give a date, or the event it waits for.")
    said = [message % {"words": words} for words in dict.fromkeys(found)]
    if due is None and not trigger.strip():
        said.append(_("It has neither a date nor an event it waits for."))
    return said


def _deliverable(deliverable: str) -> str:
    bare = " ".join(deliverable.split())
    if not bare:
        return _("It names no deliverable: what exists once it is carried out.")
    if ACTIVITY.match(bare):
        message = _("“%(words)s” is an activity; name what exists once it is done.")
    elif CHANGE.fullmatch(bare):
        message = _(
            "“%(words)s” is a change that may follow; name what exists once it is done."
        )
    else:
        return ""
    return message % {"words": bare}
