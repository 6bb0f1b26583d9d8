"""What a search looks for, and under which words a report is found. Pure.

A document is a list of words, each with a mark that says who may find the report by it:

- A  title, number, place and what it belongs to: whoever may read the report
- B  the other words that whoever may read the report reads
- C  what stands only in the reporter's own words, numbers of persons included
- D  the reporter's name

Words that begin with ``#`` stand for rows of other tables, so that a new name of an agency needs no new documents.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tuntas.rules.redaction import redact

MOST_TERMS = 10
MOST_LETTERS = 40  # of a word: nobody looks for more
FEWEST_LETTERS = 3  # from which on a part of a word is looked for
MOST_PARTED = 24  # words of a place or a name that are found by their inside, too
EVERYBODY, ORIGINAL, NAME = "AB", "C", "D"
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"(?:[a-z]{1,3}-)?[0-9]{2}-[0-9]{1,18}")
# What says nothing about a report; the database's own list for Indonesian is empty.
_STOP = (
    "ada adalah agar akan aku anda apa atau bagi bahwa bisa dan dari dengan di dia dong itu ini jadi juga kami kan "
    "karena ke kepada kita lagi lah lalu mau mereka nya oleh pada para per pun saat saja sangat saya sebagai sedang "
    "seperti serta si sudah supaya telah tersebut tetapi tidak tolong untuk yaitu yang"
)
STOP = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Document:
    """Under which words a report is found, before the database takes them to their stems."""

    title: str  # A
    told: str  # B
    original: str  # C; only where it is not the same as what everybody reads
    tokens: str  # exact words with their marks, as PostgreSQL writes a tsvector


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was asked for: any of these words, or what the database makes of ``word``."""

    word: str  # as it was typed, in small letters; "" for a number
    numbers: tuple[str, ...] = ()  # beginnings of numbers, without dashes


def terms_of(q: str, *, prefix: str = "") -> list[Term]:
    """Return what somebody looks for; all of it has to be found.

    prefix   the installation's own in front of numbers, which may be typed or not
    """
    found: list[Term] = []
    for typed in q.lower().split():
        bare = typed.strip("#.,:;!?()\"'").removeprefix(f"{prefix}-" if prefix else "")
        if _NUMBERED.fullmatch(bare):
            found.append(Term("", (bare.replace("-", ""),)))
            continue
        for word in _WORD.findall(typed):
            numbers = _numbers(word, prefix) if word.isascii() and word.isdigit() else ()
            found.append(Term(word[:MOST_LETTERS], numbers))
    telling = [term for term in found if term.word not in STOP]
    return list(dict.fromkeys(telling or found))[:MOST_TERMS]


def _numbers(digits: str, prefix: str) -> tuple[str, ...]:
    if len(digits) < FEWEST_LETTERS:
        return ()
    rest = digits.removeprefix(prefix) if prefix else digits
    return tuple(dict.fromkeys(each for each in (digits, rest) if len(each) >= FEWEST_LETTERS))


def variants(word: str) -> list[str]:
    """Return the roots a word may have where *me-* or *pe-* took its first letter, which the stemmer does not know.

    ``penerangan`` and ``menerangi`` come from ``terang``, ``mengirim`` from ``kirim``.
    """
    found = re.fullmatch(r"(?:me|pe)(ng|n)([aiueo]\w{2,}?)(?:kan|an|i)?", word)
    return [{"n": "t", "ng": "k"}[found[1]] + found[2]] if found else []


def worn(stem: str) -> list[str]:
    """Return what the stemmer leaves of the forms in which a root has lost its first letter."""
    return [stem[1:]] if len(stem) > FEWEST_LETTERS + 1 and stem[0] in "tk" and stem[1] in "aiueo" else []


@dataclass(frozen=True, slots=True)
class Named:
    """What a word names besides: areas by their codes, categories and agencies by their ids."""

    areas: Collection[str] = ()  # all within them bear their codes, too
    categories: Collection[int] = ()
    agencies: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a word: its stems, and which very common words begin with it."""

    stems: Collection[str] = ()
    common: Collection[str] = ()


def query_of(terms: Sequence[Term], known: Sequence[Known], named: Sequence[Named], marks: str = "") -> str:
    """Return a search as PostgreSQL writes a tsquery: every term in one of its forms.

    marks   in which words it may be found; "" is in all
    """
    return " & ".join(
        f"({' | '.join(_forms(term, of, name, marks))})" for term, of, name in zip(terms, known, named, strict=True)
    )


def _forms(term: Term, known: Known, named: Named, marks: str) -> list[str]:
    there = marks and "A"  # numbers and names of other tables bear no other mark
    forms = {f"'#n{number}':*{there}" for number in term.numbers}
    if term.word:
        # The beginning of what half of all reports say is no help, and takes the database long: then whole words.
        is_begun = len(term.word) >= FEWEST_LETTERS and not known.common
        forms.add(f"'{term.word}':{'*' if is_begun else ''}{marks}".removesuffix(":"))
        roots = {*known.stems, *known.common, *variants(term.word)}
        roots |= {each for stem in known.stems for each in worn(stem)}
        forms |= {f"'{root}':{marks}".removesuffix(":") for root in roots - {term.word}}
    forms |= {f"'#w{code.replace('.', '')}':{there}".removesuffix(":") for code in named.areas}
    forms |= {f"'#c{id_}':{there}".removesuffix(":") for id_ in named.categories}
    forms |= {f"'#h{id_}':{there}".removesuffix(":") for id_ in named.agencies}
    return sorted(forms)


def document_of(
    *,
    titles: Iterable[str],
    texts: Iterable[str],
    originals: Iterable[str],
    original_title: str,
    place: str,
    name: str = "",
    numbers: Iterable[str] = (),
    rows: Iterable[str] = (),
) -> Document:
    """Return under which words a report is found.

    titles, texts    what whoever may read the report reads
    originals        the reporter's own words, of which those see numbers of persons covered who may not
    numbers, rows    what others call it, and the words that stand for rows of other tables, such as ``#c5``
    """
    own = [original_title, *originals, place]
    covered = [redact(each) for each in own]
    hidden = " ".join(each for each, safe in zip(own, covered, strict=True) if each != safe)
    exact = [*_parted(covered[-1], "A"), *_parted(name, NAME), *(f"{row}:1A" for row in rows)]
    exact += [f"{word[:MOST_LETTERS]}:1A" for number in numbers for word in _WORD.findall(number.lower())]
    title, told = _plain([*titles, covered[0]]), _plain([*texts, *covered[1:]])
    return Document(title, told, _plain([hidden]), " ".join(dict.fromkeys(exact)))


def _plain(texts: Iterable[str]) -> str:
    """Return words and nothing else: the database would take “mati.Mohon” for the name of a computer."""
    return " ".join(word for text in texts for word in _WORD.findall(text))


def _parted(text: str, mark: str) -> Iterable[str]:
    """Yield each word and its ends: looked for by their beginning, they are found by what stands inside the word."""
    for word in dict.fromkeys(_WORD.findall(text.lower())[:MOST_PARTED]):
        short = word[:MOST_LETTERS]
        for start in range(max(1, len(short) - FEWEST_LETTERS + 1)):
            yield f"{short[start:]}:1{mark}"


def words_in(text: str) -> list[str]:
    """Return the words of a text in small letters, as ``marked`` asks which of them were found."""
    return _WORD.findall(text.lower())


def marked(text: str, found: Collection[str]) -> list[tuple[str, bool]]:
    """Take a text apart into pieces and say of each whether it is a word that was looked for."""
    pieces, at = list[tuple[str, bool]](), 0
    for each in _WORD.finditer(text):
        if each.group().lower() in found:
            pieces += [(text[at : each.start()], False)] * (each.start() > at) + [(each.group(), True)]
            at = each.end()
    return [*pieces, (text[at:], False)] if at < len(text) else pieces


def excerpt(text: str, found: Collection[str], *, letters: int = 160) -> str:
    """Return the part of a text around the first word that was looked for; "" where there is none."""
    first = next((each for each in _WORD.finditer(text) if each.group().lower() in found), None)
    if first is None:
        return ""
    start = max(0, min(first.start() - letters // 3, len(text) - letters))
    end = min(len(text), start + letters)
    start = start if start == 0 else text.find(" ", start, first.start()) + 1 or start
    end = end if end == len(text) else max(text.rfind(" ", first.end(), end), first.end())
    return f"{'… ' if start else ''}{' '.join(text[start:end].split())}{' …' if end < len(text) else ''}"
