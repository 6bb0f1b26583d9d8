"""What a file is, told by its first bytes and never by its name; and which kinds are taken in at all."""

from dataclasses import dataclass
from enum import StrEnum

import puremagic

from tuntas.kit import heic
from tuntas.kit.words import Say

HEAD = 4096  # bytes that decide
_MEGABYTE = 1024 * 1024


class Kind(StrEnum):
    """The same words as those of a stored file."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is, and the ending its name gets."""

    kind: Kind
    ending: str


MOST_BYTES = {
    Kind.PHOTO: 10 * _MEGABYTE,
    Kind.DOCUMENT: 20 * _MEGABYTE,
    Kind.VIDEO: 100 * _MEGABYTE,
    Kind.AUDIO: 15 * _MEGABYTE,
}
LARGEST = max(MOST_BYTES.values())
NOT_TAKEN = Say(
    "Berkas jenis ini tidak bisa diterima, atau rusak. "
    "Kirim foto JPEG, PNG, WebP, atau HEIC, dokumen PDF, video MP4, WebM, atau MOV, atau rekaman suara.",
    "This kind of file cannot be accepted, or it is damaged. "
    "Send a JPEG, PNG, WebP or HEIC photo, a PDF, an MP4, WebM or MOV video, or a recording.",
)
TOO_BIG = {
    Kind.PHOTO: Say(
        "Foto terlalu besar. Batasnya 10 MB. Kirim foto yang lebih kecil.",
        "The photo is too big. The limit is 10 MB. Send a smaller photo.",
    ),
    Kind.DOCUMENT: Say("Dokumen terlalu besar. Batasnya 20 MB.", "The document is too big. The limit is 20 MB."),
    Kind.VIDEO: Say("Video terlalu besar. Batasnya 100 MB.", "The video is too big. The limit is 100 MB."),
    Kind.AUDIO: Say("Rekaman terlalu besar. Batasnya 15 MB.", "The recording is too big. The limit is 15 MB."),
}
_TYPES = {
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "aac": "audio/aac",
    "jpg": "image/jpeg",
}
# What the library may call each of ours; both it and our own look at the bytes must say the same.
_CALLED = {
    "jpg": {".jpg", ".jpeg", ".jfif", ".jpe"},
    "png": {".png"},
    "webp": {".webp"},
    "pdf": {".pdf"},
    "mp4": {".mp4"},
    "mov": {".mov"},
    "m4a": {".m4a", ".mp4"},
    "webm": {".webm"},
    "mp3": {".mp3", ".mpga"},
    "aac": {".aac"},
    "ogg": {".ogg", ".oga"},
    "wav": {".wav"},
}
_KINDS = {"jpg": Kind.PHOTO, "png": Kind.PHOTO, "webp": Kind.PHOTO, "pdf": Kind.DOCUMENT}
_KINDS |= {"mp4": Kind.VIDEO, "mov": Kind.VIDEO}
_KINDS |= dict.fromkeys(("m4a", "mp3", "aac", "ogg", "wav"), Kind.AUDIO)
_VIDEO_BRANDS = (b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV")


def sniff(head: bytes) -> Found | None:
    """Return what a file is that begins with *head*, or None where such files are not taken in."""
    if heic.is_heic(head):
        return Found(Kind.PHOTO, "jpg")
    ending = _by_opening(head)
    if not ending or not _CALLED[ending] & _by_library(head):
        return None
    if ending == "webm":
        is_sound = b"A_" in head and b"V_" not in head  # the codecs its tracks name
        return Found(Kind.AUDIO if is_sound else Kind.VIDEO, ending)
    return Found(_KINDS[ending], ending)


def content_type(kind: str, ending: str) -> str:
    """Return the content type under which a clean file is served."""
    return f"{kind}/webm" if ending == "webm" else _TYPES.get(ending, "application/octet-stream")


def _by_opening(head: bytes) -> str:
    for opening, ending in ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf")):
        if head.startswith(opening):
            return ending
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head[:4] == b"\x1aE\xdf\xa3":
        return "webm" if b"webm" in head[:64] else ""
    return "ogg" if head[:4] == b"OggS" else _by_frame(head)


def _by_brand(brand: bytes) -> str:
    if brand in (b"M4A ", b"M4B "):
        return "m4a"
    return "mov" if brand == b"qt  " else "mp4" if brand in _VIDEO_BRANDS else ""


def _by_frame(head: bytes) -> str:
    if head[:3] == b"ID3":
        return "mp3"
    if len(head) < 4 or head[0] != 0xFF:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    return "mp3" if head[1] & 0xE6 == 0xE2 else ""


def _by_library(head: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(head)}
    except Exception:  # nothing it knows; and it stumbles over some broken containers
        return set()
