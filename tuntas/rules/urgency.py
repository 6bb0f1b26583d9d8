"""What in a story asks for haste: danger to people, and people who cannot wait. Marked for those who read; they decide.
Pure."""

import re

from tuntas.rules.topics import ENDINGS

# Whole words with their usual endings. They colour a row and a sentence of the story; nothing is decided by them.
DANGER = (
    "kecelakaan|terjatuh|anak jatuh|sekolah jatuh|jatuh dari motor|korban|meninggal|tewas|terluka|luka parah|pingsan|"
    "tenggelam|hanyut|longsor|kebakaran|terbakar|api besar|ledakan|meledak|kesetrum|tersetrum|tersengat|kabel putus|"
    "kabel menjuntai|tiang miring|tiang roboh|pohon tumbang|mau tumbang|hampir tumbang|roboh|ambruk|runtuh|gas bocor|"
    "bocor gas|keracunan|darurat|bahaya|berbahaya|membahayakan|banjir bandang|terjebak|tawuran|begal|kekerasan|ancaman|"
    "diancam|gawat"
)
ELDERLY = "lansia|lanjut usia|jompo|orang tua renta|kakek|nenek|difabel|disabilitas|kursi roda|tuna netra"


def _pattern(words: str) -> re.Pattern[str]:
    longest_first = "|".join(sorted(words.split("|"), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first}){ENDINGS}(?!\w)", re.IGNORECASE)


_DANGER, _ELDERLY = _pattern(DANGER), _pattern(ELDERLY)


def sounds_dangerous(story: str) -> bool:
    """Return whether a story speaks of danger to people."""
    return bool(_DANGER.search(story))


def speaks_of_elderly(story: str) -> bool:
    """Return whether a story is about old people or people who do not walk or see well."""
    return bool(_ELDERLY.search(story))


def marked(story: str) -> list[tuple[str, bool]]:
    """Return a story in pieces, each with whether it speaks of danger; joined they are the story again."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _DANGER.finditer(story):
        if found.start() > at:
            pieces.append((story[at : found.start()], False))
        pieces.append((found[0], True))
        at = found.end()
    if at < len(story):
        pieces.append((story[at:], False))
    return pieces
