"""What somebody may open a sealed report for, and what is kept of a look into the room. Pure."""

from enum import StrEnum

from tuntas.kit.words import Say


class Purpose(StrEnum):
    """Why a seal is opened: a short list, so that it can be counted and asked about."""

    FIRST_LOOK = "telaah_awal"
    CLARIFYING = "klarifikasi"
    EXAMINING = "pemeriksaan"
    CONCLUDING = "hasil"
    OVERSEEING = "pengawasan"


PURPOSES: dict[Purpose, Say] = {
    Purpose.FIRST_LOOK: Say("telaah awal", "first look"),
    Purpose.CLARIFYING: Say("klarifikasi", "clarification"),
    Purpose.EXAMINING: Say("pemeriksaan", "examination"),
    Purpose.CONCLUDING: Say("hasil", "outcome"),
    Purpose.OVERSEEING: Say("pengawasan", "oversight"),
}


class SealedLook(StrEnum):
    """What of a sealed report somebody looked at, or did with its keys."""

    OPENED = "sealed"
    PART = "sealed_part"
    FILE = "sealed_file"
    EXPORT = "sealed_export"
    KEY_GIVEN = "sealed_key"


class RoomLook(StrEnum):
    """What somebody did to the room itself: who reads there, and the key for the day a reader's own is lost."""

    LEAVING_ASKED = "sealed_leaving_asked"
    LEAVING_REFUSED = "sealed_leaving_refused"
    LEFT = "sealed_reader_left"
    RECOVERY_KEPT = "sealed_recovery_key"
    RECOVERY_USED = "sealed_recovery"


ROOM_LOOKS: dict[RoomLook, Say] = {
    RoomLook.LEAVING_ASKED: Say("meminta pembaca dikeluarkan", "asked to take a reader out"),
    RoomLook.LEAVING_REFUSED: Say("menolak permintaan keluar", "refused to take a reader out"),
    RoomLook.LEFT: Say("mengeluarkan pembaca", "took a reader out"),
    RoomLook.RECOVERY_KEPT: Say("menambah kunci pemulihan", "added the recovery key"),
    RoomLook.RECOVERY_USED: Say("memakai kunci pemulihan", "used the recovery key"),
}

SEALED_LOOKS: dict[SealedLook, Say] = {
    SealedLook.OPENED: Say("membuka segel", "opened the seal"),
    SealedLook.PART: Say("membuka bagian tertutup", "opened a closed part"),
    SealedLook.FILE: Say("mengunduh lampiran", "saved a file"),
    SealedLook.EXPORT: Say("menyimpan berkas age", "saved the age files"),
    SealedLook.KEY_GIVEN: Say("memberi kunci", "gave a key"),
}
