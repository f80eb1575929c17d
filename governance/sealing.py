"""What proves whose form it is, and hides a text until its author signs in again.

The ticket stands in the form: signed, so that nobody makes one up. What is sealed is
bound to a person and an address: it does not open for anybody or anywhere else.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

Values = dict[str, list[str]]

SALT = "governance.sealing.ticket"
ALGORITHM = "aes-256-gcm"
NONCE_BYTES = 12
# What the portal itself puts into its forms; never a part of the text.
CONTROLS = frozenset(
    {"csrfmiddlewaretoken", "once", "window", "draft", "seal", "kept", "keep"}
)


@dataclass(frozen=True)
class Ticket:
    """Whose form it is, where it is, and what of it is never kept.

    `row` names the provision that it edits, as `governance.rule:12`; `zone` is the
    committee's, in which the time is told when nobody is signed in.
    """

    user: int
    address: str
    title: str = ""
    zone: str = "UTC"
    without: tuple[str, ...] = ()
    row: str = ""


def sign(ticket: Ticket) -> str:
    return signing.dumps(asdict(ticket), salt=SALT, compress=True)


def read(text: str, max_age: dt.timedelta | None = None) -> Ticket | None:
    """The ticket, or None where it was made up, changed, or is too old."""
    try:
        found = signing.loads(text, salt=SALT, max_age=max_age)
    except signing.BadSignature:
        return None
    return Ticket(**found | {"without": tuple(found["without"])})


def values_of(data: QueryDict, without: Iterable[str] = ()) -> Values:
    """What was typed, by field: no control, no secret, and nothing no database holds."""
    dropped = CONTROLS.union(without)
    return {
        name.replace("\0", ""): [text.replace("\0", "") for text in data.getlist(name)]
        for name in data
        if name not in dropped
    }


def seal(values: Mapping[str, Any], user: int, address: str) -> str:
    """`values` as text that only `unseal` for the same person and address opens."""
    nonce = os.urandom(NONCE_BYTES)
    box = AESGCM(key_from(settings.SECRET_KEY))
    hidden = box.encrypt(nonce, json.dumps(values).encode(), bound(user, address))
    return f"{ALGORITHM}:{base64.b64encode(nonce + hidden).decode()}"


def unseal(text: str, user: int, address: str) -> dict[str, Any] | None:
    """What was sealed; None for another person or address, or where the key is gone."""
    data = base64.b64decode(text.removeprefix(f"{ALGORITHM}:"))
    nonce, hidden = data[:NONCE_BYTES], data[NONCE_BYTES:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(key_from(secret)).decrypt(
                nonce, hidden, bound(user, address)
            )
        except InvalidTag:
            continue
        return json.loads(opened)
    return None


def lock_of(user: int) -> str:
    """The key of a person's copies on a computer, as base64 (static/js/draft.js).

    It is the same at every sign-in, so that a text is opened again after a power cut,
    and stands on pages of that person only.
    """
    key = key_from(settings.SECRET_KEY, f"ncc copy on a computer v1 {user}")
    return base64.b64encode(key).decode()


def key_from(secret: str, purpose: str = "ncc sealed post v1") -> bytes:
    """A key of its own: what is signed with SECRET_KEY tells nothing of it."""
    derived = HKDF(SHA256(), length=32, salt=None, info=purpose.encode())
    return derived.derive(secret.encode())


def bound(user: int, address: str) -> bytes:
    return f"{user}\n{address}".encode()
