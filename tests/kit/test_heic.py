"""Photos of newer phones are read as others are, and one that is built to harm harms only a process of its own."""

import resource
from io import BytesIO

import PIL.Image
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit.heic import SIZE, container, grid, heic, large_still, mirror, still, turn
from tuntas.kit.errors import Invalid, TooLarge
from tuntas.kit.heic import Unreadable, read_heic
from tuntas.kit.images import clean_image

MARKER = b"PLANTED-MARKER"
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def notes(orientation: int = 1) -> bytes:
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = MARKER.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 55.0, 16.7), 3: "E", 4: (106.0, 55.0, 41.4)})
    return exif.tobytes().removeprefix(b"Exif\0\0")


def avif(**options: object) -> bytes:
    image = PIL.Image.new("RGB", SIZE, RED)
    image.paste(BLUE, (64, 0, 128, 64))
    image.paste(WHITE, (0, 0, 64, 32))
    out = BytesIO()
    image.save(out, "AVIF", **options)
    return out.getvalue()


def corners(data: bytes) -> list[str]:
    """Name the colours from the top left, clockwise."""
    with PIL.Image.open(BytesIO(data), formats=["JPEG"]) as image:
        right, bottom = image.width - 5, image.height - 5
        return [named(image.getpixel(spot)) for spot in ((5, 5), (right, 5), (right, bottom), (5, bottom))]


def named(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    names = {"red": RED, "blue": BLUE, "white": WHITE}
    [name] = [n for n, c in names.items() if all(abs(a - b) < 14 for a, b in zip(pixel, c, strict=True))]
    return name


def refusal_of(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        clean_image(data)
    [mistake] = refused.value.mistakes
    assert mistake.pointer == "/file"
    return mistake.say.en


AS_TAKEN = ["white", "blue", "blue", "red"]


@pytest.mark.parametrize("data", [heic(), heic(brand=b"mif1"), heic(brand=b"heix"), avif()])
def test_a_photo_of_a_newer_phone_is_read(data: bytes) -> None:
    cleaned = clean_image(data)
    assert (cleaned.width, cleaned.height) == SIZE
    assert corners(cleaned.bytes) == corners(cleaned.small) == AS_TAKEN


def test_a_photo_in_tiles_is_read() -> None:
    four = container(*[still() for _ in range(4)], grid(2, 2, (256, 128), (1, 2, 3, 4)), primary=5)
    cleaned = clean_image(four)
    assert (cleaned.width, cleaned.height) == (256, 128)
    assert corners(cleaned.bytes) == AS_TAKEN


def test_a_large_one_becomes_as_small_as_others() -> None:
    cleaned = clean_image(container(large_still()))
    assert (cleaned.width, cleaned.height) == (1600, 1600)


def test_of_several_pictures_the_first_is_the_photo() -> None:
    assert corners(clean_image(heic(pictures=3)).bytes) == AS_TAKEN


TURNED = {
    "not at all": (heic(turn(0)), AS_TAKEN),
    "a quarter to the left": (heic(turn(1)), ["blue", "blue", "red", "white"]),
    "half": (heic(turn(2)), ["blue", "red", "white", "blue"]),
    "a quarter to the right": (heic(turn(3)), ["red", "white", "blue", "blue"]),
    "top to bottom": (heic(mirror(0)), ["red", "blue", "blue", "white"]),
    "left to right": (heic(mirror(1)), ["blue", "white", "red", "blue"]),
}


@pytest.mark.parametrize(("data", "seen"), TURNED.values(), ids=TURNED.keys())
def test_a_photo_is_put_upright(data: bytes, seen: list[str]) -> None:
    assert corners(clean_image(data).bytes) == seen


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_is_turned_once_though_its_notes_say_it_again(orientation: int) -> None:
    once = clean_image(heic(turn(3)))
    again = clean_image(heic(turn(3), tiff=notes(orientation)))
    assert corners(again.bytes) == corners(once.bytes) == ["red", "white", "blue", "blue"]


def test_an_avif_is_turned_as_its_notes_say() -> None:
    assert corners(clean_image(avif(exif=b"Exif\0\0" + notes(6))).bytes) == ["red", "white", "blue", "blue"]


PLANTED = {
    "EXIF": heic(tiff=notes()),
    "XMP": heic(xmp=b"<x:xmpmeta>" + MARKER + b"</x:xmpmeta>"),
    "behind it": heic() + MARKER,
    "AVIF EXIF": avif(exif=b"Exif\0\0" + notes()),
    "AVIF XMP": avif(xmp=MARKER),
}


@pytest.mark.parametrize("data", PLANTED.values(), ids=PLANTED.keys())
def test_nothing_planted_survives(data: bytes) -> None:
    assert MARKER in data
    cleaned = clean_image(data)
    for part in (cleaned.bytes, cleaned.small):
        assert MARKER not in part
        assert b"Exif" not in part
        assert part.endswith(b"\xff\xd9")


@pytest.mark.parametrize("data", [heic(tiff=notes()), avif(exif=b"Exif\0\0" + notes())], ids=["HEIC", "AVIF"])
def test_the_place_is_read(data: bytes) -> None:
    assert clean_image(data).place == pytest.approx((-6.921306, 106.928167), abs=1e-6)


@pytest.mark.parametrize(
    "tiff", [None, b"", b"?" * 40, b"II*\0\xff\xff\xff\xff" + b"\xff" * 40, b"II*\0" + bytes(90_000)]
)
def test_without_readable_notes_there_is_no_place(tiff: bytes | None) -> None:
    assert clean_image(heic(tiff=tiff)).place is None


# What is refused


@pytest.mark.parametrize("brand", [b"hevc", b"hevx", b"msf1", b"avis"])
def test_a_moving_picture_is_refused(brand: bytes) -> None:
    assert "moving" in refusal_of(heic(brand=brand))


def test_a_moving_avif_is_refused() -> None:
    frames = avif(save_all=True, append_images=[PIL.Image.new("RGB", SIZE, BLUE)], duration=100)
    assert "moving" in refusal_of(frames)
    assert "moving" in refusal_of(frames.replace(b"ftypavis", b"ftypmif1", 1))


BROKEN = {
    "cut short": heic()[:-20],
    "without its picture": heic()[:-45],
    "the start alone": heic()[:24],
    "a name alone": b"\0\0\0\x18ftypheic" + bytes(100),
    "AVIF of nothing": b"\0\0\0\x1cftypavif" + bytes(40),
    "larger than it is": heic(size=(6000, 6000)),
    "a large one that claims to be small": heic(size=(16, 16)),
    "a tile that is missing": container(still(), grid(2, 1, (256, 64), (1, 9)), primary=2),
    "a grid of itself": container(still(), grid(1, 1, (128, 64), (2,)), primary=2),
    "no such picture": container(still(), primary=7),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_one_is_refused_with_advice(data: bytes) -> None:
    said = refusal_of(data)
    assert "HEIC" in said
    assert "JPEG" in said


@pytest.mark.parametrize("size", [(20_000, 10_000), (65_535, 65_535), (8_000, 5_001)])
def test_too_many_pixels_are_refused_by_the_header(size: tuple[int, int]) -> None:
    assert "40 megapixels" in refusal_of(heic(size=size))


def test_over_10_megabytes_are_refused() -> None:
    with pytest.raises(TooLarge):
        clean_image(heic().ljust(10 * 1024 * 1024 + 1, b"\0"))


def used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_a_photo_that_keeps_a_processor_busy_is_given_up() -> None:
    """40 kB that name one tile 900 times, a minute's work, for a picture of 64 × 64."""
    tiles = 900
    bomb = container(
        *[large_still() for _ in range(tiles)], grid(30, 30, (64, 64), tuple(range(1, tiles + 1))), primary=tiles + 1
    )
    before = used()
    with pytest.raises(Unreadable):
        read_heic(bomb, most_pixels=40_000_000, longest_side=1600, most_seconds=1)
    assert used() - before < 3


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([heic(turn(1), tiff=notes(6), xmp=MARKER), avif(exif=b"Exif\0\0" + notes(6))]),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4),
)
def test_a_file_with_flipped_bytes_is_a_photo_or_a_refusal(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    broken = bytearray(data)
    for place, new in changes:
        at = place % len(data)
        broken[at : at + len(new)] = new
    try:
        cleaned = clean_image(bytes(broken))
    except Invalid:
        return
    assert MARKER not in cleaned.bytes + cleaned.small
