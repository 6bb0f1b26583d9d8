"""Open lines to mail servers: one that has carried a letter is kept a moment for the next.

To sign in costs a mail server more than a letter does, and many let nobody sign in as often as letters leave here.
"""

import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from urllib.parse import unquote, urlsplit

SECONDS = 20
SECONDS_TO_GREET = 5
SECONDS_TO_PART = 1
SECONDS_KEPT = 10.0  # servers hang up after minutes; within this they hardly ever have
LETTERS_A_LINE = 10  # some servers let what comes after so many wait in a queue

_waiting: list[tuple[smtplib.SMTP, str, float, int]] = []  # line, address, when it came to rest, letters carried
_lock = Lock()


@contextmanager
def line_to(url: str) -> Iterator[smtplib.SMTP]:
    """Lend a line to a mail server, signed in; nobody else has it meanwhile. Raises smtplib.SMTPException, OSError.

    One on which something went wrong is not used again.
    """
    line, carried = _kept(url) or (connect(url), 0)
    try:
        yield line
    except BaseException:
        _hang_up(line)
        raise
    if carried + 1 < LETTERS_A_LINE:
        with _lock:
            _waiting.append((line, url, time.monotonic(), carried + 1))
    else:
        _hang_up(line)


def connect(url: str, *, seconds: float = SECONDS) -> smtplib.SMTP:
    """Open a line and sign in. Raises smtplib.SMTPException, OSError."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        return _sign_in(
            smtplib.SMTP_SSL(host, parts.port or 465, timeout=seconds, context=ssl.create_default_context()), url
        )
    server = smtplib.SMTP(host, parts.port or 587, timeout=seconds)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    return _sign_in(server, url)


def _sign_in(server: smtplib.SMTP, url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _kept(url: str) -> tuple[smtplib.SMTP, int] | None:
    """Return a line that rests and still answers, and how many letters it carried.

    Those that rested too long are hung up now; where no letter comes any more, the server does it.
    """
    while True:
        oldest = time.monotonic() - SECONDS_KEPT
        with _lock:
            old = [one for one in _waiting if one[2] < oldest]
            ours = [one for one in _waiting if one[2] >= oldest and one[1] == url]
            for one in (*old, *ours[-1:]):
                _waiting.remove(one)
        for line, *_ in old:
            _hang_up(line)
        if not ours:
            return None
        line, _, _, carried = ours[-1]
        if _answers(line):
            return line, carried
        _hang_up(line)


def _answers(line: smtplib.SMTP) -> bool:
    with suppress(smtplib.SMTPException, OSError):
        if line.sock is not None:
            line.sock.settimeout(SECONDS_TO_GREET)
            status, _ = line.noop()
            line.sock.settimeout(SECONDS)
            return status == 250
    return False


def _hang_up(line: smtplib.SMTP) -> None:
    with suppress(smtplib.SMTPException, OSError):
        if line.sock is not None:
            line.sock.settimeout(SECONDS_TO_PART)
            line.quit()
    line.close()
