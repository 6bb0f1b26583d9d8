"""Nothing but the picture goes on."""

import struct
import zipfile
import zlib
from io import BytesIO

import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageOps
from PIL.PngImagePlugin import PngInfo

from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.images import Image, clean_image

MARKER = b"PLANTED-MARKER"
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def encoded(image: PIL.Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture(width: int = 64, height: int = 48, mode: str = "RGB", colour: object = RED) -> PIL.Image.Image:
    return PIL.Image.new(mode, (width, height), colour)  # type: ignore[arg-type]


def left_red_right_blue() -> PIL.Image.Image:
    image = picture(64, 32)
    image.paste(BLUE, (32, 0, 64, 32))
    return image


def opened(data: bytes) -> PIL.Image.Image:
    image = PIL.Image.open(BytesIO(data), formats=["JPEG"])
    image.load()
    return image


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    jpeg = encoded(picture(), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5  # the frame's header: marker, length, precision, height, width
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def png_with_broken_chunk() -> bytes:
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    broken = chunk(b"\x00\x01\x02\x03", b"")  # no such name: Pillow stops with a SyntaxError
    pixels = zlib.compress(bytes(8 * 25))
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", pixels[:4]), broken, chunk(b"IDAT", pixels[4:])]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def exif(orientation: int = 1) -> PIL.Image.Exif:
    notes = PIL.Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F] = MARKER.decode()  # the maker of the camera
    notes.get_ifd(0x8825).update({1: "S", 2: (6.0, 55.0, 48.4), 3: "E", 4: (106.0, 55.0, 48.4), 29: MARKER.decode()})
    return notes


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", MARKER)
    return out.getvalue()


def text_of_a_png() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", MARKER.decode())
    info.add_itxt("XML:com.adobe.xmp", MARKER.decode())
    info.add_text("Author", MARKER.decode(), zip=False)
    return info


def with_iptc(jpeg: bytes) -> bytes:
    """Put a caption as newsrooms write it (APP13, Photoshop 3.0, IPTC 2:120) in front of the picture."""
    caption = b"\x1c\x02\x78" + struct.pack(">H", len(MARKER)) + MARKER
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(caption)) + caption
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", 2 + len(body)) + body + jpeg[2:]


def png_with(name: bytes, data: bytes) -> bytes:
    png = encoded(picture(), "PNG")
    end = png.index(b"IDAT") - 4
    return png[:end] + chunk(name, data) + png[end:]


def webp_with(name: bytes, data: bytes) -> bytes:
    body = encoded(picture(), "WEBP", xmp=b"<x/>")[8:] + name + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


PLANTED = {
    "EXIF with GPS": encoded(picture(), "JPEG", exif=exif()),
    "JPEG comment": encoded(picture(), "JPEG", comment=MARKER),
    "JPEG XMP": encoded(picture(), "JPEG", xmp=MARKER),
    "JPEG colour profile": encoded(picture(), "JPEG", icc_profile=MARKER * 4),
    "JPEG trailing bytes": encoded(picture(), "JPEG") + MARKER,
    "JPEG and ZIP in one": encoded(picture(), "JPEG") + zipped(),
    "JPEG and web page in one": encoded(picture(), "JPEG") + b"<script>" + MARKER + b"</script>",
    "JPEG and JavaScript in one": encoded(picture(), "JPEG", comment=b"*/=1;" + MARKER + b"/*"),
    "JPEG IPTC": with_iptc(encoded(picture(), "JPEG")),
    "second picture of a phone": encoded(picture(), "MPO", save_all=True, append_images=[picture()], comment=MARKER),
    "PNG text": encoded(picture(), "PNG", pnginfo=text_of_a_png()),
    "PNG compressed text": png_with(b"zTXt", b"Comment\0\0" + zlib.compress(MARKER)) + MARKER,
    "PNG chunk of no known name": png_with(b"hiDe", MARKER),
    "PNG EXIF": encoded(picture(), "PNG", exif=exif()),
    "PNG colour profile, uncompressed marker behind": encoded(picture(), "PNG") + MARKER,
    "WebP EXIF": encoded(picture(), "WEBP", exif=exif()),
    "WebP XMP": encoded(picture(), "WEBP", xmp=MARKER),
    "WebP colour profile": encoded(picture(), "WEBP", icc_profile=MARKER * 4),
    "WebP chunk of no known name": webp_with(b"hiDe", MARKER),
    "WebP trailing bytes": encoded(picture(), "WEBP") + MARKER,
}


@pytest.mark.parametrize("data", PLANTED.values(), ids=PLANTED.keys())
def test_nothing_planted_survives(data: bytes) -> None:
    assert MARKER in data
    cleaned = clean_image(data)
    for part in (cleaned.bytes, cleaned.small):
        again = opened(part)
        assert MARKER not in part
        assert not again.getexif()
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert part.endswith(b"\xff\xd9")
        assert is_near(again.getpixel((5, 5)), RED)


@pytest.mark.parametrize("orientation", range(10))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_are_put_upright(kind: str, orientation: int) -> None:
    image = left_red_right_blue()
    image.paste(WHITE, (0, 16, 32, 32))
    expected = ImageOps.exif_transpose(opened(encoded(image, "JPEG", exif=exif(orientation), quality=95)))
    cleaned = clean_image(encoded(image, kind, exif=exif(orientation), quality=95))
    again = opened(cleaned.bytes)
    assert (cleaned.width, cleaned.height) == again.size == expected.size
    for corner in ((3, 3), (3, again.height - 4), (again.width - 4, 3)):
        pixel = expected.getpixel(corner)
        assert isinstance(pixel, tuple)
        assert is_near(again.getpixel(corner), (pixel[0], pixel[1], pixel[2]))


BROKEN_NOTES = [b"Exif\x00\x00II*\x00\xff\xff\xff\xff" + b"\xff" * 40, b"Exif\x00\x00" + b"?" * 40]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("notes", BROKEN_NOTES, ids=["a place far outside", "no notes at all"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_with_broken_notes_is_still_a_photo(kind: str, notes: bytes) -> None:
    assert clean_image(encoded(picture(), kind, exif=notes)).width == 64


def test_odd_notes_do_not_keep_a_photo_lying() -> None:
    odd = exif(6).tobytes().replace(b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x0c")  # a maker written as a number
    assert odd != exif(6).tobytes()
    cleaned = clean_image(encoded(left_red_right_blue(), "JPEG", exif=odd))
    assert (cleaned.width, cleaned.height) == (32, 64)


@pytest.mark.parametrize(
    "image",
    [
        picture(mode="RGBA", colour=(255, 0, 0, 0)),
        picture(mode="LA", colour=(0, 0)),
        PIL.Image.new("P", (8, 8)),
    ],
    ids=lambda image: image.mode,
)
def test_what_is_transparent_becomes_white(image: PIL.Image.Image) -> None:
    options = {"transparency": 0} if image.mode == "P" else {}
    cleaned = clean_image(encoded(image, "PNG", **options))
    assert is_near(opened(cleaned.bytes).getpixel((4, 4)), WHITE)


@pytest.mark.parametrize(
    ("image", "kind", "colour"),
    [
        (picture(mode="1", colour=1), "PNG", WHITE),
        (picture(mode="L", colour=90), "PNG", (90, 90, 90)),
        (picture(mode="I;16", colour=90 * 256), "PNG", (90, 90, 90)),
        (picture(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG", (254, 0, 0)),
        (picture(mode="RGBA", colour=(0, 0, 255, 255)), "WEBP", BLUE),
    ],
    ids=["black and white", "grey", "16-bit grey", "print colours", "WebP"],
)
def test_every_kind_of_photo_keeps_its_colour(image: PIL.Image.Image, kind: str, colour: tuple[int, int, int]) -> None:
    assert is_near(opened(clean_image(encoded(image, kind)).bytes).getpixel((5, 5)), colour)


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((4000, 3000), (1600, 1200), (320, 240)),
        ((3000, 4000), (1200, 1600), (240, 320)),
        ((1600, 900), (1600, 900), (320, 180)),
        ((200, 100), (200, 100), (200, 100)),
        ((1, 1), (1, 1), (1, 1)),
        ((9000, 2), (1600, 1), (320, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_longest_side_is_bounded(
    kind: str, size: tuple[int, int], large: tuple[int, int], small: tuple[int, int]
) -> None:
    cleaned = clean_image(encoded(picture(*size), kind))
    assert (cleaned.width, cleaned.height) == opened(cleaned.bytes).size == large
    assert opened(cleaned.small).size == small


def refusal_of(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        clean_image(data)
    [mistake] = refused.value.mistakes
    assert mistake.pointer == "/file"
    assert mistake.say.id != mistake.say.en
    return mistake.say.en


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_PHOTOS = {
    "empty": b"",
    "text": b"Jalan berlubang",
    "web page": b"<!doctype html><script>alert(1)</script>",
    "SVG": SVG,
    "SVG with a PNG name inside": b"\n" + SVG + b"\x89PNG",
    "GIF": encoded(picture(), "GIF"),
    "moving GIF": encoded(picture(), "GIF", save_all=True, append_images=[picture(colour=BLUE)], duration=100),
    "GIF and JavaScript in one": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "BMP": encoded(picture(), "BMP"),
    "TIFF": encoded(picture(), "TIFF"),
    "PDF": b"%PDF-1.7\n" + bytes(40),
    "ZIP": zipped(),
    "JPEG start alone": b"\xff\xd8\xff",
    "PNG header alone": b"\x89PNG\r\n\x1a\n",
    "PNG with too few pixels": png_claiming(500, 500),
    "PNG of no width": png_claiming(0, 10),
    "PNG with a broken chunk": png_with_broken_chunk(),
}


@pytest.mark.parametrize("data", NOT_PHOTOS.values(), ids=NOT_PHOTOS.keys())
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    assert "not a photo that can be read" in refusal_of(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_short_is_refused(kind: str) -> None:
    whole = encoded(PIL.Image.effect_noise((200, 200), 80).convert("RGB"), kind)
    assert "damaged" in refusal_of(whole[: len(whole) // 2])


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    data = encoded(picture(), kind, save_all=True, append_images=[picture(colour=BLUE)], duration=100)
    assert "moving" in refusal_of(data)


@pytest.mark.parametrize(("width", "height"), [(20_000, 10_000), (10_000, 9_000), (8_000, 5_001), (65_535, 65_535)])
def test_too_many_pixels_are_refused_by_the_header(width: int, height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a pixel was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", never)
    assert "40 megapixels" in refusal_of(png_claiming(width, height))
    assert "40 megapixels" in refusal_of(jpeg_claiming(width, height))


def test_40_megapixels_are_taken() -> None:
    assert clean_image(encoded(picture(8_000, 5_000), "JPEG")).width == 1600


@pytest.mark.parametrize("size", [10 * 1024 * 1024 + 1, 30 * 1024 * 1024])
def test_over_10_megabytes_are_refused(size: int) -> None:
    with pytest.raises(TooLarge) as refused:
        clean_image(encoded(picture(), "JPEG").ljust(size, b"\0"))
    assert "10 MB" in refused.value.say.id


def test_10_megabytes_are_taken() -> None:
    assert isinstance(clean_image(encoded(picture(), "JPEG").ljust(10 * 1024 * 1024, b"\0")), Image)


SEEDS = [encoded(left_red_right_blue(), kind, exif=exif(6)) for kind in ("JPEG", "PNG", "WEBP")]


@settings(deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), max_size=8))
def test_a_broken_file_is_a_photo_or_a_refusal(seed: bytes, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(seed)
    for place, new in changes:
        at = place % len(data)
        data[at : at + len(new)] = new
    try:
        cleaned = clean_image(bytes(data))
    except Invalid:
        return
    assert MARKER not in cleaned.bytes + cleaned.small
