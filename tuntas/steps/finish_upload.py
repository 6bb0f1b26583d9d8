from datetime import datetime
from uuid import UUID

from django.db import transaction

from tuntas.kit import files
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound, TooLarge, WrongState
from tuntas.reports.models import File, Upload
from tuntas.steps.add_piece import ELSEWHERE
from tuntas.steps.drop_upload import drop_upload
from tuntas.steps.upload import upload_file


def finish_upload(upload_id: UUID, *, now: datetime) -> File:
    """Take in a file that has come whole, as one that came at once; done already, it is the same file again.

    Raises NotFound, WrongState where pieces are missing; Invalid, TooLarge where it is refused, and then it is gone.
    """
    try:
        with transaction.atomic():
            upload = Upload.objects.select_for_update(of=("self",)).select_related("file").filter(pk=upload_id).first()
            if upload is None:
                raise NotFound(NOT_FOUND)
            if upload.file is not None:
                return upload.file
            if upload.offset != upload.length:
                raise WrongState(ELSEWHERE)
            upload.file = _taken_in(upload, now)
            upload.save(update_fields=["file"])
            file = upload.file
    except (Invalid, TooLarge):
        drop_upload(upload_id)
        raise
    files.drop_quarantined(str(upload_id))
    return file


def _taken_in(upload: Upload, now: datetime) -> File:
    try:
        with files.quarantined(str(upload.pk)).open("rb") as source:
            return upload_file(source, name=upload.name, now=now)[0]
    except FileNotFoundError as error:
        raise NotFound(NOT_FOUND) from error
