"""Writing: provisions, tables, imports, translations, and the texts that are kept."""

from django.urls import path

from governance.views import (
    drafts,
    editing,
    exports,
    imports,
    legal_steps,
    provision_forms,
    provisions,
    restoring,
    structure,
    tables,
    translations,
)

urlpatterns = [
    path("drafts/", drafts.drafts, name="drafts"),
    path("presence/", drafts.presence, name="presence"),
    path("kept/", drafts.kept_texts, name="kept"),
    path("kept/drafts/<int:pk>/delete/", drafts.draft_delete, name="draft-delete"),
    path("kept/posts/<uuid:key>/delete/", drafts.sealed_delete, name="sealed-delete"),
    path(
        "documents/<int:pk>/provisions/<uuid:uid>/",
        provisions.provision,
        name="provision",
    ),
    path(
        "documents/<int:pk>/provisions/<uuid:uid>/edit/",
        provision_forms.provision_edit,
        name="provision-edit",
    ),
    path(
        "documents/<int:pk>/provisions/<uuid:uid>/move/",
        provision_forms.provision_move,
        name="provision-move",
    ),
    path(
        "documents/<int:pk>/provisions/<uuid:uid>/remove/",
        provision_forms.provision_remove,
        name="provision-remove",
    ),
    path(
        "documents/<int:pk>/provisions/<uuid:uid>/restore/<int:number>/",
        restoring.provision_restore,
        name="provision-restore",
    ),
    path(
        "documents/<int:pk>/instruments/<uuid:uid>/step/",
        legal_steps.legal_step_add,
        name="legal-step-add",
    ),
    path("documents/<int:pk>/edit/", editing.document_edit, name="document-edit"),
    path("documents/<int:pk>/facts/", editing.document_facts, name="document-facts"),
    path("documents/<int:pk>/structure/", structure.structure, name="structure"),
    path("documents/<int:pk>/assignments/", structure.assignments, name="assignments"),
    path(
        "documents/<int:pk>/assignments/<int:assignment>/end/",
        structure.assignment_end,
        name="assignment-end",
    ),
    path("documents/<int:pk>/tables/<slug:table>/", tables.table, name="table"),
    path(
        "documents/<int:pk>/tables/<slug:table>/undo/",
        tables.table_undo,
        name="table-undo",
    ),
    path(
        "documents/<int:pk>/tables/<slug:table>.xlsx",
        exports.table_xlsx,
        name="table-xlsx",
    ),
    path(
        "documents/<int:pk>/tables/<slug:table>/import/",
        imports.table_import,
        name="table-import",
    ),
    path(
        "imports/<int:pk>/take-back/",
        imports.import_take_back,
        name="import-take-back",
    ),
    path(
        "committees/<slug:slug>/institutions.xlsx",
        exports.institutions_xlsx,
        name="institutions-xlsx",
    ),
    path(
        "committees/<slug:slug>/institutions/import/",
        imports.institutions_import,
        name="institutions-import",
    ),
    path(
        "committees/<slug:slug>/members.xlsx",
        exports.members_xlsx,
        name="members-xlsx",
    ),
    path(
        "committees/<slug:slug>/members/import/",
        imports.members_import,
        name="members-import",
    ),
    path("documents/<int:pk>/p/<uuid:uid>/cells/", tables.row_cells, name="row-cells"),
    path(
        "documents/<int:pk>/tables/<slug:table>/add/", editing.row_add, name="row-add"
    ),
    path(
        "documents/<int:pk>/translate/<text:language>/",
        translations.translate_list,
        name="translate",
    ),
    path(
        "documents/<int:pk>/translate/<text:language>/<uuid:uid>/",
        translations.translate_provision,
        name="translate-provision",
    ),
]
