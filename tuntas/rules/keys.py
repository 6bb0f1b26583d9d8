"""The desk's shortcuts: what each key does, which of them a person may change, and what a choice must be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tuntas.kit.words import Say


class Does(StrEnum):
    """What a key does in the inbox (ux.md 6.2). None closes, rejects or seals."""

    NEXT = "turun"
    BEFORE = "naik"
    PICK = "pilih"
    FORWARD = "teruskan"
    FIRST = "saran-1"
    SECOND = "saran-2"
    THIRD = "saran-3"
    UNDO = "urungkan"
    FIND = "cari"
    REPLY = "balas"
    NOTE = "catatan"
    ASK = "minta"
    HELP = "bantuan"


USUAL: Mapping[Does, str] = {
    Does.NEXT: "j",
    Does.BEFORE: "k",
    Does.PICK: "x",
    Does.FORWARD: "d",
    Does.FIRST: "1",
    Does.SECOND: "2",
    Does.THIRD: "3",
    Does.UNDO: "z",
    Does.FIND: "/",
    Does.REPLY: "b",
    Does.NOTE: "c",
    Does.ASK: "m",
    Does.HELP: "?",
}
NAMES: Mapping[Does, Say] = {
    Does.NEXT: Say("Laporan berikutnya", "Next report"),
    Does.BEFORE: Say("Laporan sebelumnya", "Previous report"),
    Does.PICK: Say("Pilih laporan", "Pick the report"),
    Does.FORWARD: Say("Teruskan ke instansi pilihan", "Send to the chosen agency"),
    Does.FIRST: Say("Saran instansi pertama", "First suggested agency"),
    Does.SECOND: Say("Saran instansi kedua", "Second suggested agency"),
    Does.THIRD: Say("Saran instansi ketiga", "Third suggested agency"),
    Does.UNDO: Say("Urungkan yang terakhir", "Undo the last act"),
    Does.FIND: Say("Cari", "Search"),
    Does.REPLY: Say("Jawab pelapor", "Answer the reporter"),
    Does.NOTE: Say("Tulis catatan", "Write a note"),
    Does.ASK: Say("Minta data", "Ask for details"),
    Does.HELP: Say("Tampilkan semua pintasan", "Show all shortcuts"),
}
ONE_SIGN = Say("Isi satu huruf, angka, atau tanda", "Enter one letter, digit or sign")
TAKEN = Say("Tombol ini sudah dipakai untuk hal lain", "This key is already used for something else")


@dataclass(frozen=True, slots=True)
class Keys:
    """The shortcuts of one person."""

    of: Mapping[Does, str]
    is_on: bool = True


def keys_of(kept: Mapping[str, Any]) -> Keys:
    """Return somebody's shortcuts from what is kept of them; whatever is missing or unknown is as usual."""
    own = kept.get("keys", {})
    return Keys({does: str(own.get(does.value, usual)) for does, usual in USUAL.items()}, kept.get("is_on", True))


def as_kept(keys: Keys) -> dict[str, Any]:
    """Return what is kept of somebody's shortcuts: only what differs from the usual ones."""
    own = {does.value: key for does, key in keys.of.items() if key != USUAL[does]}
    return {**({"keys": own} if own else {}), **({} if keys.is_on else {"is_on": False})}


def trouble_with_keys(keys: Keys) -> dict[Does, Say]:
    """Return what is wrong with a choice, per shortcut; each needs one sign of its own."""
    wrong: dict[Does, Say] = {}
    taken: set[str] = set()
    for does, key in keys.of.items():
        if len(key) != 1 or key.isspace() or not key.isprintable():
            wrong[does] = ONE_SIGN
        elif key in taken:
            wrong[does] = TAKEN
        taken.add(key)
    return wrong
