"""The moves of roadmap actions, and what each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from governance.actions import roadmap, roadmap_changes
from governance.api.inputs import Day, FileInput, Note, Text, one
from governance.api.moves import Act
from governance.models import (
    Institution,
    RoadmapAction,
)
from governance.permissions import Permission, can

if TYPE_CHECKING:
    from governance.models import User

P = Permission
DONE = _("What was done.")
EVIDENCE = _("Evidence: a letter, a minute, a document.")
DECISION = _("The committee's decision: minute or letter.")
REASON = _("The reason.")


def is_led_by(user: User, row: RoadmapAction) -> bool:
    """Who speaks for the lead, or reports on its behalf."""
    own = row.lead_id in user.standing_in(row.committee_id).institution_pks
    return own or can(user, P.REPORT_PROGRESS_ON_BEHALF, row.committee)


def may_report(user: User, row: RoadmapAction) -> bool:
    reports = can(user, P.REPORT_PROGRESS_OWN, row.committee)
    return row.state not in RoadmapAction.ENDED and reports and is_led_by(user, row)


def did_not_claim(user: User, row: RoadmapAction) -> bool:
    claims = [r for r in row.progress.all() if r.state == "done_claimed"]
    return not claims or max(claims, key=lambda r: r.pk).by_id != user.pk


def reason() -> Text:
    return Text(REASON, max_length=300)


def decision(**extra: Any) -> Text:
    return Text(DECISION, max_length=200, **extra)


def file() -> FileInput:
    return FileInput(required=False, help_text=_("A file that proves it."))


ROADMAP_ACTS = (
    Act(
        "start",
        roadmap.start,
        _("Say, for the lead, that work has begun."),
        when=is_led_by,
        note=Note(DONE, max_length=5_000),
    ),
    Act(
        "report_progress",
        roadmap.report_progress,
        _("Say, for the lead, how far it is."),
        when=may_report,
        note=Text(DONE, max_length=5_000, allow_blank=True),
        evidence=Note(EVIDENCE, max_length=300),
        file=file(),
    ),
    Act(
        "claim_done",
        roadmap.claim_done,
        _("Say, for the lead, that it is done; the secretariat verifies."),
        when=is_led_by,
        evidence=Text(EVIDENCE, max_length=300),
        note=Note(DONE, max_length=5_000),
        file=file(),
    ),
    Act(
        "block",
        roadmap.block,
        _("Say, for the lead, what stands in the way."),
        when=is_led_by,
        reason=Text(REASON, max_length=5_000, allow_blank=True),
        blocked_by=one(
            RoadmapAction,
            _("Id of the action that must come first; or null."),
            required=False,
            allow_null=True,
        ),
    ),
    Act(
        "verify",
        roadmap.verify,
        _("Confirm that the evidence shows it."),
        when=did_not_claim,
        note=Note(_("What was looked at."), max_length=5_000),
    ),
    Act(
        "send_back",
        roadmap.send_back,
        _("Say that the evidence does not show it."),
        reason=Text(_("What the evidence lacks."), max_length=5_000),
    ),
    Act(
        "revise_due",
        roadmap_changes.revise_due,
        _("Set another deadline; the ones before it stay visible."),
        when=lambda user, row: (
            row.state not in RoadmapAction.ENDED
            and can(user, P.CHANGE_DEADLINE, row.committee)
        ),
        due_on=Day(_("The new deadline.")),
        reason=reason(),
        decision=decision(required=False, allow_blank=True),
    ),
    Act(
        "carry_forward",
        roadmap_changes.carry_forward,
        _("Take it into the next period, with a new deadline."),
        due_on=Day(_("The new deadline.")),
        reason=reason(),
        evidence=Note(EVIDENCE, max_length=300),
    ),
    Act(
        "cancel",
        roadmap_changes.cancel,
        _("Give it up, by the committee's decision."),
        reason=reason(),
        decision=decision(),
    ),
    Act(
        "transfer",
        roadmap_changes.transfer,
        _("Let another institution lead: a new action goes on where this one ends."),
        to=one(Institution, _("Id of the institution that leads from now on.")),
        reason=reason(),
        decision=decision(),
    ),
)
