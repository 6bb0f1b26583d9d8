"""The receipt's QR code: small enough for a page on a bad line, and nothing in it but modules."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
import segno

from tuntas.kit.qr import QUIET, qr_rows, qr_svg

ADDRESS = "https://lapor.kota.example/l/234-567-89A6"
HARMFUL = "https://x.example/\"><script>alert(1)</script>&'"


def test_the_svg_is_one_path_that_the_page_sizes_and_colours() -> None:
    svg = qr_svg(ADDRESS)
    root = ElementTree.fromstring(svg)
    side = len(qr_rows(ADDRESS))
    assert (root.tag, root.attrib) == ("svg", {"viewBox": f"0 0 {side} {side}", "class": "c-qr"})
    assert [child.tag for child in root] == ["path"]
    assert not re.search(r"style|<\?xml|width=|height=|xmlns", svg)
    assert len(svg) < 1800


@pytest.mark.parametrize("text", [ADDRESS, HARMFUL, "Kota Cempaka", "é – 東京", "x" * 300])
def test_the_svg_draws_the_rows(text: str) -> None:
    assert drawn(qr_svg(text)) == qr_rows(text)


def drawn(svg: str) -> list[list[bool]]:
    """Follow the path with a pen of one module."""
    [side] = {int(number) for number in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0]}
    rows = [[False] * side for _ in range(side)]
    [path] = re.findall(r' d="([^"]+)"', svg)
    x, y = 0.0, 0.0
    for move, numbers in re.findall(r"([Mmh])([-.\d ]+)", path):
        parts = [float(number) for number in numbers.split()]
        if move == "h":
            for step in range(int(parts[0])):
                rows[int(y)][int(x) + step] = True
            x += parts[0]
        else:
            x, y = (parts[0], parts[1]) if move == "M" else (x + parts[0], y + parts[1])
    return rows


def test_four_white_modules_lie_round_it() -> None:
    rows = qr_rows(ADDRESS)
    side = len(rows)
    assert all(len(row) == side for row in rows)
    edge = [*range(QUIET), *range(side - QUIET, side)]
    assert not any(rows[y][x] or rows[x][y] for y in edge for x in range(side))
    corner = [row[QUIET : QUIET + 7] for row in rows[QUIET : QUIET + 7]]
    assert corner[0] == [True] * 7
    assert corner[1] == [True, False, False, False, False, False, True]


def test_no_word_of_the_address_stands_in_the_svg() -> None:
    assert "script" not in qr_svg(HARMFUL)
    assert "lapor" not in qr_svg(ADDRESS)


def test_it_bears_damage() -> None:
    assert segno.make_qr(ADDRESS, error="m").error in "MQH"
    assert qr_rows(ADDRESS) != [
        [bool(m) for m in row] for row in segno.make_qr(ADDRESS, error="l", boost_error=False).matrix
    ]
