from governance.api.agenda import AGENDA_ROUTES
from governance.api.attendance import ATTENDANCE_ROUTES
from governance.api.centre_requests import CENTRE_REQUEST_ROUTES
from governance.api.comments import COMMENT_ROUTES
from governance.api.documents import DOCUMENT_ROUTES
from governance.api.kinds import KINDS
from governance.api.outcomes import OUTCOME_ROUTES
from governance.api.provisions import viewset_of
from governance.api.reference import REFERENCE_ROUTES
from governance.api.reports import REPORT_ROUTES
from governance.api.resolutions import RESOLUTION_ROUTES
from governance.api.revisions import REVISION_ROUTES
from governance.api.roadmap import ROADMAP_ROUTES
from governance.api.signatures import SIGNATURE_ROUTES
from governance.api.signoffs import SIGN_OFF_ROUTES
from governance.api.translations import TRANSLATION_ROUTES
from governance.api.versions import VERSION_ROUTES
from governance.api.workshops import WORKSHOP_ROUTES

ROUTES = [
    *REFERENCE_ROUTES,
    *REPORT_ROUTES,
    *DOCUMENT_ROUTES,
    *((kind.path, viewset_of(kind)) for kind in KINDS),
    *VERSION_ROUTES,
    *COMMENT_ROUTES,
    *REVISION_ROUTES,
    *TRANSLATION_ROUTES,
    *WORKSHOP_ROUTES,
    *AGENDA_ROUTES,
    *OUTCOME_ROUTES,
    *ATTENDANCE_ROUTES,
    *RESOLUTION_ROUTES,
    *ROADMAP_ROUTES,
    *SIGNATURE_ROUTES,
    *SIGN_OFF_ROUTES,
    *CENTRE_REQUEST_ROUTES,
]
