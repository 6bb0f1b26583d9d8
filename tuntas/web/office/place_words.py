"""Where something is, in words: as its reporter described it, and the village, said once."""


def place_words(said: str, area: str) -> str:
    """Return ``depan pasar, Ciburial``; who named the village already does not hear it twice."""
    if area and said.casefold().rstrip(" .").endswith(area.casefold()):
        return said
    return ", ".join(part for part in (said, area) if part)
