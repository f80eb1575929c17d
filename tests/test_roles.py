"""Who may do what: one table, role by role, of every address of validation.

`yes` may, `no` is told who does it (403), `404` does not find it. `own` speaks for the
institution whose comment or roadmap action it is (C), `other` for another one (D);
`neighbour` is the secretariat of another committee. Rows and columns are those of the
permission matrix as it is built; `tests.test_doors` adds the pages that were there before.
"""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from governance.actions import (
    adoption,
    agenda,
    answers,
    attendance,
    centres,
    circulation,
    comments,
    decisions,
    documents,
    editing,
    imports,
    institutions,
    joining,
    notes,
    paper_signatures,
    people,
    placing,
    releases,
    resolutions,
    roadmap,
    roadmap_changes,
    settings,
    sign_off_rules,
    signoffs,
    translations,
    versions,
    workshops,
    writing,
)
from governance.actions.decisions import Decided
from governance.actions.import_committee import institutions_aim, members_aim
from governance.actions.import_rows import table_aim
from governance.actions.institutions import Place
from governance.actions.joining import Wanted
from governance.errors import Refused
from governance.importing import Answers
from governance.models import (
    AgendaItem,
    AttendanceEvent,
    Body,
    CentreRequest,
    Comment,
    Import,
    Joining,
    PaperSignature,
    Participant,
    Resolution,
    RoadmapAction,
    RoleAssignment,
    SignOffRule,
    User,
)
from governance.tables import table_of
from governance.workbooks import read_pasted
from tests import roles_world
from tests.world import PASSWORD

pytestmark = [pytest.mark.once, pytest.mark.long]

MOVES = """
name                           argument    own  other rapporteur secretariat chair official observer reviewer administrator neighbour
report-pdf                     report      yes  yes  yes  yes  yes  no   yes  yes  404  404
report-circulate               report      no   no   no   yes  no   no   no   no   404  404
report-close-comments          report      no   no   no   yes  yes  no   no   no   404  404
report-table                   report      no   no   no   yes  no   no   no   no   404  404
report-keep-draft              report      no   no   yes  yes  no   no   no   no   404  404
report-confirm-amendments      report      no   no   yes  no   no   no   no   no   404  404
report-submit                  report      no   no   no   yes  no   no   no   no   404  404
report-withdraw                report      no   no   no   yes  no   no   no   no   404  404
report-propose-release         report      no   no   no   yes  no   no   no   no   404  404
report-release                 report      no   no   no   no   yes  no   no   no   404  404
report-new-edition             report      no   no   yes  yes  no   no   no   no   404  404
provision-edit                 provision   yes  no   yes  yes  no   no   no   no   404  404
provision-move                 provision   no   no   yes  yes  no   no   no   no   404  404
provision-remove               provision   no   no   yes  yes  no   no   no   no   404  404
provision-restore              change      yes  no   yes  yes  no   no   no   no   404  404
row-add                        table       yes  yes  yes  yes  no   no   no   no   404  404
row-cells                      provision   yes  no   yes  yes  no   no   no   no   404  404
table-undo                     table       yes  yes  yes  yes  no   no   no   no   404  404
table-import                   table       yes  yes  yes  yes  no   no   no   no   404  404
import-take-back               import      yes  no   yes  yes  no   no   no   no   404  404
institutions-import            slug        no   no   no   yes  yes  no   no   no   404  404
members-import                 slug        no   no   no   yes  yes  no   no   no   404  404
document-facts                 document    no   no   yes  yes  no   no   no   no   404  404
structure                      document    no   no   yes  yes  no   no   no   no   404  404
assignments                    document    no   no   yes  yes  no   no   no   no   404  404
assignment-end                 assignment  no   no   yes  yes  no   no   no   no   404  404
legal-step-add                 instrument  no   no   no   yes  yes  no   no   no   404  404
strategy:funding-sources       slug        no   no   yes  yes  no   no   no   no   404  404
translate-provision            translation yes  no   yes  yes  no   no   no   no   404  404
comment-add                    document    yes  yes  yes  yes  yes  no   yes  yes  404  404
comment-change                 comment     yes  no   no   no   no   404  404  no   404  404
comment-withdraw               comment     yes  no   no   no   no   404  404  no   404  404
comment-respond                comment     no   no   yes  yes  no   404  404  no   404  404
comment-contest                comment     yes  no   no   no   no   404  404  no   404  404
comment-assign                 comment     no   no   yes  yes  no   404  404  no   404  404
comment-apply                  comment     no   no   yes  yes  no   404  404  no   404  404
comment-map                    comment     no   no   yes  yes  no   404  404  no   404  404
comment-close                  comment     no   no   yes  yes  no   404  404  no   404  404
amendment-map                  amendment   no   no   yes  yes  no   no   no   no   404  404
workshop-add                   report      no   no   no   yes  yes  no   no   no   404  404
workshop-change                workshop    no   no   no   yes  yes  no   no   no   404  404
agenda-fill                    workshop    no   no   no   yes  yes  no   no   no   404  404
agenda-item-add                workshop    no   no   no   yes  yes  no   no   no   404  404
agenda-item-change             item        no   no   no   yes  yes  no   no   no   404  404
agenda-item-remove             item        no   no   no   yes  yes  no   no   no   404  404
workshop-invite                workshop    no   no   no   yes  yes  no   no   no   404  404
workshop-approve               workshop    no   no   no   no   yes  no   no   no   404  404
workshop-convene               workshop    no   no   no   yes  yes  no   no   no   404  404
workshop-open                  workshop    no   no   no   no   yes  no   no   no   404  404
workshop-conclude              workshop    no   no   no   no   yes  no   no   no   404  404
minutes-draft                  workshop    no   no   no   yes  yes  no   no   no   404  404
minutes-adopt                  workshop    no   no   no   no   yes  no   no   no   404  404
workshop-close                 workshop    no   no   no   yes  yes  no   no   no   404  404
workshop-postpone              workshop    no   no   no   yes  yes  no   no   no   404  404
workshop-plan-again            workshop    no   no   no   yes  yes  no   no   no   404  404
workshop-cancel                workshop    no   no   no   no   yes  no   no   no   404  404
agenda-item-go                 item        no   no   no   yes  yes  no   no   no   404  404
agenda-item-finish             item        no   no   no   yes  yes  no   no   no   404  404
note-add                       workshop    no   no   no   yes  yes  no   no   no   404  404
group-add                      workshop    no   no   no   yes  yes  no   no   no   404  404
finding-add                    group       no   no   no   yes  yes  no   no   no   404  404
decide                         workshop    no   no   no   no   yes  no   no   no   404  404
participant-add                workshop    no   no   no   yes  yes  no   no   no   404  404
participant-arrive             participant no   no   no   yes  yes  no   no   no   404  404
participant-leave              participant no   no   no   yes  yes  no   no   no   404  404
apology-add                    workshop    no   no   no   yes  yes  no   no   no   404  404
attendance-strike              entry       no   no   no   yes  yes  no   no   no   404  404
resolution-add                 workshop    yes  yes  yes  yes  yes  no   no   no   404  404
resolution-change              resolution  yes  yes  yes  yes  yes  no   no   no   404  404
resolution-follow-ups          resolution  yes  yes  yes  yes  yes  no   no   no   404  404
resolution-adopt               resolution  no   no   no   no   yes  no   no   no   404  404
resolution-defer               resolution  no   no   no   no   yes  no   no   no   404  404
resolution-reject              resolution  no   no   no   no   yes  no   no   no   404  404
resolution-withdraw            resolution  yes  yes  yes  yes  yes  no   no   no   404  404
resolution-take-up             resolution  yes  yes  yes  yes  yes  no   no   no   404  404
roadmap-action-add             report      no   no   yes  yes  yes  no   no   no   404  404
roadmap-action-start           action      yes  no   no   yes  no   no   no   no   404  404
roadmap-action-report          action      yes  no   no   yes  no   no   no   no   404  404
roadmap-action-claim-done      action      yes  no   no   yes  no   no   no   no   404  404
roadmap-action-verify          action      no   no   no   yes  no   no   no   no   404  404
roadmap-action-send-back       action      no   no   no   yes  no   no   no   no   404  404
roadmap-action-block           action      yes  no   no   yes  no   no   no   no   404  404
roadmap-action-revise-due      action      no   no   no   yes  yes  no   no   no   404  404
roadmap-action-carry-forward   action      no   no   no   yes  yes  no   no   no   404  404
roadmap-action-cancel          action      no   no   no   no   yes  no   no   no   404  404
roadmap-action-transfer        action      no   no   no   no   yes  no   no   no   404  404
sign-off-rule                  slug        no   no   no   yes  yes  no   no   no   404  404
sign-off-rule-confirm          rule        no   no   no   yes  yes  no   no   no   404  404
sign                           version     yes  yes  yes  yes  yes  no   yes  yes  404  404
paper-signature-add            version     no   no   no   yes  no   no   no   no   404  404
paper-signature-confirm        paper       no   no   no   yes  no   no   no   no   404  404
paper-signature-refuse         paper       no   no   no   yes  no   no   no   no   404  404
centre-request-step            request     no   no   no   yes  yes  no   no   no   404  404
report-start                   slug        no   no   yes  yes  no   no   no   no   404  404
settings-facts                 slug        no   no   no   yes  yes  no   no   no   404  404
settings-languages             slug        no   no   no   yes  yes  no   no   no   404  404
settings-calendar              slug        no   no   no   yes  yes  no   no   no   404  404
settings-colour                slug        no   no   no   yes  yes  no   no   no   404  404
institution-add                slug        no   no   no   yes  yes  no   no   no   404  404
institutions-paste             slug        no   no   no   yes  yes  no   no   no   404  404
institution-change             institution no   no   no   yes  yes  no   no   no   404  404
seats                          slug        no   no   no   yes  yes  no   no   no   404  404
joining-add                    slug        no   no   no   yes  yes  no   no   no   404  404
joinings-paste                 slug        no   no   no   yes  yes  no   no   no   404  404
joinings-confirm               slug        no   no   no   yes  yes  no   no   no   404  404
joining-reissue                joining     no   no   no   yes  yes  no   no   no   404  404
joining-withdraw               joining     no   no   no   yes  yes  no   no   no   404  404
role-end                       role        no   no   no   yes  yes  no   no   no   404  404
person-suspend                 person      no   no   no   yes  yes  no   no   no   404  404
person-restore                 person      no   no   no   yes  yes  no   no   no   404  404
"""

READS = """
name                           argument    own  other rapporteur secretariat chair official observer reviewer administrator neighbour
report                         report      yes  yes  yes  yes  yes  yes  yes  yes  404  404
document                       document    yes  yes  yes  yes  yes  yes  yes  yes  404  404
versions                       report      yes  yes  yes  yes  yes  yes  yes  yes  404  404
version                        version     yes  yes  yes  yes  yes  yes  yes  yes  404  404
compare                        report      yes  yes  yes  yes  yes  yes  yes  yes  404  404
document-edit                  document    yes  yes  yes  yes  no   no   no   no   404  404
report-docx                    report      yes  yes  yes  yes  yes  no   yes  yes  404  404
report-part-docx               part        yes  yes  yes  yes  yes  no   yes  yes  404  404
document-docx                  document    yes  yes  yes  yes  yes  no   yes  yes  404  404
translate                      language    yes  yes  yes  yes  yes  no   no   no   404  404
provision                      provision   yes  yes  yes  yes  yes  yes  yes  yes  404  404
table                          table       yes  yes  yes  yes  yes  yes  yes  yes  404  404
table-xlsx                     table       yes  yes  yes  yes  yes  yes  yes  yes  404  404
institutions-xlsx              slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
members-xlsx                   slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
comments                       report      yes  yes  yes  yes  yes  no   no   yes  404  404
comments-xlsx                  report      yes  yes  yes  yes  yes  no   no   yes  404  404
suggestions                    report      yes  yes  yes  yes  yes  no   no   yes  404  404
comment                        comment     yes  yes  yes  yes  yes  404  404  yes  404  404
workshops                      slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
workshop                       workshop    yes  yes  yes  yes  yes  yes  yes  yes  404  404
live                           workshop    no   no   no   yes  yes  no   no   no   404  404
attendance                     workshop    yes  yes  yes  yes  yes  yes  yes  yes  404  404
attendance-pdf                 workshop    yes  yes  yes  yes  yes  no   no   no   404  404
minutes-pdf                    workshop    yes  yes  yes  yes  yes  no   no   no   404  404
resolutions                    slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
resolution                     resolution  yes  yes  yes  yes  yes  yes  yes  yes  404  404
roadmap                        slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
roadmap-xlsx                   slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
roadmap-action                 action      yes  yes  yes  yes  yes  yes  yes  yes  404  404
evidence-file                  evidence    yes  yes  yes  yes  yes  yes  yes  yes  404  404
sign-off                       report      yes  yes  yes  yes  yes  yes  yes  yes  404  404
paper-signature                paper       no   no   no   yes  no   no   no   no   404  404
paper-signature-scan           paper       no   no   no   yes  no   no   no   no   404  404
history                        slug        no   no   yes  yes  yes  no   no   no   404  404
setup-tasks                    slug        no   no   no   yes  yes  no   no   no   404  404
people                         slug        no   no   no   yes  yes  no   no   no   404  404
settings                       slug        yes  yes  yes  yes  yes  yes  yes  yes  404  404
"""

# Moves without a form: they are never pages.
POST_ONLY = {
    "row-cells",
    "report-pdf",
    "report-propose-release",
    "comment-close",
    "agenda-fill",
    "workshop-approve",
    "minutes-draft",
    "workshop-close",
    "agenda-item-go",
    "agenda-item-finish",
}
# A page that everybody reads, with a form for some.
READ_BY_ALL = {"sign-off-rule"}


def parsed(table):
    head, *lines = table.strip().splitlines()
    _name, _argument, *roles = head.split()
    rows = {}
    for line in lines:
        name, argument, *cells = line.split()
        rows[name] = (argument, dict(zip(roles, cells, strict=True)))
    return rows


DOORS = parsed(MOVES)
PAGES = parsed(READS)
STATUS = {"no": {403}, "404": {404}, "yes": {200, 302, 409, 422}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def _files_of_the_module(_own_files_and_cache, folder, settings):
    settings.MEDIA_ROOT = folder


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, folder):
    """The furnished committee, built once for the table."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        with override_settings(MEDIA_ROOT=folder):
            world, objects = roles_world.build()
    yield world, objects
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def address(objects, name, argument):
    return reverse(full(name), args=objects[argument])


def full(name):
    return name if ":" in name else f"governance:{name}"


def undone(act):
    """What an act returns, after everything it changed was taken back."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


def statuses(client, built, url, method):
    """The answer to every role, each on the same data."""
    world, _objects = built
    found = {}
    for role, name in roles_world.ROLES.items():
        client.force_login(world.people[name])
        found[role] = undone(lambda: answered(client, url, method))
    return found


def answered(client, url, method):
    response = getattr(client, method)(url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def wrong(cells, found):
    return {r: found[r] for r, cell in cells.items() if found[r] not in STATUS[cell]}


@pytest.mark.parametrize("name", DOORS)
def test_a_move_is_open_to_whom_the_table_says(client, built, db, name):
    argument, cells = DOORS[name]

    found = statuses(client, built, address(built[1], name, argument), "post")

    assert wrong(cells, found) == {}


@pytest.mark.parametrize("name", DOORS)
def test_the_page_of_a_move_is_shown_to_whom_may_make_it(client, built, db, name):
    argument, cells = DOORS[name]
    if name in POST_ONLY:
        cells = dict.fromkeys(cells, "405")
    if name in READ_BY_ALL:
        cells = {role: "yes" if cell == "no" else cell for role, cell in cells.items()}

    found = statuses(client, built, address(built[1], name, argument), "get")

    assert {
        r: s
        for r, s in found.items()
        if s not in ({405} if cells[r] == "405" else STATUS[cells[r]])
    } == {}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_by_whom_the_table_says_and_changed_by_nobody(
    client, built, db, name
):
    argument, cells = PAGES[name]
    url = address(built[1], name, argument)

    assert wrong(cells, statuses(client, built, url, "get")) == {}
    assert set(statuses(client, built, url, "post").values()) == {405}


@pytest.mark.parametrize("name", [*DOORS, *PAGES])
def test_a_stranger_is_sent_to_sign_in(client, built, db, name):
    argument, _cells = (DOORS | PAGES)[name]
    url = address(built[1], name, argument)

    for method in (client.get, client.post):
        response = method(url)
        assert (response.status_code, response.url.split("?")[0]) == (
            302,
            reverse("account_login"),
        )


def comment():
    return Comment.objects.order_by("number").first()


def draft():
    return Resolution.objects.filter(state="proposed").first()


def action():
    return RoadmapAction.objects.get(lead__code="C", title="A register")


def paper():
    return PaperSignature.objects.get()


def row():
    return Body.objects.order_by("position").first()


def item():
    return AgendaItem.objects.order_by("pk").first()


DAY = dt.date(2022, 9, 30)
ROWS = read_pasted("Name\tLevel\nOffice\tsecretariat")
R = {"reason": "For this reason."}
# What is behind the doors, called as the pages call it. `w` is the world.
ACTIONS = {
    "report-circulate": lambda w, by: circulation.circulate(
        w.report, comments_due_on=DAY, by=by
    ),
    "report-close-comments": lambda w, by: circulation.close_comments(
        w.report, by=by, **R
    ),
    "report-table": lambda w, by: circulation.table(w.report, by=by),
    "report-keep-draft": lambda w, by: versions.keep_draft(w.report, by=by),
    "report-confirm-amendments": lambda w, by: signoffs.confirm_amendments(
        w.report, by=by
    ),
    "report-submit": lambda w, by: signoffs.submit_for_signature(w.report, by=by),
    "report-withdraw": lambda w, by: signoffs.withdraw(w.report, by=by, **R),
    "report-propose-release": lambda w, by: releases.propose_release(w.report, by=by),
    "report-release": lambda w, by: releases.release(w.report, by=by),
    "provision-edit": lambda w, by: editing.edit_provision(
        row(), base=0, by=by, mandate="Other."
    ),
    "row-cells": lambda w, by: editing.edit_provision(
        row(), base=0, by=by, mandate="A sentence from a cell."
    ),
    "provision-move": lambda w, by: placing.move_provision(row(), to=2, by=by),
    "provision-remove": lambda w, by: placing.remove_provision(row(), by=by),
    "table-import": lambda w, by: imports.carry_out(
        table_aim(w.document, table_of(Body)), ROWS, Answers(), seen={}, by=by
    ),
    "import-take-back": lambda w, by: imports.take_back(
        Import.objects.get(), table_aim(w.document, table_of(Body)), by=by
    ),
    "institutions-import": lambda w, by: imports.carry_out(
        institutions_aim(w.committee), ROWS, Answers(), seen={}, by=by
    ),
    "members-import": lambda w, by: imports.carry_out(
        members_aim(w.committee), ROWS, Answers(), seen={}, by=by
    ),
    "document-facts": lambda w, by: writing.change_facts(
        w.document, by=by, title="Other"
    ),
    "assignments": lambda w, by: writing.assign(
        w.document, w.institutions["B"], None, by=by
    ),
    "assignment-end": lambda w, by: writing.take_assignment_back(
        w.document.assignments.get(), by=by
    ),
    "translate-provision": lambda w, by: translations.translate(
        w.document, row().uid, "st-LS", {"mandate": "E."}, base=0, read=0, by=by
    ),
    "comment-change": lambda w, by: comments.change_comment(
        comment(), by=by, body="How?"
    ),
    "comment-withdraw": lambda w, by: comments.withdraw(comment(), by=by),
    "comment-respond": lambda w, by: answers.respond(comment(), "noted", by=by),
    "comment-contest": lambda w, by: answers.contest(comment(), by=by, text="No."),
    "comment-apply": lambda w, by: answers.apply_suggestion(comment(), by=by),
    "comment-close": lambda w, by: answers.close(comment(), by=by),
    "comment-assign": lambda w, by: answers.assign(
        comment(), to=w.people["rapporteur"], by=by
    ),
    "workshop-add": lambda w, by: workshops.plan_workshop(
        w.report, by=by, title="Next", starts_on=DAY, ends_on=DAY, venue="Gaborone"
    ),
    "agenda-fill": lambda w, by: agenda.fill_agenda(w.workshop, by=by),
    "workshop-approve": lambda w, by: workshops.approve(w.workshop, by=by),
    "workshop-convene": lambda w, by: workshops.convene(w.workshop, by=by),
    "workshop-open": lambda w, by: workshops.open_session(w.workshop, by=by),
    "workshop-conclude": lambda w, by: workshops.conclude(w.workshop, by=by),
    "minutes-draft": lambda w, by: workshops.draft_minutes(w.workshop, by=by),
    "minutes-adopt": lambda w, by: workshops.adopt_minutes(w.workshop, by=by),
    "workshop-postpone": lambda w, by: workshops.postpone(w.workshop, by=by, **R),
    "workshop-cancel": lambda w, by: workshops.cancel(w.workshop, by=by, **R),
    "agenda-item-go": lambda w, by: agenda.go_to(item(), by=by),
    "note-add": lambda w, by: notes.take_note(w.workshop, "Said.", by=by),
    "decide": lambda w, by: decisions.decide(
        w.workshop, {1: Decided("amendments")}, by=by
    ),
    "participant-add": lambda w, by: attendance.register(
        w.workshop, w.institutions["E"], name="Somebody", by=by
    ),
    "participant-leave": lambda w, by: attendance.leave(
        Participant.objects.first(), by=by
    ),
    "apology-add": lambda w, by: attendance.apologise(
        w.workshop, w.institutions["E"], by=by
    ),
    "attendance-strike": lambda w, by: attendance.strike(
        AttendanceEvent.objects.first(), by=by, **R
    ),
    "resolution-add": lambda w, by: resolutions.propose(
        w.workshop, by=by, verb="ASKS", text="x.", lead=w.institutions["B"], due_on=DAY
    ),
    "resolution-change": lambda w, by: resolutions.amend(draft(), by=by, text="y."),
    "resolution-adopt": lambda w, by: adoption.adopt(draft(), mode="consensus", by=by),
    "resolution-defer": lambda w, by: resolutions.defer(draft(), by=by, **R),
    "resolution-reject": lambda w, by: resolutions.reject(draft(), by=by, **R),
    "resolution-withdraw": lambda w, by: resolutions.withdraw(draft(), by=by, **R),
    "roadmap-action-add": lambda w, by: roadmap.add_action(
        w.report,
        by=by,
        title="More",
        lead=w.institutions["B"],
        phase="first",
        due_on=DAY,
        **R,
    ),
    "roadmap-action-start": lambda w, by: roadmap.start(action(), by=by),
    "roadmap-action-report": lambda w, by: roadmap.report_progress(
        action(), by=by, note="Half."
    ),
    "roadmap-action-claim-done": lambda w, by: roadmap.claim_done(
        action(), by=by, evidence="A letter."
    ),
    "roadmap-action-verify": lambda w, by: roadmap.verify(action(), by=by),
    "roadmap-action-send-back": lambda w, by: roadmap.send_back(action(), by=by, **R),
    "roadmap-action-block": lambda w, by: roadmap.block(action(), by=by, **R),
    "roadmap-action-revise-due": lambda w, by: roadmap_changes.revise_due(
        action(), by=by, due_on=DAY, **R
    ),
    "roadmap-action-carry-forward": lambda w, by: roadmap_changes.carry_forward(
        action(), by=by, due_on=DAY, **R
    ),
    "roadmap-action-cancel": lambda w, by: roadmap_changes.cancel(
        action(), by=by, decision="Minute 4", **R
    ),
    "roadmap-action-transfer": lambda w, by: roadmap_changes.transfer(
        action(), to=w.institutions["E"], by=by, decision="Minute 4", **R
    ),
    "sign-off-rule": lambda w, by: sign_off_rules.set_rule(
        w.committee, by=by, starts_on=DAY, threshold="number", fixed_number=2
    ),
    "sign-off-rule-confirm": lambda w, by: sign_off_rules.confirm_rule(
        SignOffRule.objects.get(is_first=False), by=by
    ),
    "sign": lambda w, by: signoffs.sign(
        w.candidate, by=by, password=PASSWORD, text_digest=w.candidate.digest
    ),
    "paper-signature-add": lambda w, by: paper_signatures.record_paper(
        w.candidate, w.people["member_b"], scan=roles_world.SCAN, signed_on=DAY, by=by
    ),
    "paper-signature-confirm": lambda w, by: paper_signatures.confirm_paper(
        paper(), by=by
    ),
    "paper-signature-refuse": lambda w, by: paper_signatures.refuse_paper(
        paper(), by=by, **R
    ),
    "centre-request-step": lambda w, by: centres.record_step(
        CentreRequest.objects.get(), "send", by=by, reference="Letter 1"
    ),
    "report-start": lambda w, by: documents.start_report(
        w.committee, title="Next", dated_on=DAY, first_year=2023, by=by
    ),
    "settings-facts": lambda w, by: settings.change_facts(
        w.committee, by=by, time_zone="Africa/Harare"
    ),
    "settings-languages": lambda w, by: settings.set_languages(
        w.committee, [{"code": "tn", "name": "Setswana"}], prevails="tn", by=by
    ),
    "institution-add": lambda w, by: institutions.add_institution(
        w.committee, by=by, code="F", name="Institution F", category="ministry"
    ),
    "institution-change": lambda w, by: institutions.change_institution(
        w.institutions["E"], by=by, name="Institution E, renamed"
    ),
    "seats": lambda w, by: institutions.set_seats(
        w.committee, [Place(w.institutions["E"])], since=DAY, by=by
    ),
    "joining-add": lambda w, by: joining.invite(
        w.committee, [Wanted("Somebody", "official")], on_paper=True, by=by
    ),
    "joinings-confirm": lambda w, by: joining.confirm(
        joining.waiting(w.committee), w.committee, on_paper=True, by=by
    ),
    "joining-reissue": lambda w, by: joining.reissue(
        Joining.objects.get(), on_paper=True, by=by
    ),
    "joining-withdraw": lambda w, by: joining.withdraw(Joining.objects.get(), by=by),
    "role-end": lambda w, by: people.end_role(
        RoleAssignment.objects.get(user=w.people["member_e"]), ends_on=DAY, by=by
    ),
    "person-suspend": lambda w, by: people.suspend(
        w.people["member_e"], w.committee, by=by
    ),
    "person-restore": lambda w, by: people.restore(
        w.people["member_e"], w.committee, by=by
    ),
}


def outcome(act, world, by):
    """`yes` where the right is there, though the stage may be another; else `no`."""
    try:
        with world.on("2022-02-02"), transaction.atomic():
            act(world, by)
            transaction.set_rollback(True)
    except PermissionDenied:
        return "no"
    except Refused:
        return "yes"
    return "yes"


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_asks_for_the_right_itself(built, db, name):
    """Whoever calls it: the page, the API, a command."""
    world, (_argument, cells) = built[0].fresh(), DOORS[name]

    found = {
        role: outcome(ACTIONS[name], world, User.objects.get(pk=world.people[who].pk))
        for role, who in roles_world.ROLES.items()
    }

    assert found == {role: "yes" if c == "yes" else "no" for role, c in cells.items()}


def test_nobody_deletes_a_comment_signs_for_another_or_changes_what_is_frozen(
    built, db
):
    """Rows 8, 33 and 36 of the matrix: there is no way, whoever asks."""
    world = built[0].fresh()
    version = world.report.versions.order_by("minor").last()

    assert not hasattr(comments, "delete")
    assert not hasattr(signoffs, "sign_for")
    for frozen in (version, AttendanceEvent.objects.first()):
        with pytest.raises(Refused):
            frozen.save()
        with pytest.raises(Refused):
            frozen.delete()
