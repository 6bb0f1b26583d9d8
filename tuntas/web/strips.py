"""Proportional strips: numbers side by side as widths of one line. Pure."""

from typing import Any

from tuntas.kit.words import Say

GAP = 0.4  # hundredths between two parts
LEAST = 1.0  # so that a single late report is seen among a thousand


def strip_of(*parts: tuple[Say, str, int]) -> list[dict[str, Any]]:
    """Return the parts that have anything with place and width in hundredths: (label, tone, number) each."""
    shown = [part for part in parts if part[2]]
    room = 100 - GAP * (len(shown) - 1)
    wanted = [max(LEAST, room * n / sum(part[2] for part in shown)) for _, _, n in shown]
    told, x = [], 0.0
    for (label, tone, n), width in zip(shown, wanted, strict=True):
        width = width * room / sum(wanted)
        told.append({"label": label, "tone": tone, "n": n, "x": f"{x:.2f}", "width": f"{width:.2f}"})
        x += width + GAP
    return told
