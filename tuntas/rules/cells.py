"""Coarse squares that stand for a point in public, so that nobody's door can be read off a map. Pure."""

from math import floor

SIDE = 0.0025  # degrees, about 275 m


def cell_of(lat: float, lng: float) -> tuple[int, int]:
    """Return row and column of the square a point lies in."""
    return floor(lat / SIDE), floor(lng / SIDE)


def centre_of(cell_y: int, cell_x: int) -> dict[str, float]:
    """Return the middle of a square, and its side in metres."""
    return {"lat": round((cell_y + 0.5) * SIDE, 6), "lng": round((cell_x + 0.5) * SIDE, 6), "side_m": 275}
