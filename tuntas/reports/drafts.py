"""What somebody has written so far, and the receipt it became; both readable only with their link."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

import orjson
from django.db import models

from tuntas.kit.crypto import Unreadable, decrypt, derive, encrypt
from tuntas.kit.env import env
from tuntas.kit.links import is_link, link_hash

DRAFT, RECEIPT, HOLDER = "draft", "receipt", "draft's phone"
KEPT = timedelta(hours=24)
Json = dict[str, Any]


class Draft(models.Model):
    """A report being written; once sent, its receipt for a day. No word of either is readable without the link."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed hash of the draft's link
    holder = models.CharField(max_length=64, blank=True)  # keyed hash of the phone's cookie; "" where it keeps none
    data = models.BinaryField()
    receipt = models.CharField(max_length=64, null=True)  # keyed hash of the receipt's link, once sent
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["receipt"], name="draft_receipt_once")]


def holder_hash(phone: str) -> str:
    """Return what is kept of a phone's cookie: "" for a phone that keeps none."""
    return link_hash(phone, HOLDER) if phone else ""


def read_draft(link: str, phone: str, *, now: datetime) -> Json | None:
    """Return what was written so far, to the phone that wrote it; None when it is gone, sent or another's."""
    if not is_link(link, DRAFT):
        return None
    found = Draft.objects.filter(key=link_hash(link, DRAFT), receipt=None, at__gt=now - KEPT).first()
    if found is None or found.holder != holder_hash(phone):
        return None
    return opened(link, DRAFT, found)


def read_receipt(link: str, *, now: datetime) -> Json | None:
    """Return the receipt of a link, for a day."""
    if not is_link(link, RECEIPT):
        return None
    found = Draft.objects.filter(receipt=link_hash(link, RECEIPT), at__gt=now - KEPT).first()
    return None if found is None else opened(link, RECEIPT, found)


def closed(link: str, purpose: str, data: Json) -> bytes:
    """Return *data* encrypted under a key made from its link, which is kept nowhere."""
    return encrypt(derive(f"{env().secret_key}{link}", purpose), orjson.dumps(data))


def opened(link: str, purpose: str, row: Draft) -> Json | None:
    """Return what a row says, or None where it cannot be read any more (the secret key was changed)."""
    try:
        said: Json = orjson.loads(decrypt(derive(f"{env().secret_key}{link}", purpose), bytes(row.data)))
    except Unreadable:
        return None
    return said
