"""The report: its documents, files, life, versions, signatures, and what the public sees."""

from django.urls import path

from governance.views import (
    documents,
    lifecycle,
    papers,
    public,
    reports,
    signoffs,
    versions,
    word,
)

urlpatterns = [
    path("committees/<slug:slug>/documents/", documents.documents, name="documents"),
    path("reports/<int:pk>/", documents.report, name="report"),
    path("reports/<int:pk>/pdf/", reports.report_pdf, name="report-pdf"),
    path("renderings/<int:pk>/", reports.rendering, name="rendering"),
    path("renderings/<int:pk>.pdf", reports.rendering_file, name="rendering-file"),
    path("reports/<int:pk>.docx", word.report_word, name="report-docx"),
    path(
        "reports/<int:pk>/parts/<int:part>.docx",
        word.report_part_word,
        name="report-part-docx",
    ),
    path("documents/<int:pk>.docx", word.document_word, name="document-docx"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path(
        "reports/<int:pk>/circulate/",
        lifecycle.report_circulate,
        name="report-circulate",
    ),
    path(
        "reports/<int:pk>/close-comments/",
        lifecycle.report_close_comments,
        name="report-close-comments",
    ),
    path("reports/<int:pk>/table/", lifecycle.report_table, name="report-table"),
    path(
        "reports/<int:pk>/keep-draft/",
        lifecycle.report_keep_draft,
        name="report-keep-draft",
    ),
    path(
        "reports/<int:pk>/confirm-amendments/",
        lifecycle.report_confirm_amendments,
        name="report-confirm-amendments",
    ),
    path("reports/<int:pk>/submit/", lifecycle.report_submit, name="report-submit"),
    path(
        "reports/<int:pk>/withdraw/", lifecycle.report_withdraw, name="report-withdraw"
    ),
    path(
        "reports/<int:pk>/propose-release/",
        lifecycle.report_propose_release,
        name="report-propose-release",
    ),
    path("reports/<int:pk>/release/", lifecycle.report_release, name="report-release"),
    path(
        "reports/<int:pk>/new-edition/",
        lifecycle.report_new_edition,
        name="report-new-edition",
    ),
    path("reports/<int:pk>/versions/", versions.versions, name="versions"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("reports/<int:pk>/compare/", versions.compare, name="compare"),
    path(
        "committees/<slug:slug>/sign-off-rule/",
        signoffs.sign_off_rule,
        name="sign-off-rule",
    ),
    path(
        "sign-off-rules/<int:pk>/confirm/",
        signoffs.sign_off_rule_confirm,
        name="sign-off-rule-confirm",
    ),
    path("reports/<int:pk>/sign-off/", signoffs.sign_off, name="sign-off"),
    path("versions/<int:pk>/sign/", signoffs.sign, name="sign"),
    path(
        "versions/<int:pk>/paper/",
        papers.paper_signature_add,
        name="paper-signature-add",
    ),
    path("paper-signatures/<int:pk>/", papers.paper_signature, name="paper-signature"),
    path(
        "paper-signatures/<int:pk>/confirm/",
        papers.paper_signature_confirm,
        name="paper-signature-confirm",
    ),
    path(
        "paper-signatures/<int:pk>/refuse/",
        papers.paper_signature_refuse,
        name="paper-signature-refuse",
    ),
    path(
        "paper-signatures/<int:pk>/scan/",
        papers.paper_signature_scan,
        name="paper-signature-scan",
    ),
    path("r/<text:reference>/", public.public_report, name="public-report"),
    path(
        "r/<text:reference>/report.pdf",
        public.public_report_pdf,
        name="public-report-pdf",
    ),
    path(
        "r/<text:reference>/parts/<int:number>/",
        public.public_report_part,
        name="public-report-part",
    ),
    path("verify/", public.verify, name="verify"),
]
