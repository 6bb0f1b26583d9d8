"""Whether a text names somebody: numbers and addresses of persons, number plates, the reporter's name. Pure."""

import re
from functools import lru_cache

from tuntas.kit.words import Say
from tuntas.rules.lit import Light, Lit, Result, listed
from tuntas.rules.manners import Place
from tuntas.rules.redaction import Kind, find

KINDS: dict[Kind, Say] = {
    Kind.PERSON_NUMBER: Say("nomor penduduk", "an identity number"),
    Kind.PHONE: Say("nomor telepon", "a phone number"),
    Kind.EMAIL: Say("alamat e-mail", "an e-mail address"),
    Kind.PLATE: Say("pelat nomor", "a number plate"),
    Kind.ACCOUNT: Say("nomor rekening", "a bank account"),
}
NAME = Say("nama pelapor", "the reporter's name")
NOTHING = Say("Tidak ditemukan.", "None found.")
REMOVE = Say("Hapus atau pastikan boleh disebut: {found}.", "Take out, or confirm it may be said: {found}.")
CONFIRMED = Say("Anda pastikan boleh disebut: {found}.", "You confirmed it may be said: {found}.")

_TITLES = frozenset({
    "bapak", "ibu", "pak", "bu", "bpk", "haji", "hajah", "hj", "drs", "dra", "ir", "prof", "raden", "kang", "teh",
    "mas", "mbak", "abang", "bang", "kak",
})  # fmt: skip
_LEAST = 3  # letters of a name that count alone


def judge_privacy(text: str, name: str, *, is_confirmed: bool) -> Lit:
    """Return how *Data pribadi* burns: red for what is found, amber once a person confirmed it.

    name   the reporter's; "" where it is not known to the writer, to whom the light must not betray it
    """
    numbers, names = find(text), _names_in(text, name)
    if not numbers and not names:
        return Lit(Light.DATA_PRIBADI, Result.OK, NOTHING)
    kinds = [KINDS[kind] for kind in dict.fromkeys(each.kind for each in numbers)] + [NAME] * bool(names)
    places = [Place(each.start, each.end, text[each.start : each.end]) for each in numbers] + names
    say = (CONFIRMED if is_confirmed else REMOVE).fill_each(found=listed(kinds))
    result = Result.ADVISE if is_confirmed else Result.BLOCK
    return Lit(Light.DATA_PRIBADI, result, say, tuple(sorted(places, key=lambda place: place.start)))


def _names_in(text: str, name: str) -> list[Place]:
    pattern = _name_pattern(name)
    if pattern is None:
        return []
    return [Place(m.start(), m.end(), m.group()) for m in pattern.finditer(text)]


@lru_cache(maxsize=64)
def _name_pattern(name: str) -> re.Pattern[str] | None:
    """Find the whole name in any case, a part of it where it is written as a name: “bulan” is not Bulan."""
    parts = [part for part in re.findall(r"[^\W\d_][\w'’-]*", name) if part.lower().rstrip(".") not in _TITLES]
    alone = {form for part in parts if len(part) >= _LEAST for form in (part, part.capitalize(), part.upper())}
    whole = ["(?i:" + r"\s+".join(map(re.escape, parts)) + ")"] if len(parts) > 1 else []
    spelt = [*whole, *(re.escape(form) for form in sorted(alone, key=len, reverse=True) if not form.islower())]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)") if spelt else None
