"""Taking numbers and addresses of persons out of a text before everyone may read it. Pure.

How it reads: the text is folded character by character (any script's digits to 0-9, any dash to "-", what cannot be
seen to one filler), so that places in the folded text are places in the text. Then mail addresses, numbers and plates
are looked for in this order; what one finds is covered before the next looks. Nothing found can make something else
be found by going away, so redacting twice changes nothing more. Every pattern is linear in the length of the text.

It would rather cover too much than too little. Numbers written out in words are not found.
Source: DOMAIN.md 1.9. Worked examples: tests/rules/test_redaction.py.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MARK = "▇▇▇"


class Kind(StrEnum):
    """What a covered place held, as far as its shape and the words before it tell."""

    PERSON_NUMBER = "person_number"  # NIK and KK have the same 16 digits; any other long number too
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Found:
    """One place that nobody outside may read: ``text[start:end]``."""

    kind: Kind
    start: int
    end: int


def redact(text: str) -> str:
    """Cover every number or address in a text that could lead to a person, and change nothing else.

    Returns the text with ``▇▇▇`` for each place that find names; redacting it again changes nothing.
    """
    return proposed_text(text)[0]


def proposed_text(text: str) -> tuple[str, list[Found]]:
    """Propose what everybody could read of a story: the text masked, and the places of the story it masks."""
    places, pieces, at = find(text), [], 0
    for found in places:
        pieces += [text[at : found.start], MARK]
        at = found.end
    return "".join([*pieces, text[at:]]), places


def find(text: str) -> list[Found]:
    """Point out each NIK, KK, phone number, mail address, number plate and bank account in a text.

    Returns places in order, none over another. Takes time in proportion to the length of the text.
    """
    folded = text.translate(_FOLDING)
    mails = _mails(folded)
    folded = _covered(folded, mails)
    numbers = _numbers(folded)
    plates = _plates(_covered(folded, numbers))
    return sorted([*mails, *numbers, *plates], key=lambda found: found.start)


def _covered(folded: str, places: list[Found]) -> str:
    pieces, at = [], 0
    for found in places:
        pieces += [folded[at : found.start], MARK[0] * (found.end - found.start)]
        at = found.end
    return "".join([*pieces, folded[at:]])


# --- Folding: one character for one character ---------------------------------------------------------------------

_UNSEEN = "\u200b"  # stands for all that is not seen between two digits: zero-width, joiners, accents, controls
_ALIKE = {"\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " ", "\v": " ", "\f": " ", "\u2212": "-"}
_ALIKE |= dict.fromkeys("·•∙‧・。٫", ".") | {"٬": ","}


class _Folding(dict[int, str]):
    """What each character counts as, worked out when first met; for str.translate."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char in _ALIKE:
        return _ALIKE[char]
    plain = unicodedata.normalize("NFKC", char)
    plain = plain if len(plain) == 1 else char
    return {"Pd": "-", "Zs": " "}.get(kind := unicodedata.category(plain), _UNSEEN if kind in _UNSEEN_KINDS else plain)


_UNSEEN_KINDS = frozenset({"Cf", "Cc", "Mn", "Me"})
_FOLDING = _Folding()

# --- Mail addresses -----------------------------------------------------------------------------------------------

_NO_LETTER = r"(?![^\W\d_])"  # never "no digit": a digit may be covered, and then it would be another answer
_IN_MAIL = r"\w.+%\-" + _UNSEEN
_PROVIDER = r"(?:g ?mail|yahoo|ymail|rocketmail|hotmail|outlook|icloud|proton(?:mail)?)"
_DOT = r" {0,2}(?:\.|,|[(\[{] ?(?:dot|titik|\.) ?[)\]}]| dot | titik ) {0,2}"
_ENDING = rf"(?:com|net|org|id|co|go|ac|sch|desa|info|biz|my|web|mil|io|me|edu|gov){_NO_LETTER}"
_MAIL = re.compile(
    rf"(?<![{_IN_MAIL}])[.+%\-{_UNSEEN}]*+\w[{_IN_MAIL}]*+"
    rf"(?:@(?=[{_IN_MAIL}]*\.[{_UNSEEN}]?[^\W\d_]|{_PROVIDER}{_NO_LETTER})[{_IN_MAIL}@]++"  # nama@gmail.com, nama@gmail
    rf"|(?: {{0,2}}@ {{0,2}}| {{0,2}}[(\[{{<] ?(?:at|et|a|@) ?[)\]}}>] {{0,2}}| at | et )"  # nama (at) gmail dot com
    rf"(?:{_PROVIDER}(?:{_DOT}{_ENDING}){{0,2}}|[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?(?:{_DOT}{_ENDING})+)"
    rf"[{_IN_MAIL}@]*+)",
    re.IGNORECASE,
)


def _mails(folded: str) -> list[Found]:
    return [Found(Kind.EMAIL, m.start(), m.end() - _loose(m.group())) for m in _MAIL.finditer(folded)]


def _loose(mail: str) -> int:
    """Count what stands at the end only because the sentence does."""
    return len(mail) - len(mail.rstrip(".+%-@" + _UNSEEN))


# --- Numbers ------------------------------------------------------------------------------------------------------

_LONG = 9  # so many digits are somebody's number, whatever it is
_LEAST = {Kind.PERSON_NUMBER: 6, Kind.PHONE: 6, Kind.ACCOUNT: 8}  # with a word beside it that says so
_LIKE_DIGITS = re.compile(rf"(?<![^\W_])(?<!{MARK[0]})[0-9OolI]++(?!{MARK[0]}){_NO_LETTER}")
_AS_DIGITS = str.maketrans("OolI", "0011")
_GAP = r"(?:[\s.\-_/\\()\[\]{}*|+~'\"`:=#^<>]|,(?!\s))"
_RUN = re.compile(rf"[0-9](?:{_UNSEEN}*+(?:{_GAP}{_UNSEEN}*+){{0,8}}+[0-9])*+")
_WORD_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:(?P<person_number>(?:no)?(?:nik|kk|ktp)|kartu keluarga|identitas)"
    r"|(?P<phone>(?:no)?(?:hp|wa)|whats ?app|tl?e?lp|tlpn|telp[oe]n|telepon|phone|handphone|cp|kontak|hub|sms)"
    r"|(?P<account>(?:no)?rek|(?:no)?rekening|acc|account|bca|bri|bni|btn|bsi|bjb|mandiri|bank))"
    rf"{_NO_LETTER}(?=(?P<gap>[^0-9{MARK[0]}\n]{{0,30}}+)[0-9])",
    re.IGNORECASE,
)
_OWNER_AFTER = re.compile(rf"[\s,.:;()\-]{{0,4}}(?:a[./]? ?n|atas nama){_NO_LETTER}", re.IGNORECASE)
_PHONE = re.compile(r"(?:0|62)[0-9]{7,13}")


def _numbers(folded: str) -> list[Found]:
    digits = _LIKE_DIGITS.sub(_as_digits, folded)
    said = {word.end("gap"): _said(word) for word in _WORD_BEFORE.finditer(digits)}
    found = (_number(run, said.get(run.start())) for run in _RUN.finditer(digits))
    return [place for place in found if place]


def _as_digits(token: re.Match[str]) -> str:
    """Read o812 as 0812, but leave words such as "lo" alone."""
    text = token.group()
    return text.translate(_AS_DIGITS) if any(map(str.isdigit, text)) else text


def _said(word: re.Match[str]) -> Kind:
    return next(kind for kind in _LEAST if word[kind])


def _number(run: re.Match[str], said: Kind | None) -> Found | None:
    bare = "".join(filter(str.isdigit, run.group()))
    if said is None and _OWNER_AFTER.match(run.string, run.end()):
        said = Kind.ACCOUNT
    if len(bare) < _LEAST.get(said or Kind.PLATE, _LONG) or _is_harmless(run, said):
        return None
    shape = Kind.PHONE if _PHONE.fullmatch(bare) else Kind.PERSON_NUMBER
    return Found(said or shape, run.start() - _leading(run), run.end())


def _leading(run: re.Match[str]) -> int:
    """Count the "+" or the "(" that belong to a number: +62 812, (0266) 123."""
    before = run.string[max(0, run.start() - 1) : run.start()]
    bracket = run.group().count(")") > run.group().count("(") and before.endswith("(")
    return 1 if bracket or before.endswith("+") else 0


# --- Numbers that lead to nobody ----------------------------------------------------------------------------------

_LONGEST_HARMLESS = 120
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)[0-9]{2}"
_DATE = rf"(?:{_DAY}(?P<s>[-./ ]){_MONTH}(?P=s)(?:{_YEAR}|[0-9]{{2}})|{_YEAR}[-./]{_MONTH}[-./]{_DAY})"
_TIME = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?:[.:][0-5][0-9])?"
_CALENDAR = re.compile(rf"(?:{_DATE}|{_TIME}|{_YEAR}|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})*\.000(?:,[0-9]{{2}})?)(?![0-9])")
_AMOUNT = re.compile(
    r"(?:[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)(?:[.,][0-9]{1,2})?|(?!628)[1-9][0-9]{0,11})(?![0-9])"
)
_BETWEEN = re.compile(r"\s{0,2}[-/]\s{0,2}|\s[(]|[)]\s|\s{1,3}")
_MONEY_BEFORE = re.compile(r"(?<![^\W\d_])(?:rp|idr|[$])[.:= ]{0,3}$", re.IGNORECASE)
_MONEY_AFTER = re.compile(rf"[,.\- ]{{0,3}}(?:rupiah|ribu|juta|miliar|milyar|triliun){_NO_LETTER}", re.IGNORECASE)
_SOUTH, _EAST = r"(?:0?[0-9]|1[01])", r"(?:9[5-9]|1[0-3][0-9]|14[01])"
_PLACE = re.compile(  # latitude and longitude with a comma or a space between, or one alone
    rf"{_SOUTH}\.[0-9]{{4,16}}(?:\s?,\s?|\s)-?{_EAST}\.[0-9]{{4,16}}"
    rf"|(?<=-){_SOUTH}\.[0-9]{{4,14}}|{_SOUTH}\.[0-9]{{4,8}}|{_EAST}\.[0-9]{{4,10}}"
)
_REPORT = re.compile(r"[1-79][0-9][0-37][0-9]-[0-9]{2}-[1-9][0-9]{0,6}")  # 3273-25-18342, our own
# 188.45/436.7.4/2022: decrees and circulars, at least one part with a dot, the year at the end
_DECREE = re.compile(r"(?=[^.]*\.)[0-9.\- ]{1,12}/(?:[0-9.\- ]{1,12}/){1,3}(?:19|20)[0-9]{2}")


def _is_harmless(run: re.Match[str], said: Kind | None) -> bool:
    """Tell whether a run of digits is money, dates and times, a place on the map or a report's number."""
    text = run.group()
    if len(text) > _LONGEST_HARMLESS:
        return False
    if said is None and any(shape.fullmatch(run.string, *run.span()) for shape in (_PLACE, _REPORT, _DECREE)):
        return True
    before = run.string[max(0, run.start() - 8) : run.start()]
    is_money = bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(run.string, run.end()))
    return _reads_as_dates_or_money(text, is_money)


def _reads_as_dates_or_money(text: str, is_money: bool) -> bool:
    at = 0
    while token := _CALENDAR.match(text, at) or (is_money and _AMOUNT.match(text, at)):
        if token.end() == len(text):
            return True
        between = _BETWEEN.match(text, token.end())
        if not between:
            return False
        at = between.end()
    return False


# --- Number plates ------------------------------------------------------------------------------------------------

_REGION_CODES = """
    A B D E F G H K L M N P R S T W Z AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DG DH DK DL DM DN
    DP DR DS DT DW EA EB ED KB KH KT KU PA PB PG PS PT
"""
_SHORT_WORDS = """
    ADA AJA AKU AIR APA ATM BAB BAU BBM BH BIN BIS BLK BLN BOX BU BUS BW CC CM DAN DG DGN DI DIA DLL DM DPT DR DRI DUA
    FC GAK GAN GAS GB GG GGN GR HA HAL HP HR HRI IBU IDR INI IS ISI ITU IYA JAM JD JDI JG JGN JL JLN JT JTA KAB KAK
    KAV KE KEC KEL KG KI KK KL KM KMS KOK KPD KRN KW KWH LAH LBH LG LGI LT LTR LU M MA MAN MAU MB MG MHN MHZ MI MIN ML
    MLS MM MN MS MT MTR MTS NAH NI NIH NO NYA OK OR ORG PAK PAS PC PCS PER PHK PJU PK PKL PLN PM PN PP PR PRA PT PUN RB
    RBU RP RT RW SD SDH SDM SDN SI SK SMA SMK SMP SP ST SY TA TAU TDK TGL TH THN TIK TK TP TPI TPS TSB TTG TUA UDH UTK
    UU VA VOL WA WC WIB WIT YA YBS YG YI
"""
_THING_WORDS = """
    blok block blk kav kavling gang gg gedung tower kelas tipe type lantai lt zona ruko jalur gol golongan kios stan
    unit rumah no nomor perum vitamin limbah sd sdn smp smpn sma sman smk smkn tk mt mts man mi
"""
_REGIONS = frozenset(_REGION_CODES.split())
_WORDS = frozenset(_SHORT_WORDS.split())  # what follows a number in ordinary sentences
_THINGS = frozenset(_THING_WORDS.split())  # what is named by a letter and a number: block B 12
_SPOT = rf"[ .\-_{_UNSEEN}]{{0,3}}"
_PLATE = re.compile(
    rf"(?<![^\W_])(?P<region>[A-Z]{{1,2}})(?P<a>{_SPOT})(?P<digits>[0-9]{{1,4}})(?P<b>{_SPOT})(?P<tail>[A-Z]{{1,3}})"
    r"(?![^\W_])",
    re.IGNORECASE | re.ASCII,
)
_PLATE_SAID = re.compile(
    r"(?<![^\W_])(?:nopol|no\.? pol|nomor polisi|plat(?: (?:no|nomor|mobil|motor|kendaraan))?)[.:=() ]{0,4}"
    rf"(?P<plate>(?P<region>[A-Z]{{1,2}}){_SPOT}[0-9]{{1,4}}(?:(?P<rest>{_SPOT}(?P<tail>[A-Z]{{1,3}}))(?![^\W_])"
    rf"|(?![^\W_])(?!{_GAP}{{0,8}}[0-9])))",  # the beginning of a longer number is no plate
    re.IGNORECASE | re.ASCII,
)


def _plates(folded: str) -> list[Found]:
    said = [_said_plate(m) for m in _PLATE_SAID.finditer(folded) if m["region"].upper() in _REGIONS]
    rest = _covered(folded, said)
    return said + [Found(Kind.PLATE, *m.span()) for m in _PLATE.finditer(rest) if _is_plate(m)]


def _said_plate(match: re.Match[str]) -> Found:
    start, end = match.span("plate")
    is_word = (match["tail"] or "").upper() in _WORDS
    return Found(Kind.PLATE, start, match.start("rest") if is_word else end)


def _is_plate(match: re.Match[str]) -> bool:
    region, digits, tail = match["region"], match["digits"], match["tail"]
    if region.upper() not in _REGIONS or tail.upper() in _WORDS:
        return False
    if len(digits) < 4 and (_word_before(match) in _THINGS or _is_short_name(match)):
        return False
    if (region + tail).isupper():
        return True
    return len(digits) > 2 and (len(tail) > 1 or not match["a"] + match["b"])


def _word_before(match: re.Match[str]) -> str:
    """Return the word right before a plate; 12 characters hold the longest of _THINGS and what parts it off."""
    before = match.string[max(0, match.start() - 12) : match.start()].rstrip(" .:/")
    return re.split(r"[^A-Za-z]", before)[-1].lower()


def _is_short_name(match: re.Match[str]) -> bool:
    """Tell whether this is rather a house of a block, as F-16A, or a short name, as P3K."""
    is_glued = not match["a"] + match["b"]
    return ("-" in match["a"] and len(match["digits"] + match["tail"]) < 4) or (is_glued and len(match["digits"]) == 1)
