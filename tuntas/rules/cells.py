"""Coarse squares that stand for a point in public, so that nobody's door can be read off a map. Pure."""

from math import ceil, cos, floor, hypot, radians

SIDE = 0.0025  # degrees, about 275 m
METRES = 111_320  # of one degree of latitude
Window = tuple[float, float, float, float]  # west, south, east, north in degrees


def cell_of(lat: float, lng: float) -> tuple[int, int]:
    """Return row and column of the square a point lies in."""
    return floor(lat / SIDE), floor(lng / SIDE)


def centre_of(cell_y: int, cell_x: int) -> dict[str, float]:
    """Return the middle of a square, and its side in metres."""
    return {"lat": round((cell_y + 0.5) * SIDE, 6), "lng": round((cell_x + 0.5) * SIDE, 6), "side_m": 275}


def rough_distance(lat: float, lng: float, cell_y: int, cell_x: int) -> int:
    """Return the metres from a point to the middle of a square, in whole hundreds and never under one hundred."""
    centre = centre_of(cell_y, cell_x)
    metres = METRES * hypot(centre["lat"] - lat, (centre["lng"] - lng) * cos(radians(lat)))
    return max(100, round(metres / 100) * 100)


def step_of(window: Window, across: int) -> int:
    """Return how many squares side by side make one mark on a map, so that at most *across* marks lie side by side.

    A power of two: marks stay where they are while a window moves, and part into four when it grows finer.
    """
    west, south, east, north = window
    squares = max(1, ceil(max(east - west, north - south) / SIDE))
    step = 1
    while squares / step > across:
        step *= 2
    return step
