"""What a new operator, liaison or validator tries out first, and when it is done. Pure.

An exercise is a report in the practice city and the act that brings it on; it is done once the learner has done
that act to it, whatever came before.
"""

from dataclasses import dataclass
from enum import StrEnum

from tuntas.kit.words import Say
from tuntas.rules.life import Act, State


class Course(StrEnum):
    """Whose work is practised. The words stand in the address."""

    OPERATOR = "operator"
    LIAISON = "narahubung"
    VALIDATOR = "pemeriksa"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing to try.

    story   what the citizen reported
    stands  where the report stands when the learner meets it
    answer  the agency's answer that waits to be checked, where there is one
    done_by the act that ends the exercise
    """

    code: str
    course: Course
    task: Say
    hint: Say
    story: str
    stands: State
    done_by: Act
    answer: str = ""


HOLE = "Jalan di depan pasar berlubang besar, sudah dua minggu. Kalau hujan tertutup air."
LAMP = "Lampu jalan di gang kami mati sejak tiga hari lalu, jadi gelap sekali kalau malam."

EXERCISES = (
    Exercise(
        "teruskan",
        Course.OPERATOR,
        Say("Teruskan laporan yang jelas", "Send on a clear report"),
        Say(
            "Periksa topik dan tempatnya, lalu teruskan ke instansi yang disarankan.",
            "Check topic and place, then send it to the agency that is proposed.",
        ),
        HOLE,
        State.SUBMITTED,
        Act.DISPATCH,
    ),
    Exercise(
        "minta-data",
        Course.OPERATOR,
        Say("Minta keterangan yang kurang", "Ask for what is missing"),
        Say(
            "Tempatnya tidak disebut. Tanyakan dengan satu kalimat yang sopan.",
            "The place is missing. Ask for it in one polite sentence.",
        ),
        "Tolong diperbaiki secepatnya, sudah lama rusak dan belum ada yang datang.",
        State.SUBMITTED,
        Act.ASK,
    ),
    Exercise(
        "jawab",
        Course.OPERATOR,
        Say("Jawab pelapor", "Answer the reporter"),
        Say(
            "Sapa, sebut siapa yang menangani dan kapan kabar berikutnya. Perhatikan lima lampu.",
            "Greet, say who handles it and when more news comes. Mind the five lights.",
        ),
        LAMP,
        State.SUBMITTED,
        Act.INFORM,
    ),
    Exercise(
        "urungkan",
        Course.OPERATOR,
        Say("Teruskan, lalu urungkan", "Send on, then undo"),
        Say(
            "Teruskan laporan ini, lalu tekan Urungkan dalam sepuluh detik.",
            "Send this report on, then press Undo within ten seconds.",
        ),
        LAMP,
        State.SUBMITTED,
        Act.RECALL,
    ),
    Exercise(
        "tidak-diproses",
        Course.OPERATOR,
        Say("Tolak dengan alasan", "Turn down with a reason"),
        Say(
            "Ini iklan. Pilih alasannya dan beri tahu pengirim apa yang bisa ia lakukan.",
            "This is an advertisement. Choose the reason and tell the sender what they can do.",
        ),
        "Jual pulsa dan token listrik termurah, hubungi kami kapan saja, buka setiap hari.",
        State.SUBMITTED,
        Act.ARCHIVE,
    ),
    Exercise(
        "mulai",
        Course.LIAISON,
        Say("Mulai mengerjakan", "Begin the work"),
        Say(
            "Beri tahu pelapor siapa yang datang dan kapan.",
            "Tell the reporter who will come, and when.",
        ),
        HOLE,
        State.DISPATCHED,
        Act.START,
    ),
    Exercise(
        "perlu-waktu",
        Course.LIAISON,
        Say("Minta waktu dengan tanggal", "Ask for time, with a date"),
        Say(
            "Pilih Perlu waktu, isi tanggalnya, dan jelaskan apa yang ditunggu.",
            "Choose Needs time, give the date, and explain what you wait for.",
        ),
        HOLE,
        State.IN_PROGRESS,
        Act.SCHEDULE,
    ),
    Exercise(
        "bukan-wewenang",
        Course.LIAISON,
        Say("Kembalikan yang bukan wewenang", "Give back what is not yours"),
        Say(
            "Laporan ini salah alamat. Sebut alasannya, dan instansi yang benar bila tahu.",
            "This report came to the wrong place. Say why, and name the right agency if you know it.",
        ),
        "Air ledeng di rumah kami keruh dan berbau sejak kemarin pagi.",
        State.DISPATCHED,
        Act.TRANSFER,
    ),
    Exercise(
        "sudah-selesai",
        Course.LIAISON,
        Say("Jawab sesudah selesai", "Answer when it is done"),
        Say(
            "Pilih Sudah selesai, tambahkan foto sesudah, dan ceritakan apa yang dikerjakan.",
            "Choose Done, add a photo of the result, and tell what was done.",
        ),
        LAMP,
        State.IN_PROGRESS,
        Act.PROPOSE_ANSWER,
    ),
    Exercise(
        "setujui",
        Course.VALIDATOR,
        Say("Setujui jawaban yang baik", "Approve a good answer"),
        Say(
            "Baca laporan dan jawabannya. Bila jelas, sopan, dan lengkap, setujui.",
            "Read the report and the answer. If it is clear, polite and complete, approve it.",
        ),
        LAMP,
        State.AWAITING_VALIDATION,
        Act.APPROVE,
        "Terima kasih laporannya. Lampu sudah kami ganti hari ini pukul 10.00 dan sudah menyala.",
    ),
    Exercise(
        "kembalikan",
        Course.VALIDATOR,
        Say("Kembalikan jawaban yang kurang", "Return a poor answer"),
        Say(
            "Jawaban ini tidak menyebut siapa dan kapan. Kembalikan dengan petunjuk.",
            "This answer says neither who nor when. Return it and say what is missing.",
        ),
        HOLE,
        State.AWAITING_VALIDATION,
        Act.RETURN_ANSWER,
        "Akan ditindaklanjuti.",
    ),
)


def exercises_of(course: Course) -> list[Exercise]:
    """Return what is tried in a course, in its order."""
    return [exercise for exercise in EXERCISES if exercise.course is course]
