"""Codes and numbers that people read out, write down and type in again. Source: CONTRACT.md 4."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U: nothing that looks or sounds like another

_BASE = len(ALPHABET)
_SHORT, LONG = 10, 24  # symbols of a code
# Spaces and dashes of every kind: phones swap in their own when a code is pasted
_GAPS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]+")
_SYMBOLS = frozenset(ALPHABET + ALPHABET.lower())
_NUMBER = re.compile(r"[0-9]{2}-[1-9][0-9]{0,17}")
_REF = re.compile(r"[A-Za-z]{1,3}-[0-9]{2}-(?:[0-9]{3}|[1-9][0-9]{3,17})")


def check_symbol(body: str) -> str:
    """Return the symbol that, put after *body*, makes a mistyped code show.

    Luhn mod 30 over ALPHABET's order, factor 2 from the right. It shows each single wrong symbol, and each swap of
    two neighbours but 2 with Z. Raises ValueError on a symbol outside ALPHABET.
    """
    return ALPHABET[-_luhn_sum(body, factor=2) % _BASE]


def new_code() -> str:
    """Make a reporter's tracking code: 9 random symbols (44 bits) and a check symbol."""
    body = _random(_SHORT - 1)
    return body + check_symbol(body)


def new_long_code() -> str:
    """Make the code of a sealed report: 24 random symbols (118 bits), no check symbol."""
    return _random(LONG)


def read_code(text: str) -> str | None:
    """Read a tracking code as somebody typed it: any case, with or without hyphens and spaces.

    Returns the 10 or 24 capital symbols; None when a symbol is foreign, the length wrong, or the check fails.
    """
    symbols = _GAPS.sub("", text)
    if len(symbols) not in (_SHORT, LONG) or not _SYMBOLS.issuperset(symbols):
        return None
    code = symbols.upper()
    if len(code) == _SHORT and _luhn_sum(code, factor=1) % _BASE:
        return None
    return code


def show_code(code: str) -> str:
    """Write a code the way people can read it out: ``234-567-89A6``, or six groups of four.

    Raises ValueError unless *code* has 10 or 24 symbols, as new_code, new_long_code and read_code give them.
    """
    if len(code) == _SHORT:
        return f"{code[:3]}-{code[3:6]}-{code[6:]}"
    if len(code) == LONG:
        return "-".join(code[at : at + 4] for at in range(0, LONG, 4))
    raise ValueError(f"a code has {_SHORT} or {LONG} symbols, not {len(code)}")


def read_number(text: str, area_code: str) -> str | None:
    """Read the number of a report, or the reference that staff use for a sealed one.

    text        ``25-18342``, ``3273-25-18342`` or ``B-25-017``, as it stands in an address
    area_code   the installation's own, such as ``3273``; a number with another one in front is not ours

    Returns ``25-18342`` or ``B-25-017``; None for anything else.
    """
    if _REF.fullmatch(text):
        return text.upper()
    number = text.removeprefix(f"{area_code}-")
    return number if _NUMBER.fullmatch(number) else None


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _luhn_sum(symbols: str, factor: int) -> int:
    total = 0
    for symbol in reversed(symbols):
        product = factor * ALPHABET.index(symbol)
        total += product // _BASE + product % _BASE
        factor = 3 - factor
    return total
