"""The workshop, what it decides, and the roadmap that follows."""

from django.urls import path

from governance.views import (
    attendance,
    convening,
    live,
    resolution_decisions,
    resolution_drafts,
    resolutions,
    roadmap,
    roadmap_moves,
    workshops,
)

urlpatterns = [
    path("committees/<slug:slug>/workshops/", workshops.workshops, name="workshops"),
    path(
        "reports/<int:pk>/workshops/add/", workshops.workshop_add, name="workshop-add"
    ),
    path("workshops/<int:pk>/", workshops.workshop, name="workshop"),
    path(
        "workshops/<int:pk>/change/", workshops.workshop_change, name="workshop-change"
    ),
    path("workshops/<int:pk>/agenda/fill/", workshops.agenda_fill, name="agenda-fill"),
    path(
        "workshops/<int:pk>/agenda/add/",
        workshops.agenda_item_add,
        name="agenda-item-add",
    ),
    path(
        "agenda/<int:pk>/change/",
        workshops.agenda_item_change,
        name="agenda-item-change",
    ),
    path(
        "agenda/<int:pk>/remove/",
        workshops.agenda_item_remove,
        name="agenda-item-remove",
    ),
    path(
        "workshops/<int:pk>/invite/", workshops.workshop_invite, name="workshop-invite"
    ),
    path(
        "workshops/<int:pk>/approve/",
        convening.workshop_approve,
        name="workshop-approve",
    ),
    path(
        "workshops/<int:pk>/convene/",
        convening.workshop_convene,
        name="workshop-convene",
    ),
    path("workshops/<int:pk>/open/", convening.workshop_open, name="workshop-open"),
    path(
        "workshops/<int:pk>/conclude/",
        convening.workshop_conclude,
        name="workshop-conclude",
    ),
    path(
        "workshops/<int:pk>/minutes/draft/",
        convening.minutes_draft,
        name="minutes-draft",
    ),
    path(
        "workshops/<int:pk>/minutes/adopt/",
        convening.minutes_adopt,
        name="minutes-adopt",
    ),
    path("workshops/<int:pk>/close/", convening.workshop_close, name="workshop-close"),
    path(
        "workshops/<int:pk>/postpone/",
        convening.workshop_postpone,
        name="workshop-postpone",
    ),
    path(
        "workshops/<int:pk>/plan-again/",
        convening.workshop_plan_again,
        name="workshop-plan-again",
    ),
    path(
        "workshops/<int:pk>/cancel/", convening.workshop_cancel, name="workshop-cancel"
    ),
    path("workshops/<int:pk>/live/", live.live, name="live"),
    path("agenda/<int:pk>/go/", live.agenda_item_go, name="agenda-item-go"),
    path("agenda/<int:pk>/finish/", live.agenda_item_finish, name="agenda-item-finish"),
    path("workshops/<int:pk>/notes/add/", live.note_add, name="note-add"),
    path("workshops/<int:pk>/groups/add/", live.group_add, name="group-add"),
    path("groups/<int:pk>/findings/add/", live.finding_add, name="finding-add"),
    path("workshops/<int:pk>/decide/", live.decide, name="decide"),
    path("workshops/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path(
        "workshops/<int:pk>/participants/add/",
        attendance.participant_add,
        name="participant-add",
    ),
    path(
        "participants/<int:pk>/arrive/",
        attendance.participant_arrive,
        name="participant-arrive",
    ),
    path(
        "participants/<int:pk>/leave/",
        attendance.participant_leave,
        name="participant-leave",
    ),
    path(
        "workshops/<int:pk>/apologies/add/", attendance.apology_add, name="apology-add"
    ),
    path(
        "attendance/<int:pk>/strike/",
        attendance.attendance_strike,
        name="attendance-strike",
    ),
    path(
        "workshops/<int:pk>/attendance.pdf",
        attendance.attendance_pdf,
        name="attendance-pdf",
    ),
    path("workshops/<int:pk>/minutes.pdf", attendance.minutes_pdf, name="minutes-pdf"),
    path(
        "committees/<slug:slug>/resolutions/",
        resolutions.resolutions,
        name="resolutions",
    ),
    path(
        "workshops/<int:pk>/resolutions/add/",
        resolution_drafts.resolution_add,
        name="resolution-add",
    ),
    path("resolutions/<int:pk>/", resolutions.resolution, name="resolution"),
    path(
        "resolutions/<int:pk>/change/",
        resolution_drafts.resolution_change,
        name="resolution-change",
    ),
    path(
        "resolutions/<int:pk>/follow-ups/",
        resolution_drafts.resolution_follow_ups,
        name="resolution-follow-ups",
    ),
    path(
        "resolutions/<int:pk>/adopt/",
        resolution_decisions.resolution_adopt,
        name="resolution-adopt",
    ),
    path(
        "resolutions/<int:pk>/defer/",
        resolution_decisions.resolution_defer,
        name="resolution-defer",
    ),
    path(
        "resolutions/<int:pk>/reject/",
        resolution_decisions.resolution_reject,
        name="resolution-reject",
    ),
    path(
        "resolutions/<int:pk>/withdraw/",
        resolution_decisions.resolution_withdraw,
        name="resolution-withdraw",
    ),
    path(
        "resolutions/<int:pk>/take-up/",
        resolution_decisions.resolution_take_up,
        name="resolution-take-up",
    ),
    path("committees/<slug:slug>/roadmap/", roadmap.roadmap, name="roadmap"),
    path(
        "committees/<slug:slug>/roadmap.xlsx", roadmap.roadmap_xlsx, name="roadmap-xlsx"
    ),
    path(
        "reports/<int:pk>/roadmap/add/",
        roadmap_moves.roadmap_action_add,
        name="roadmap-action-add",
    ),
    path("roadmap/<int:pk>/", roadmap.roadmap_action, name="roadmap-action"),
    path(
        "roadmap/<int:pk>/start/",
        roadmap_moves.roadmap_action_start,
        name="roadmap-action-start",
    ),
    path(
        "roadmap/<int:pk>/report/",
        roadmap_moves.roadmap_action_report,
        name="roadmap-action-report",
    ),
    path(
        "roadmap/<int:pk>/claim-done/",
        roadmap_moves.roadmap_action_claim_done,
        name="roadmap-action-claim-done",
    ),
    path(
        "roadmap/<int:pk>/verify/",
        roadmap_moves.roadmap_action_verify,
        name="roadmap-action-verify",
    ),
    path(
        "roadmap/<int:pk>/send-back/",
        roadmap_moves.roadmap_action_send_back,
        name="roadmap-action-send-back",
    ),
    path(
        "roadmap/<int:pk>/block/",
        roadmap_moves.roadmap_action_block,
        name="roadmap-action-block",
    ),
    path(
        "roadmap/<int:pk>/revise-due/",
        roadmap_moves.roadmap_action_revise_due,
        name="roadmap-action-revise-due",
    ),
    path(
        "roadmap/<int:pk>/carry-forward/",
        roadmap_moves.roadmap_action_carry_forward,
        name="roadmap-action-carry-forward",
    ),
    path(
        "roadmap/<int:pk>/cancel/",
        roadmap_moves.roadmap_action_cancel,
        name="roadmap-action-cancel",
    ),
    path(
        "roadmap/<int:pk>/transfer/",
        roadmap_moves.roadmap_action_transfer,
        name="roadmap-action-transfer",
    ),
    path("roadmap/evidence/<int:pk>/", roadmap.evidence_file, name="evidence-file"),
]
