"""PDF documents, rewritten without what could run or hide in them, in a process of their own."""

import subprocess
import sys
from pathlib import Path

_READER = Path(__file__).with_name("document_reader.py")
MOST_PAGES = 200
_MOST_SECONDS = 30  # of computing
_LONGEST_WAIT = 60.0
_TAIL = 4096


class Unreadable(Exception):
    """The document is broken, or took too long or too much memory."""


class Locked(Exception):
    """The document asks for a password, or forbids what we do with it."""


class TooLong(Exception):
    """More pages than asked for."""


def is_whole(head: bytes, tail: bytes) -> bool:
    """Say whether a file begins and ends as a PDF does: a cheap look, for the request; a job parses it later."""
    return head.startswith(b"%PDF-") and b"%%EOF" in tail[-_TAIL:]


def clean_document(data: bytes, *, most_pages: int = MOST_PAGES, most_seconds: int = _MOST_SECONDS) -> bytes:
    """Return a PDF rewritten from its pages: no scripts, no actions, no files inside, no forms of XFA, no notes on it.

    Raises Unreadable, Locked, TooLong.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_READER), str(most_pages), str(most_seconds)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=_LONGEST_WAIT,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Unreadable from error
    word, _, clean = done.stdout.partition(b"\n")
    if word == b"ok" and done.returncode == 0 and clean.startswith(b"%PDF-"):
        return clean
    raise {b"locked": Locked, b"pages": TooLong}.get(word, Unreadable)
