from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.actions.people import describe

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_safe
def account(request: MemberRequest) -> HttpResponse:
    """Who I am here: name, roles, and how long this session lasts."""
    context = {
        "roles": describe(request.user),
        "is_own_device": request.session.get("device") == "own",
    }
    return render(request, "account/account.html", context)
