"""What the fields of the API mean, where the model's own name for them is not enough.

A key is a field's name, or `Model.field` where one model means something else by it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

AMOUNT = _("Amount, as decimal text in the committee's currency.")
YEAR = _(
    "Fiscal year, named by the calendar year in which it begins: 2022 for 2022/23."
)
DAY = _("Day, as 2022-12-31.")

DESCRIPTIONS: dict[str, Any] = {
    "id": _("Number of the row in this portal."),
    "uid": _("Identity of the provision; survives editing, renumbering and moving."),
    "number": _("As printed, computed from order and parent: Art. 9, OP3.1; or empty."),
    "position": _("Place among its siblings, from 1."),
    "parent": _("The provision that this one is part of; null at the top."),
    "document": _("Id of the document that it is part of."),
    "committee": _("Id of the committee that it belongs to."),
    "report": _("Id of the report, an edition, that it is part of."),
    "basis": _(
        "fact: rests on a source; demonstration: invented; empty: neither said."
    ),
    "sources": _("Web addresses or citations of the sources."),
    "code": _("Code, unique in the committee or the list."),
    "name": _("Name."),
    "title": _("Title, or text where it has no title."),
    "heading": _("Heading."),
    "body": _("Text, in restricted Markdown: bold, italic, lists and links."),
    "note": _("Note."),
    "version": _("Version."),
    "year": YEAR,
    "amount": AMOUNT,
    "state": _("State, one of the list; changed only by the moves of the flow."),
    "starts_on": _("First day."),
    "ends_on": _("Last day; null when open."),
    "alignments": _("Items of reference frameworks that it is aligned to."),
    "objective": _("Strategic objective that it serves."),
    "Institution.valid_from": _("First day of its existence; null when not known."),
    "Institution.valid_to": _("Last day of its existence; null when it exists."),
    "Institution.successor": _("Institution by which it is continued."),
    "Committee.fiscal_year_starts": _("First month of the fiscal year, 1 to 12."),
    "Committee.colour": _("Colour of its pages, as #0b5a3c."),
    "Committee.country_code": _("Country code, ISO 3166-1 alpha-2."),
    "Committee.currency": _("Currency code, ISO 4217; all its amounts are in it."),
    "Document.kind": _("Kind of document, such as strategy.StrategicPlan."),
    "Document.revision": _("Counts up with every edit."),
    "Report.version": _("Version of the working text, such as 0.1."),
    "Framework.committee": _("Id of its committee; null: common to all committees."),
    "Framework.short_name": _("Short name of the framework, such as GCM."),
    "FrameworkItem.code": _("Number in the framework, such as 23 or KPA IV."),
    "LegalOption.months_least": _("Time it takes at least, in months."),
    "LegalOption.months_most": _("Time it takes at most, in months."),
    "LegalInstrument.year": _("Calendar year of the instrument."),
    "MeetingRule.ordinary_a_year": _("Ordinary meetings in a calendar year."),
    "MeetingRule.notice_days": _("Notice of a meeting, in days."),
    "MeetingRule.papers_days": _("How long before a meeting papers are sent, in days."),
    "Body.short_name": _("Short name, or empty."),
    "Body.members": _("Institutions that are members of the body."),
    "StrategicPlan.first_year": YEAR,
    "StrategicPlan.years": _("How many fiscal years it lasts."),
    "Indicator.result": _("Result that it measures."),
    "Indicator.baseline": _(
        "Value at the start, decimal text in the indicator's unit."
    ),
    "Indicator.baseline_year": YEAR,
    "Indicator.baseline_due": _("Day by which an open baseline is to be set."),
    "Indicator.out_of": _(
        "Highest number possible, where the unit is a number of so many."
    ),
    "Risk.likelihood": _("Likelihood from 1, rare, to 5; null for an assumption."),
    "Risk.impact": _("Impact from 1, slight, to 5; null for an assumption."),
    "CostEstimate.is_funded": _("Whether the money is there; null when not known."),
    "Activity.partners": _("Institutions that take part."),
    "Activity.partner_bodies": _("Bodies of the committee that take part."),
    "Activity.centre": _("Migration centre that helps."),
    "Activity.output": _("Output that it delivers."),
    "Activity.quarters": _("Quarters of the fiscal year in which it runs, 1 to 4."),
    "ActivityPlan.plan": _("Id of the strategic plan that it carries out."),
    "AdvocacyObjective.due_on": _("Day by which it should be reached."),
    "AdvocacyObjective.serves": _("Strategic objective that it serves."),
    "AdvocacyActivity.objective": _("Advocacy objective that it serves."),
    "AdvocacyActivity.plan_activity": _("Line of the activity plan that pays for it."),
    "AdvocacyActivity.budget": _(
        "Part of the plan line's amount, decimal text in the committee's currency;"
        " not money on top of it."
    ),
    "AdvocacyStrategy.activity_plan": _("Id of the activity plan it draws money from."),
}
