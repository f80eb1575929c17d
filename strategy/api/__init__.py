from governance.api.provisions import viewset_of
from strategy.api.kinds import KINDS
from strategy.api.plans import PLAN_ROUTES

ROUTES = [*PLAN_ROUTES, *((kind.path, viewset_of(kind)) for kind in KINDS)]
