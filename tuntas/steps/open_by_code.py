from datetime import datetime

from tuntas.kit.age import recipient_of
from tuntas.kit.errors import No, NotFound
from tuntas.kit.ids import read_code
from tuntas.kit.problems import TooOften
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.reports.opened import reporters_identity
from tuntas.reports.queries import report_with_code
from tuntas.sealed.models import Seal, SealedBy
from tuntas.steps.limit import WRONG_CODES_A_MINUTE, note_guess, seconds_for_guessing, seconds_to_wait

BAD_CODE = Say(
    "Kode ini tidak kami temukan. Periksa lagi: tidak ada angka 0 atau 1, tidak ada huruf I, L, O, U.",
    "We cannot find this code. Check again: there is no 0 or 1, and no I, L, O or U.",
)
SLOWER = Say(
    "Terlalu banyak kode salah dari jaringan ini. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many wrong codes from this network. Wait {seconds} seconds, then try again.",
)


def open_by_code(code: str, *, address: str, real_now: datetime) -> Report:
    """Return the report a typed code opens. Wrong codes from one network are counted and slowed, right ones are not.

    Only where somebody plainly guesses are all codes of their network slowed (docs/decisions/0023-guessing.md). Every
    door counts in the same buckets. Raises NotFound for a wrong code, TooOften after too many.
    """
    report = report_with_code(code)
    if (wait := seconds_for_guessing(address, real_now=real_now)) > 0:
        raise TooOften(SLOWER.fill(seconds=wait), wait)
    if report is not None:
        if report.is_restricted:
            _know_reporter(report, code)
        return report
    if read_code(code):
        note_guess(address, real_now=real_now)
    raise wrong_code(address, real_now=real_now)


def wrong_code(address: str, *, real_now: datetime) -> No:
    """Count a wrong code of any kind; return what to say: NotFound, or TooOften after too many."""
    wait = seconds_to_wait("codes", address, most=WRONG_CODES_A_MINUTE, per_seconds=60, real_now=real_now)
    return TooOften(SLOWER.fill(seconds=wait), wait) if wait else NotFound(BAD_CODE)


def _know_reporter(report: Report, typed: str) -> None:
    """Note the public key that the code of a report sealed later stands for, so that a reader can wrap the key for it.

    Only whoever shows the code can say which key that is: at the time of sealing nobody knew it.
    """
    unknown = Seal.objects.filter(pk=report.pk, by=SealedBy.LATER, reporter="")
    if (code := read_code(typed)) and unknown.exists():
        unknown.update(reporter=recipient_of(reporters_identity(code)))
