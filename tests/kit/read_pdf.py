"""The words of a PDF that was drawn with the fonts every reader has."""

from io import BytesIO

import pikepdf


def pages_of(data: bytes) -> list[str]:
    """Return the words of each page, a line each."""
    with pikepdf.open(BytesIO(data)) as made:
        return ["\n".join(_lines(page)) for page in made.pages]


def words_of(data: bytes) -> str:
    """Return all words, in one line."""
    return " ".join(" ".join(pages_of(data)).split())


def _lines(page: pikepdf.Page) -> list[str]:
    shown = (each for each in pikepdf.parse_content_stream(page) if str(each.operator) == "Tj")
    return [bytes(each.operands[0]).decode("cp1252") for each in shown]
