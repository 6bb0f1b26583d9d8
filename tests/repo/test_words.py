"""What people read, held to the rules of the house by reading the templates: both languages, short, plain, calm."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).parents[2]
WEB = ROOT / "tuntas" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MOST_WORDS = 20  # in a sentence of ours
NAMES = {"Tuntas", "English", "Indonesia", "px", "QR", "WCAG", "CSV", "JSON", "Atom", "CC", "BY", "API"}
NAMES |= {"Tegalsari"}  # of the gallery, invented
SPOKEN = r'\b(?:alt|title|aria-label|placeholder|aria-description)="([^"]*)"'
TAG = "\x01"  # stands for a template tag or variable
# What citizens do not read (the right column of the vocabulary): offices, acronyms, words that can mean anything.
JARGON = re.compile(
    r"\b(tiket|pengaduan|masukan|tracking id|token|verifikator|OPD|SKPD|K/L/D|(di)?disposisi(kan)?|bukan wewenang"
    r"|(di)?tindak ?lanjut(i)?|WBS|berkadar pengawasan|mohon menunggu|dalam proses|yth|tsb|dsb|dll)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """One pair of words, and where it stands."""

    where: str
    id: str
    en: str


def named(path: Path) -> str:
    return str(path.relative_to(WEB / "templates")) if path.is_relative_to(WEB / "templates") else path.name


def bare_words(source: str) -> list[str]:
    """Return the words of a template outside its say tags, in what is shown and in what is read out."""
    text = "".join(
        token.contents if token.token_type is TokenType.TEXT else TAG
        for token in Lexer(re.sub(r"{#.*?#}", "", source)).tokenize()
    )
    text = re.sub(r"<(script|style|code|svg)\b.*?</\1>", "", text, flags=re.DOTALL)
    spoken = " ".join(re.findall(SPOKEN, text))
    shown = re.sub(r"<[^>]*>", " ", text)
    shown = re.sub(r"&#?\w+;|[\w\x01-]+\.(csv|json)\b", " ", shown)  # entities, names of files
    return [word for word in re.findall(r"[A-Za-zÀ-ÿ]{2,}", f"{spoken} {shown}") if word not in NAMES]


def pairs_of(path: Path) -> Iterator[Said]:
    """Return what the say tags of a template hold; those that say a variable are found where it is made."""
    for token in Lexer(path.read_text()).tokenize():
        parts = token.split_contents() if token.token_type is TokenType.BLOCK else [""]
        if parts[0] == "say" and parts[1][0] in "\"'":
            both = [part[1:-1] for part in parts[1:3] if part[0] in "\"'"]
            yield Said(f"{named(path)}: {parts[1][:60]}", both[0], both[1] if len(both) == 2 else "")


def pairs_in_code(path: Path) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Say":
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(words) == 2:
                yield Said(f"{path.name}: {words[0][:60]}", words[0], words[1])


@cache
def all_said() -> tuple[Said, ...]:
    from_templates = [said for path in TEMPLATES for said in pairs_of(path)]
    from_code = [said for path in sorted(WEB.rglob("*.py")) for said in pairs_in_code(path)]
    return (*from_templates, *from_code)


def sentences(text: str) -> list[str]:
    plain = re.sub(r"<[^>]+>", "", text.replace('\\"', '"'))
    return [part for part in re.split(r"(?<=[.?!])\s+", plain) if part.strip()]


def test_there_are_words_to_judge() -> None:
    assert len(TEMPLATES) > 10
    assert len(all_said()) > 300


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_word_of_a_template_stands_in_one_language_alone(path: Path) -> None:
    assert bare_words(path.read_text()) == []


def test_the_test_of_bare_words_would_see_them() -> None:
    assert bare_words("<p>Kirim</p>") == ["Kirim"]
    assert bare_words('<img alt="Foto depan">') == ["Foto", "depan"]
    assert bare_words('{# Kirim #}<p class="kirim">{% say "Kirim" "Send" %} {{ kirim }}</p>') == []
    assert bare_words("<a aria-label=\"{% say 'Peta' 'Map' %}\">{% if a > b %}1{% endif %}</a>") == []


def test_every_word_has_both_languages() -> None:
    assert [said.where for said in all_said() if bool(said.id.strip()) != bool(said.en.strip())] == []


def test_both_languages_have_the_same_places_to_fill() -> None:
    places = re.compile(r"{\w*}")
    odd = [s.where for s in all_said() if set(places.findall(s.id)) != set(places.findall(s.en))]
    assert odd == []


def test_no_sentence_is_longer_than_twenty_words() -> None:
    long = [f"{said.where}: {s}" for said in all_said() for s in sentences(said.id) if len(s.split()) > MOST_WORDS]
    assert "\n".join(long) == ""


def test_nobody_is_shouted_at() -> None:
    loud = [s.where for s in all_said() if re.search(r"!|\b[A-Z]{3,} [A-Z]{3,}\b", f"{s.id} {s.en}")]
    assert loud == []


def test_no_dash_stands_for_a_pause() -> None:
    assert [said.where for said in all_said() if re.search(r"[^.] [-–—] ", f"{said.id} {said.en}")] == []


def test_citizens_read_no_word_of_the_offices() -> None:
    to_citizens = [said for said in all_said() if not said.where.startswith("office/")]  # staff speak of their work
    found = [f"{said.where}: {hit[0]}" for said in to_citizens for hit in JARGON.finditer(said.id)]
    assert "\n".join(found) == ""


def test_the_jargon_test_would_see_some() -> None:
    assert JARGON.search("Laporan Anda sedang ditindaklanjuti OPD terkait.")
    assert not JARGON.search("Masukkan kode lacak.")


# The gallery


def parts_under(path: Path) -> set[str]:
    """Return every part that a template draws, itself or through others."""
    found = set(re.findall(r"{%\s*include\s+\"([\w/]+\.html)\"", path.read_text()))
    found |= {"frame.html"} if '{% extends "frame.html" %}' in path.read_text() else set()
    return found.union(*(parts_under(WEB / "templates" / name) for name in found))


def test_the_gallery_shows_every_part() -> None:
    parts = {named(path) for path in TEMPLATES if path.parent.name == "ui"}
    shown = parts_under(WEB / "templates" / "pages" / "gallery.html")
    assert len(parts) > 10
    assert parts - shown == set()


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.parent.name == "ui"], ids=named)
def test_every_part_says_what_it_needs(path: Path) -> None:
    assert re.match(r"{# [A-Z\"“].+ #}", path.read_text())
