from datetime import datetime

from tuntas.kit.errors import NotFound
from tuntas.kit.problems import TooOften
from tuntas.kit.words import Say
from tuntas.reports.models import Report
from tuntas.reports.queries import report_with_code
from tuntas.steps.limit import WRONG_CODES_A_MINUTE, seconds_to_wait

BAD_CODE = Say(
    "Kode ini tidak kami temukan. Periksa lagi: tidak ada angka 0 atau 1, tidak ada huruf I, L, O, U.",
    "We cannot find this code. Check again: there is no 0 or 1, and no I, L, O or U.",
)
SLOWER = Say(
    "Terlalu banyak kode salah dari jaringan ini. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many wrong codes from this network. Wait {seconds} seconds, then try again.",
)


def open_by_code(code: str, *, address: str, real_now: datetime) -> Report:
    """Return the report a typed code opens. Wrong codes from one network are counted and slowed, right ones never are.

    Every door counts in the same bucket. Raises NotFound for a wrong code, TooOften after too many.
    """
    report = report_with_code(code)
    if report is not None:
        return report
    wait = seconds_to_wait("codes", address, most=WRONG_CODES_A_MINUTE, per_seconds=60, real_now=real_now)
    if wait:
        raise TooOften(SLOWER.fill(seconds=wait), wait)
    raise NotFound(BAD_CODE)
