"""The form of what changed between two versions: see `governance.diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.api.words import DESCRIPTIONS
from governance.diff import compare, differing
from governance.filters import NOBODY, WholeNumberField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from governance.diff import FieldChange, Piece, ProvisionChange
    from governance.models import Version

KINDS = [(kind, kind) for kind in ("added", "removed", "changed", "moved")]
PIECES = [("same", _("same")), ("ins", _("inserted")), ("del", _("deleted"))]


class PieceSerializer(serializers.Serializer):
    """Words that stayed, came or went."""

    kind = serializers.ChoiceField(
        choices=PIECES, help_text=_("same, ins: inserted, or del: deleted.")
    )
    text = serializers.CharField(help_text=_("The words, with the spaces in them."))


class FieldChangeSerializer(serializers.Serializer):
    """A fact that differs."""

    name = serializers.CharField(help_text=_("Name of the field in the content."))
    label = serializers.CharField(help_text=_("The name in words."))  # type: ignore[assignment]  # a name of the comparison
    before = serializers.CharField(help_text=_("The value before, as people read it."))
    after = serializers.CharField(help_text=_("The value after, as people read it."))


class ChangeSerializer(serializers.Serializer):
    """One provision that differs; with an empty uid: the document itself."""

    uid = serializers.CharField(help_text=DESCRIPTIONS["uid"])
    kind = serializers.ChoiceField(choices=KINDS, help_text=_("What became of it."))
    document_kind = serializers.CharField(help_text=DESCRIPTIONS["Document.kind"])
    document_title = serializers.CharField(help_text=_("Title of its document."))
    label = serializers.CharField(help_text=_("Number and heading of the provision."))  # type: ignore[assignment]  # a name of the comparison
    moved_from = serializers.CharField(
        help_text=_("The number it had before it was moved; else empty.")
    )
    heading = PieceSerializer(many=True, help_text=_("The heading, word by word."))
    body = PieceSerializer(many=True, help_text=_("The text, word by word."))
    fields = FieldChangeSerializer(  # type: ignore[assignment]  # a name of the canonical form
        many=True, help_text=_("Facts that differ.")
    )


class VersionReferenceSerializer(serializers.Serializer):
    """A version, in short."""

    id = serializers.IntegerField(help_text=DESCRIPTIONS["id"])
    number = serializers.CharField(help_text=_("Such as 0.3; 1.0 is validated."))
    digest = serializers.CharField(help_text=_("SHA-256 of its text, as hex."))


class ComparisonSerializer(serializers.Serializer):
    """What changed between two versions."""

    before = VersionReferenceSerializer(help_text=_("The older version."))
    after = VersionReferenceSerializer(help_text=_("The newer version."))
    changes = ChangeSerializer(
        many=True, help_text=_("What differs, in the newer one's reading order.")
    )


def asked_ids(params: Mapping[str, str], *names: str) -> list[int]:
    """The ids that a request names; raises a message for each that is none."""
    found, errors = [], {}
    for name in names:
        try:
            number = WholeNumberField().clean(params.get(name))
        except ValidationError as error:
            errors[name] = error.messages
        else:
            found.append(number if abs(number) < 2**63 else NOBODY)
    if errors:
        raise serializers.ValidationError(errors)
    return found


def comparison(before: Version, after: Version) -> dict[str, Any]:
    changes = differing(compare(before.content, after.content))
    return {
        "before": before,
        "after": after,
        "changes": [change_as_data(change) for change in changes],
    }


def change_as_data(change: ProvisionChange) -> dict[str, Any]:
    return {
        "uid": change.uid,
        "kind": change.kind,
        "document_kind": change.document_kind,
        "document_title": change.document_title,
        "label": change.label,
        "moved_from": change.moved_from,
        "heading": pieces_as_data(change.heading_pieces),
        "body": pieces_as_data(change.pieces),
        "fields": [field_as_data(field) for field in change.fields],
    }


def pieces_as_data(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    return [{"kind": piece.kind, "text": piece.text} for piece in pieces]


def field_as_data(field: FieldChange) -> dict[str, str]:
    return {
        "name": field.name,
        "label": field.label,
        "before": field.before_text,
        "after": field.after_text,
    }
