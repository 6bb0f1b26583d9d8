"""Photos from outside, drawn anew so that nothing but the picture goes on."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import PIL.Image
from PIL.ExifTags import Base
from PIL.Image import Transpose

from tuntas.kit import heic
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.likeness import Likeness, likeness_of
from tuntas.kit.made_up import hints_in
from tuntas.kit.moments import moment_in
from tuntas.kit.places import Place, place_in
from tuntas.kit.words import Say

MOST_BYTES = 10 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_LONGEST_SIDE = 1600
_SMALL_SIDE = 320
_QUALITY = 80
_TURNS: dict[object, Transpose] = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}

_TOO_MANY_BYTES = Say(
    "Foto terlalu besar. Batasnya 10 MB. Kirim foto yang lebih kecil.",
    "The photo is too big. The limit is 10 MB. Send a smaller photo.",
)
_TOO_MANY_PIXELS = Say(
    "Ukuran gambar terlalu besar. Batasnya 40 megapiksel. Perkecil foto, lalu kirim lagi.",
    "The picture is too large. The limit is 40 megapixels. Make it smaller, then send it again.",
)
_NOT_A_PHOTO = Say(
    "Berkas ini bukan foto yang bisa dibaca, atau rusak. Kirim foto JPEG, PNG, WebP, atau HEIC.",
    "This file is not a photo that can be read, or it is damaged. Send a JPEG, PNG, WebP or HEIC photo.",
)
_MOVES = Say(
    "Gambar bergerak tidak bisa diterima. Kirim foto biasa.",
    "A moving picture cannot be accepted. Send an ordinary photo.",
)
_HEIC = Say(
    "Foto HEIC atau AVIF ini tidak bisa dibaca, atau rusak. Kirim foto yang sama sebagai JPEG.",
    "This HEIC or AVIF photo cannot be read, or it is damaged. Send the same photo as JPEG.",
)


Jpeg = bytes
_Drawn = tuple[PIL.Image.Image, Place | None, datetime | None]  # the picture, where and when it was taken


@dataclass(frozen=True, slots=True)
class Image:
    """A photo that is safe to keep and to show: two JPEGs without any metadata.

    bytes           the photo, longest side at most 1600 pixels
    width, height   of that photo, in pixels
    small           the same, longest side at most 320 pixels, for lists
    place           where it was taken, as its camera noted: for the one who sent it to confirm, then to be forgotten
    taken_at        when, as its camera noted; without a zone where the camera knew none. Forgotten in the same way
    likeness        what it looks like, to know it again; None for a flat one
    hints           what in the file said that a machine made it
    """

    bytes: Jpeg
    width: int
    height: int
    small: Jpeg
    place: Place | None
    taken_at: datetime | None = None
    likeness: Likeness | None = None
    hints: tuple[str, ...] = ()


def clean_image(data: bytes) -> Image:
    """Draw a photo anew, upright and on white, so that place, time, device and anything hidden in it are gone.

    data   the file as it came: JPEG, PNG, WebP, HEIC or AVIF, told by its content and never by its name

    Raises TooLarge over 10 MB; Invalid over 40 megapixels, or where it is moving, cut short or no such photo.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(_TOO_MANY_BYTES)
    photo, place, taken_at = _read_heic(data) if heic.is_heic(data) else _read(data)
    whole, small = as_jpegs(photo)
    return Image(whole, photo.width, photo.height, small, place, taken_at, likeness_of(photo), hints_in(data))


def as_jpegs(photo: PIL.Image.Image) -> tuple[Jpeg, Jpeg]:
    """Return a drawn photo as it is kept: whole, and small for lists."""
    return _jpeg(photo), _jpeg(_shrunk(photo, _SMALL_SIDE))


def _refusal(say: Say) -> Invalid:
    return Invalid.field("/file", say)


def _read_heic(data: bytes) -> _Drawn:
    try:
        decoded = heic.read_heic(data, most_pixels=_MOST_PIXELS, longest_side=_LONGEST_SIDE)
    except heic.TooManyPixels as error:
        raise _refusal(_TOO_MANY_PIXELS) from error
    except heic.Moving as error:
        raise _refusal(_MOVES) from error
    except heic.Unreadable as error:
        raise _refusal(_HEIC) from error
    notes = _notes_in(decoded.notes)
    photo = decoded.picture if decoded.is_upright else _upright(decoded.picture, notes)
    return _redrawn(photo), place_in(notes), moment_in(notes)


def _notes_in(exif: bytes) -> PIL.Image.Exif:
    notes = PIL.Image.Exif()
    try:
        notes.load(exif)
    except Exception:  # as in _notes_of
        return PIL.Image.Exif()
    return notes


def _read(data: bytes) -> _Drawn:
    try:
        with PIL.Image.open(BytesIO(data), formats=_FORMATS) as opened:
            _check(opened)
            opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # lets a large JPEG be decoded at a fraction
            notes = _notes_of(opened)
            return _redrawn(_upright(opened, notes)), place_in(notes), moment_in(notes)
    except Invalid:
        raise
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise _refusal(_TOO_MANY_PIXELS) from error
    except Exception as error:  # broken files end in a dozen kinds: OSError, SyntaxError, struct.error, IndexError ...
        raise _refusal(_NOT_A_PHOTO) from error


def _check(opened: PIL.Image.Image) -> None:
    """Refuse by what the header says, before a pixel is decoded."""
    if opened.width * opened.height > _MOST_PIXELS:
        raise _refusal(_TOO_MANY_PIXELS)
    # Phones write a second picture (depth, a preview) behind a JPEG: "MPO", whose first one is the photo
    if opened.format != "MPO" and getattr(opened, "is_animated", False):
        raise _refusal(_MOVES)


def _notes_of(opened: PIL.Image.Image) -> PIL.Image.Exif:
    try:
        return opened.getexif()
    except Exception:  # a photo with broken notes about itself is still a photo
        return PIL.Image.Exif()


def _upright(opened: PIL.Image.Image, notes: PIL.Image.Exif) -> PIL.Image.Image:
    """Turn by one note of EXIF; Pillow's exif_transpose writes all others anew and fails on those of odd cameras."""
    turn = _TURNS.get(_orientation(notes))
    return opened if turn is None else opened.transpose(turn)


def _orientation(notes: PIL.Image.Exif) -> object:
    try:
        return notes.get(Base.Orientation)
    except Exception:
        return None


def _redrawn(opened: PIL.Image.Image) -> PIL.Image.Image:
    """Shrink and put on white paper; what is not a pixel stays behind."""
    if opened.mode.startswith("I;16"):  # Pillow would clip 65,536 greys to the darkest 256: a white page
        opened = opened.point(lambda grey: grey * (1 / 256)).convert("L")
    seen = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    seen.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), PIL.Image.Resampling.LANCZOS)
    paper = PIL.Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    return paper


def _shrunk(photo: PIL.Image.Image, side: int) -> PIL.Image.Image:
    small = photo.copy()
    small.thumbnail((side, side), PIL.Image.Resampling.LANCZOS)
    return small


def _jpeg(photo: PIL.Image.Image) -> Jpeg:
    out = BytesIO()
    photo.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
