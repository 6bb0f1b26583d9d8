"""A file that was uploaded waits a day to be attached to a report or an act; then it is forgotten."""

from datetime import timedelta

from tuntas.kit.words import Say

KEPT_UNATTACHED = timedelta(hours=24)
NO_FILE = Say(
    "Berkas ini tidak ada atau sudah dipakai. Unggah lagi.",
    "There is no such file, or it is used already. Upload it again.",
)
