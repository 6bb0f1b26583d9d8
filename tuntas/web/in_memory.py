"""Files of a form that must never lie readable on a disk, not even for a moment."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MOST_BYTES = 60 * 1024 * 1024  # of all files of one form; what is beyond is not read


class InMemory(FileUploadHandler):
    """Keep every file in memory, whatever its size. Django would write large ones into the machine's own folder."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._kept, self._sum = BytesIO(), 0

    def new_file(self, *given: Any, **more: Any) -> None:
        super().new_file(*given, **more)
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._sum += len(raw_data)
        if self._sum > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        self._kept.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


def keep_files_in_memory(request: HttpRequest) -> None:
    """Let the files of a form be read into memory alone; call it before anything of the form is read."""
    request.upload_handlers = [InMemory(request)]
