"""How people compare a key: few enough signs to read aloud, in groups. Pure."""

SIGNS = 16


def fingerprint(digest: str) -> str:
    """Return the first 16 hex digits of a hash in groups of four: what stands on a poster, and on this page."""
    return " ".join(digest[at : at + 4] for at in range(0, SIGNS, 4))
