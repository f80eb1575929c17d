from governance.api.documents import DOCUMENT_ROUTES
from governance.api.kinds import KINDS
from governance.api.provisions import viewset_of
from governance.api.reference import REFERENCE_ROUTES

ROUTES = [
    *REFERENCE_ROUTES,
    *DOCUMENT_ROUTES,
    *((kind.path, viewset_of(kind)) for kind in KINDS),
]
