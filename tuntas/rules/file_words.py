"""What is said of a file that was sent along: how far it has come, and why it was not taken."""

from enum import StrEnum

from tuntas.kit.words import Say


class Trouble(StrEnum):
    """Why a file was rejected, or still waits."""

    WAITS = "waits"
    INFECTED = "infected"
    LOCKED = "locked"
    TOO_MANY_PAGES = "too_many_pages"
    DAMAGED = "damaged"


TROUBLES = {
    Trouble.WAITS: Say("Pemeriksaan tertunda. Kami coba lagi sendiri.", "The check is delayed. We try again."),
    Trouble.INFECTED: Say(
        "Berkas ini membawa program berbahaya dan sudah kami hapus.",
        "This file carried a harmful program, and we deleted it.",
    ),
    Trouble.LOCKED: Say(
        "Dokumen ini terkunci kata sandi. Kirim yang tidak terkunci.",
        "This document is locked with a password. Send one that is not.",
    ),
    Trouble.TOO_MANY_PAGES: Say(
        "Dokumen ini lebih dari 200 halaman. Kirim bagian yang penting saja.",
        "This document has more than 200 pages. Send only what matters.",
    ),
    Trouble.DAMAGED: Say(
        "Berkas ini rusak dan tidak bisa dibaca. Kirim sekali lagi.",
        "This file is damaged and cannot be read. Send it once more.",
    ),
}
STATES = {
    "received": Say("sedang diperiksa", "being checked"),
    "quarantined": Say("sedang diperiksa", "being checked"),
    "ready": Say("sudah diperiksa", "checked"),
    "rejected": Say("ditolak", "rejected"),
}
KINDS = {
    "photo": Say("Foto", "Photo"),
    "document": Say("Dokumen", "Document"),
    "video": Say("Video", "Video"),
    "audio": Say("Rekaman suara", "Recording"),
}


def trouble_of(word: str) -> Say | None:
    """Return what is said of a file's trouble, or None where it has none."""
    return TROUBLES.get(Trouble(word)) if word in set(Trouble) else None


def safe_name(name: str) -> str:
    """Return how a sender's file is called: without folders or signs nobody can see, 120 at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:120].strip()


def name_to_keep(name: str, kind: str, ending: str) -> str:
    """Return the name under which a clean file is handed over; its ending is what it is, not what it was called."""
    stem = safe_name(name)
    front, dot, _ = stem.rpartition(".")
    return f"{(front if dot else stem).strip('. ') or KINDS[kind].id.lower()}.{ending}"
