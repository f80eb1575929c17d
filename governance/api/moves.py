"""Moves over the API: one table a noun, and behind each of its lines one action.

The action checks rights and rules; here is only how it is reached and what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from governance.api.base import Described, Reading
from governance.api.inputs import Input
from governance.permissions import can

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from rest_framework.request import Request

    from governance.errors import Owed
    from governance.models import User
    from governance.permissions import Permission

    Test = Callable[[User, Any], bool]


class Act:
    """One line of a table: `POST …/<name>/` with `fields` carries out `do`.

    `steps` are the moves of the flow that it can perform, if not the one of its own
    name; `when` says further who may do it now. By both `open_moves` is computed.
    `answers` is the form of what it makes; without it the moved row is the answer.
    """

    def __init__(
        self,
        name: str,
        do: Callable[..., Any],
        text: Any,
        /,
        *,
        steps: Collection[str] | None = None,
        when: Test | None = None,
        answers: type[serializers.Serializer] | None = None,
        removes: bool = False,
        throttled: bool = False,
        **fields: serializers.Field,
    ) -> None:
        self.name = name
        self.do = do
        self.text = text
        self.steps = {name} if steps is None else set(steps)
        self.when = when
        self.answers = answers
        self.removes = removes
        self.throttled = throttled
        self.fields = fields

    def form(self, noun: str) -> type[Input]:
        """The serializer of its fields, by a name that the schema has once."""
        name = noun + self.name.title().replace("_", "")
        return type(name, (Input,), dict(self.fields))

    def is_open(self, names: set[str], user: User, row: Any) -> bool:
        if self.when is None:
            return bool(self.steps & names)
        own_move = self.steps & set(getattr(row, "flow", NO_FLOW).moves)
        return bool(not own_move or own_move & names) and self.when(user, row)


class NoFlow:
    """Stands for the flow of what has no states."""

    moves: ClassVar[dict[str, Any]] = {}

    def open_to(self, user: User, row: Any) -> list[Any]:
        return []


NO_FLOW = NoFlow()


def at(permission: Permission, *states: str) -> Test:
    """True for who holds `permission` while the row is at one of `states`."""

    def test(user: User, row: Any) -> bool:
        return row.state in states and can(user, permission, row.committee)

    return test


def open_moves(acts: Iterable[Act], user: User, row: Any) -> list[str]:
    flow = getattr(row, "flow", NO_FLOW)
    names = {move.name for move in flow.open_to(user, row)}
    return [act.name for act in acts if act.is_open(names, user, row)]


class Flowing(Described):
    """A row that moves: it names the moves that the reader may make now."""

    acts: ClassVar[tuple[Act, ...]] = ()

    open_moves = serializers.SerializerMethodField(
        help_text=_(
            "Names of the moves that you may make now, each with POST …/<name>/."
            " What a move needs besides may still be missing: then it answers 409."
        )
    )

    def get_open_moves(self, row: Any) -> list[str]:
        return open_moves(self.acts, self.context["request"].user, row)


class OwedSerializer(serializers.Serializer):
    """One thing that is still missing."""

    text = serializers.CharField(help_text=_("What is missing, in a sentence."))
    who = serializers.CharField(help_text=_("Who owes it; or empty."))
    url = serializers.CharField(
        help_text=_("Page where it is done, from the root of this site; or empty.")
    )


def owed_as_data(owed: Iterable[Owed]) -> list[dict[str, str]]:
    return [{"text": str(o.text), "who": str(o.who), "url": o.url} for o in owed]


class Acting(Reading):
    """Rows to read, with a table of moves and, where `makes` is given, an addition.

    The first field of `makes` is what the new row belongs to. `detail_class` is the
    form of a single row where it tells more than a list does.
    """

    acts: ClassVar[tuple[Act, ...]] = ()
    makes: ClassVar[Act | None] = None
    detail_class: ClassVar[type[serializers.Serializer] | None] = None
    throttle_scope: str | None = None

    def __init_subclass__(cls, **extra: Any) -> None:
        super().__init_subclass__(**extra)
        for act in cls.__dict__.get("acts", ()):
            setattr(cls, f"act_{act.name}", moving(cls, act))
        if making := cls.__dict__.get("makes"):
            cls.create = adding(cls, making)  # type: ignore[attr-defined]  # the router looks for it

    def get_serializer_class(self) -> Any:
        if self.action != "list" and self.detail_class:
            return self.detail_class
        return super().get_serializer_class()

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters find rows to read; a move is told its row by the address."""
        if self.request.method == "POST":
            return queryset
        return super().filter_queryset(queryset)

    def take(self, request: Request, form: type[Input]) -> dict[str, Any]:
        given = form(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class InWorkshop(Acting):
    """What is part of a workshop is seen by those who see the workshop."""

    path = "workshop"

    def get_queryset(self) -> Any:
        rows: Any = type(self).queryset
        workshops = rows.model._meta.get_field(self.path).related_model
        seen = workshops.objects.visible_to(self.reader)
        return rows.filter(**{f"{self.path}__in": seen})


def noun_of(cls: type[Acting]) -> str:
    rows: Any = cls.queryset
    return rows.model.__name__


def answer_of(cls: type[Acting], act: Act) -> dict[int, Any]:
    if act.removes:
        return {status.HTTP_204_NO_CONTENT: None}
    if act.answers:
        return {status.HTTP_201_CREATED: act.answers}
    return {status.HTTP_200_OK: cls.detail_class or cls.serializer_class}


def moving(cls: type[Acting], act: Act) -> Any:
    """The method behind `POST …/<id>/<name>/`."""
    form = act.form(noun_of(cls))

    def move(self: Acting, request: Request, **key: str) -> Response:
        row = self.get_object()
        made = act.do(row, by=request.user, **self.take(request, form))
        if act.removes:
            return Response(status=status.HTTP_204_NO_CONTENT)
        if act.answers:
            shown: Any = act.answers(made, context=self.get_serializer_context())
            return Response(shown.data, status=status.HTTP_201_CREATED)
        return Response(self.get_serializer(self.get_object()).data)

    move.__name__ = f"act_{act.name}"
    limits: dict[str, Any] = {}
    if act.throttled:
        limits = {"throttle_classes": [ScopedRateThrottle], "throttle_scope": "token"}
    described = extend_schema(
        request=form if act.fields else None,
        responses=answer_of(cls, act),
        description=act.text,
        filters=False,
    )
    return described(
        action(detail=True, methods=["post"], url_path=act.name, **limits)(move)
    )


def adding(cls: type[Acting], act: Act) -> Any:
    """The method behind `POST …/`, on the list."""
    form = act.form(noun_of(cls))
    owner = next(iter(act.fields))

    def create(self: Acting, request: Request) -> Response:
        given = self.take(request, form)
        made = act.do(given.pop(owner), by=request.user, **given)
        row = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    shown = cls.detail_class or cls.serializer_class
    answers = {status.HTTP_201_CREATED: shown}
    return extend_schema(request=form, responses=answers, description=act.text)(create)
