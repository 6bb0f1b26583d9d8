from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tuntas.kit import files
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound, TooLarge, WrongState
from tuntas.kit.sniff import MOST_BYTES, NOT_TAKEN, TOO_BIG, sniff
from tuntas.kit.words import Say
from tuntas.reports.models import Upload

MOST_IN_A_PIECE = 5 * 1024 * 1024
HOURS_TO_FINISH = 24
ENOUGH_TO_TELL = 512  # bytes; of a shorter first piece the whole file is judged at its end
ELSEWHERE = Say(
    "Bagian ini tidak menyambung. Tanyakan dulu sampai mana berkas sudah masuk.",
    "This piece does not follow the last. Ask first how far the file has come.",
)
TOO_MUCH = Say("Bagian ini terlalu besar.", "This piece is too large.")


def add_piece(upload_id: UUID, offset: int, data: bytes, *, now: datetime) -> Upload:
    """Add what comes next of a file. Of two pieces at once, one is added; the other no longer follows.

    Raises NotFound, WrongState, TooLarge; Invalid where the first piece shows a kind that is not taken.
    """
    with transaction.atomic():
        found = Upload.objects.select_for_update().filter(pk=upload_id, at__gt=now - timedelta(hours=HOURS_TO_FINISH))
        upload = found.first()
        if upload is None:
            raise NotFound(NOT_FOUND)
        if offset != upload.offset:
            raise WrongState(ELSEWHERE)
        if len(data) > MOST_IN_A_PIECE or offset + len(data) > upload.length:
            raise TooLarge(TOO_MUCH)
        if offset == 0 and len(data) >= min(ENOUGH_TO_TELL, upload.length):
            _refuse_early(data, upload.length)
        if data:
            files.write_to_quarantine(str(upload.pk), offset, data)
        upload.offset, upload.at = offset + len(data), now
        upload.save(update_fields=["offset", "at"])
        return upload


def _refuse_early(data: bytes, length: int) -> None:
    """Raise Invalid or TooLarge where the beginning already tells that the whole will be refused."""
    kind = sniff(data[:4096])
    if kind is None:
        raise Invalid.field("/file", NOT_TAKEN)
    if length > MOST_BYTES[kind.kind]:
        raise TooLarge(TOO_BIG[kind.kind])
