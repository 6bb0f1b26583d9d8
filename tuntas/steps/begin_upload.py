from datetime import datetime

from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.sniff import LARGEST, TOO_BIG, Kind
from tuntas.kit.words import Say
from tuntas.reports.models import Upload
from tuntas.rules.file_words import safe_name

EMPTY = Say("Berkas ini kosong.", "This file is empty.")


def begin_upload(length: int, *, name: str, now: datetime) -> Upload:
    """Make room for a file that comes piece by piece; its random id is the right to it. Raises Invalid, TooLarge."""
    if length <= 0:
        raise Invalid.field("/Upload-Length", EMPTY)
    if length > LARGEST:
        raise TooLarge(TOO_BIG[Kind.VIDEO])
    return Upload.objects.create(length=length, name=safe_name(name), at=now)
