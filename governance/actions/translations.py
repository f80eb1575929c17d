"""Saving a provision's text in another language: the provision itself is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from governance.actions.editing import find_provision
from governance.actions.revising import label_of, locked, why_closed
from governance.assigned import not_yours, rights_in
from governance.errors import Conflict, Refused
from governance.models import Document, HeldText, Revision, Translation
from governance.text import normal
from governance.translating import in_words, texts_of, translated_fields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from governance.models import CommitteeLanguage, User

R = HeldText.Reason
State = Translation.State


class _NotSaved(Exception):
    """A text that is kept because it could not be saved, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def may_translate(user: User, document: Document, row: Any) -> bool:
    """Whoever may edit a provision may translate it."""
    return rights_in(user, document).covers(row)


def language_of(document: Document, code: str) -> CommitteeLanguage | None:
    """The committee's language of that code, unless it is the one that is translated."""
    found = {row.code: row for row in document.committee.languages.all()}
    language = found.get(code)
    return None if language is None or language.prevails else language


def translation_of(
    document: Document, uid: UUID | str, language: str
) -> Translation | None:
    return document.translations.filter(provision_uid=uid, language=language).first()


def texts_at(row: Any, revision: int) -> dict[str, str]:
    """The words of a provision as they were at one of its revisions."""
    texts = texts_of(row)
    later = Revision.objects.filter(
        document_id=row.owner_document.pk,
        provision_uid=row.uid,
        language="",
        provision_revision__gt=revision,
    )
    for change in later.order_by("-provision_revision"):
        known = {name: change.before[name] for name in texts if name in change.before}
        texts |= known
    return texts


def translate(
    document: Document,
    uid: UUID | str,
    language: str,
    values: Mapping[str, str],
    *,
    base: int,
    read: int,
    by: User,
    state: str = State.DRAFT,
    follows: bool = False,
    why: str = "",
) -> Revision | None:
    """Save the words of a provision in `language`, by column.

    Their author had read revision `base` of the translation (0: there was none) and
    revision `read` of the provision. Where the source changed since it was translated,
    only a text that is checked, or that `follows` it, is in step with it again. Returns
    None where nothing is different. Raises Conflict, or Refused where the text is
    closed; what was written is kept either way.
    """
    values = {name: normal(text) for name, text in values.items()}
    try:
        return _translate(
            document, uid, language, values, base, read, by, state, follows, why
        )
    except _NotSaved as kept:
        if any(values.values()):
            keep_aside(document, uid, language, values, base, kept.reason, by)
        raise refusal(document, uid, kept.reason) from kept


@transaction.atomic
def _translate(
    document: Document,
    uid: UUID | str,
    language: str,
    values: dict[str, str],
    base: int,
    read: int,
    by: User,
    state: str,
    follows: bool,
    why: str,
) -> Revision | None:
    report = locked(document.report)
    row = require_provision(document, uid, language, by)
    now = translation_of(document, uid, language)
    source = texts_at(row, read)
    if now and not (follows or state == State.CHECKED):
        source = now.source
    after = Translation(values=in_words(values), source=in_words(source), state=state)
    if same(now, after):
        return None
    if why_closed(report):
        raise _NotSaved(R.CLOSED)
    if (now.revision if now else 0) != base:
        raise _NotSaved(R.CONFLICT)
    require_valid(row, values, state)
    before = said(now) if now else {}
    saved = store(now, after, document, row, language)
    return keep_revision(saved, row, before, by=by, why=why)


def require_provision(
    document: Document, uid: UUID | str, language: str, by: User
) -> Any:
    if language_of(document, language) is None:
        raise Refused(_("The committee does not translate into that language."))
    row = find_provision(document, uid)
    rights = rights_in(by, document)
    if row is None and rights.some:
        raise _NotSaved(R.REMOVED)
    if row is None or not rights.covers(row):
        raise not_yours()
    return row


def same(now: Translation | None, after: Translation) -> bool:
    """Whether nothing would be different; what was never written is no text either."""
    if now is None:
        return not after.values
    before = (in_words(now.values), in_words(now.source), now.state)
    return before == (after.values, after.source, after.state)


def require_valid(row: Any, values: dict[str, str], state: str) -> None:
    """Raise ValidationError with a sentence a column."""
    errors: dict[str, Any] = {}
    source = texts_of(row)
    for field in translated_fields(type(row)):
        text, most = values.get(field.name, ""), field.max_length
        if most and len(text) > most:
            errors[field.name] = _(
                "This text has %(has)d characters; %(most)d is the most. Shorten it."
            ) % {"has": len(text), "most": most}
        elif state == State.CHECKED and source[field.name] and not text:
            errors[field.name] = _(
                "This text is not translated: translate it, or save as a draft."
            )
    if errors:
        raise ValidationError(errors)


def store(
    now: Translation | None,
    after: Translation,
    document: Document,
    row: Any,
    language: str,
) -> Translation:
    if now is None:
        after.document, after.provision_uid = document, row.uid
        after.language, after.revision = language, 1
        after.save()
        return after
    unchanged = Translation.objects.filter(pk=now.pk, revision=now.revision)
    facts = {"values": after.values, "source": after.source, "state": after.state}
    if not unchanged.update(revision=F("revision") + 1, **facts):
        raise _NotSaved(R.CONFLICT)
    return Translation.objects.get(pk=now.pk)


def said(translation: Translation) -> dict[str, str]:
    """What a revision keeps of a translation: its words, and whether it is checked."""
    return translation.values | {"state": str(translation.state)}


def keep_revision(
    saved: Translation, row: Any, before: dict[str, str], *, by: User, why: str
) -> Revision:
    """One more change of the document; the provision's own chain is not touched."""
    document = Document.objects.select_related("committee").get(pk=saved.document_id)
    Document.objects.filter(pk=document.pk).update(revision=F("revision") + 1)
    last = document.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision(
        document=document,
        number=last + 1,
        provision_uid=row.uid,
        provision_revision=saved.revision,
        language=saved.language,
        action=Revision.Action.CHANGED if before else Revision.Action.ADDED,
        label=label_of(row),
        before=before,
        after=said(saved),
        why=why,
        at=document.committee.now(),
        by=by,
        by_name=by.name,
        institution=by.standing_in(document.committee_id).institution,
    )
    revision.save()
    verb = "translation checked" if saved.state == State.CHECKED else "translated"
    note = f"{revision.label} ({saved.language}) {why}".strip()
    document.record(verb, by=by, note=note)
    return revision


def keep_aside(
    document: Document,
    uid: UUID | str,
    language: str,
    values: dict[str, str],
    base: int,
    reason: str,
    by: User,
) -> HeldText:
    """Keep a text that was not saved; the same one sent twice is kept once."""
    facts: dict[str, Any] = {
        "document_id": document.pk,
        "provision_uid": uid,
        "language": language,
        "base_revision": base,
        "reason": reason,
        "by": by,
    }
    earlier = HeldText.objects.filter(**facts).first()
    if earlier and earlier.values == values:
        return earlier
    label, at = name_of(document, uid), document.committee.now()
    held = HeldText(**facts, label=label, values=values, at=at)
    held.save()
    return held


def name_of(document: Document, uid: UUID | str) -> str:
    """Number and heading; of a removed provision as its last change names it."""
    if row := find_provision(document, uid):
        return label_of(row)
    last = document.revisions.filter(provision_uid=uid).order_by("number").last()
    return last.label if last else ""


def refusal(document: Document, uid: UUID | str, reason: str) -> Refused:
    if reason == R.CLOSED:
        kept = _("What you wrote is kept for you; it is not in the document.")
        closed = why_closed(Document.objects.get(pk=document.pk).report)
        return Refused(f"{closed} {kept}")
    sentences = {
        R.REMOVED: _(
            "Somebody removed “%s” from the text. What you wrote is kept for you."
        ),
        R.CONFLICT: _(
            "Somebody else saved a translation of “%s” while you were writing. Your"
            " text is kept; look at both before you save."
        ),
    }
    return Conflict(sentences[R(reason)] % name_of(document, uid))
