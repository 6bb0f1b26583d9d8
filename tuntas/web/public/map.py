"""The large map of public reports: moved by plain links, drawn from our own areas, with the list of the same."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from tuntas.agencies.installation import installation
from tuntas.kit.words import Say
from tuntas.web.drawn_map import Window
from tuntas.web.page import page
from tuntas.web.public.asked import Asked, filter_page, read_asked
from tuntas.web.public.listed import listed
from tuntas.web.public.marks import CLOSEST, drawn, whole_window, window_around

WIDTH, HEIGHT, ACROSS = 400, 360, 8  # so that a mark on a small phone is still wide enough for a finger
MOVES: tuple[tuple[str, Say, float, float, float], ...] = (
    # icon, word, how far up and right in windows, how much of the window stays
    ("tambah", Say("Perbesar", "Closer"), 0, 0, 0.5),
    ("kurang", Say("Perkecil", "Further away"), 0, 0, 2),
    ("kiri", Say("Geser ke kiri", "Move left"), 0, -0.5, 1),
    ("panah", Say("Geser ke kanan", "Move right"), 0, 0.5, 1),
    ("atas", Say("Geser ke atas", "Move up"), 0.5, 0, 1),
    ("bawah", Say("Geser ke bawah", "Move down"), -0.5, 0, 1),
)


def show_map(request: HttpRequest) -> HttpResponse:
    """Show the reports that a filter chooses on the map of a window, and the list of the same."""
    here, asked = installation(), read_asked(request)
    window = window_around(asked.wanted.bbox, WIDTH, HEIGHT) if here.outlines else None
    if window is not None and asked.wanted.bbox:
        asked = asked.within((window.west, window.south, window.east, window.north))
    if (given := listed(asked)) is None:
        return filter_page(request, asked, leads_to="/peta")
    told = {"map": drawn(asked, window, across=ACROSS) if window else None, "moves": _moves(asked, window)}
    return page(request, "pages/map.html", {**given, **told, "whole": asked.query(bbox="")})


def _moves(asked: Asked, window: Window | None) -> list[dict[str, Any]]:
    if window is None:
        return []
    return [
        {"icon": icon, "word": word, "link": _link(asked, window, up, right, stays)}
        for icon, word, up, right, stays in MOVES
    ]


def _link(asked: Asked, window: Window, up: float, right: float, stays: float) -> str:
    """Return the link of a move, or nothing where there is nothing closer, or nothing further away, to see."""
    high, wide = window.north - window.south, window.east - window.west
    whole = whole_window(WIDTH, HEIGHT)
    if stays < 1 and high <= CLOSEST * 1.01:
        return ""
    if stays > 1 and high * stays >= whole.north - whole.south:
        return f"/peta{asked.query(bbox='')}" if asked.wanted.bbox else ""
    lat, lng = window.middle[0] + up * high, window.middle[1] + right * wide
    if not (whole.south <= lat <= whole.north and whole.west <= lng <= whole.east):
        return ""
    half_high, half_wide = high * stays / 2, wide * stays / 2
    edges = (lng - half_wide, lat - half_high, lng + half_wide, lat + half_high)
    return f"/peta{asked.query(bbox=','.join(f'{edge:.5f}' for edge in edges))}"
