"""The short forms that occur in a report, with their meaning."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from governance.snapshot import Snapshot

# What reports of this kind use and no snapshot explains.
STANDARD = {
    "ACP": _("African, Caribbean and Pacific Group of States"),
    "ACSRM": _("African Centre for the Study and Research on Migration"),
    "AMO": _("African Migration Observatory"),
    "AU": _("African Union"),
    "AUC": _("African Union Commission"),
    "COC": _("Continental Operational Centre"),
    "GCM": _("Global Compact for Safe, Orderly and Regular Migration"),
    "GDP": _("gross domestic product"),
    "GoL": _("Government of Lesotho"),
    "ILO": _("International Labour Organization"),
    "IOM": _("International Organization for Migration"),
    "KPA": _("Key Priority Area"),
    "MGI": _("Migration Governance Indicators"),
    "MIDSA": _("Migration Dialogue for Southern Africa"),
    "MPFA": _("Migration Policy Framework for Africa"),
    "NACOLA": _("National Advisory Committee on Labour"),
    "NCC": _("National Consultative Committee"),
    "NSDP": _("National Strategic Development Plan"),
    "PESTEL": _("political, economic, social, technological, environmental and legal"),
    "SADC": _("Southern African Development Community"),
    "SDG": _("Sustainable Development Goal"),
    "SMART": _("specific, measurable, achievable, relevant and time-bound"),
    "SWOT": _("strengths, weaknesses, opportunities and threats"),
    "ToR": _("terms of reference"),
    "TWG": _("technical working group"),
    "UNDP": _("United Nations Development Programme"),
}
TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z][A-Za-z0-9]*\Z")


def named_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every (short form, name) that a snapshot gives, wherever it stands."""
    if isinstance(value, list):
        for item in value:
            yield from named_in(item)
    elif isinstance(value, dict):
        if isinstance(value.get("code"), str) and isinstance(value.get("name"), str):
            yield value["code"], value["name"]
        if isinstance(name := value.get("institution_name"), str):
            yield value["institution"], name
        fields = value.get("fields", {})  # the words of a translation have none
        if "heading" in value and (short := fields.get("short_name")):
            yield short, value["heading"].removeprefix(short).strip()
        for item in value.values():
            yield from named_in(item)


def acronyms_in(text: str, content: Snapshot) -> list[tuple[str, str]]:
    """Short form and meaning, sorted: of those that occur in the HTML `text`."""
    committee = content["committee"]
    known = {short: str(name) for short, name in STANDARD.items()}
    known |= dict(named_in(content["documents"]))
    known |= dict(named_in(content.get("proceedings")))
    known[committee["short_name"]] = committee["name"]
    occurring = set(WORD.findall(html.unescape(TAG.sub(" ", text))))
    # TWG1 stands for TWG too.
    occurring |= {word.rstrip("0123456789") for word in occurring}
    found = {
        short: name
        for short, name in known.items()
        if short in occurring and SHORT.match(short) and name != short
    }
    return sorted(found.items(), key=lambda pair: pair[0].casefold())
