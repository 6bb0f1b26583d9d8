from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tuntas.kit.age import FRONT, is_recipient
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.rules.sealed_purposes import SealedLook
from tuntas.rules.who import Actor
from tuntas.sealed.appointed import may_open
from tuntas.sealed.models import Seal, WrappedKey
from tuntas.steps.look_at_sealed import record, refuse_not_open

LONGEST = 8 * 1024
REPORTER = "reporter"  # among the readers' ids: whoever holds the code
NOT_NAMED = Say(
    "Kunci hanya diberikan kepada pembaca di daftar yang berlaku.", "Keys are given to readers of the list in force."
)
NO_KEY = Say("Kunci ini tidak terbaca. Muat ulang halaman.", "This key cannot be read. Load the page again.")
ALL_ANEW = Say(
    "Kunci baru harus dibungkus untuk semua yang masih boleh membuka.",
    "A new key has to be wrapped for everybody who still may open.",
)


def rewrap(report: Report, *, by: Actor, keys: Mapping[str, bytes], recipient: str = "", now: datetime) -> list[str]:
    """Keep a report's key as a reader's browser wrapped it for others: newcomers, or all of them after it was changed.

    keys       by the id of a reader's key, or "reporter": age files the server cannot open
    recipient  the public half of a new key of the report; whoever is left opens it, so *keys* names each of them

    Returns the names of who was given a key. Raises NotAllowed, NotFound, Invalid.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        refuse_not_open(report, by=by, now=now)
        seal = Seal.objects.select_for_update().filter(pk=report.pk).first()
        if seal is None:
            raise NotFound(NOT_FOUND)
        named = {str(reader.id): reader.name for reader in may_open(seal)}
        if seal.reporter:
            named[REPORTER] = REPORTER
        _refuse_strange(keys, named)
        if recipient:
            if not is_recipient(recipient):
                raise Invalid.field("/recipient", NO_KEY)
            if set(keys) != set(named):
                raise Invalid.field("/keys", ALL_ANEW)
            seal.recipient = recipient
            seal.save(update_fields=["recipient"])
            WrappedKey.objects.filter(report_id=report.pk).delete()
        for name, data in keys.items():
            WrappedKey.objects.update_or_create(
                report_id=report.pk, reader_id=None if name == REPORTER else int(name), defaults={"data": data}
            )
        given = [named[name] for name in keys]
        record(report, by=by, what=SealedLook.KEY_GIVEN, why=", ".join(given)[:200], now=now)
        return given


def _refuse_strange(keys: Mapping[str, bytes], named: Mapping[str, str]) -> None:
    if not keys or set(keys) - set(named):
        raise Invalid.field("/keys", NOT_NAMED)
    if any(not data.startswith(FRONT + b"-> X25519 ") or len(data) > LONGEST for data in keys.values()):
        raise Invalid.field("/keys", NO_KEY)
