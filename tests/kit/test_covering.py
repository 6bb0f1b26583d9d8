"""What is covered in a photo is gone from it, and the rest stays."""

from io import BytesIO

import PIL.Image
import pytest
from PIL import ImageChops, ImageDraw

from tuntas.kit.covering import covered
from tuntas.kit.images import clean_image

WIDTH, HEIGHT = 640, 480
PLATE = (256, 192, 384, 240)  # pixels
COVER = [40.0, 40.0, 20.0, 10.0]  # the same in hundredths


def scene(sign: str = "", *, size: tuple[int, int] = (WIDTH, HEIGHT)) -> PIL.Image.Image:
    """A street of slanting lines; on it a white plate with stripes, every second one of them black."""
    image = PIL.Image.new("RGB", size, (120, 140, 160))
    draw = ImageDraw.Draw(image)
    for x in range(-size[1], size[0], 40):
        draw.line((x, 0, x + size[1], size[1]), (200, 60, 40), 9)
    if sign:
        draw.rectangle((PLATE[0], PLATE[1], PLATE[2] - 1, PLATE[3] - 1), (255, 255, 255))
        for n, stripe in enumerate(sign):
            if stripe == "1":
                left = PLATE[0] + 8 * n
                draw.rectangle((left, PLATE[1], left + 7, PLATE[3] - 1), (0, 0, 0))
    return image


def stored(image: PIL.Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return clean_image(out.getvalue()).bytes


def opened(jpeg: bytes) -> PIL.Image.Image:
    with PIL.Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        return image.convert("RGB")


def difference(one: PIL.Image.Image, other: PIL.Image.Image, box: tuple[int, int, int, int] | None = None) -> int:
    """Return by how much two pictures differ where they differ most, of 255."""
    apart = ImageChops.difference(one, other).crop(box or (0, 0, *one.size))
    return max(high for _, high in apart.getextrema())  # type: ignore[misc]


def test_two_plates_cannot_be_told_apart_once_covered() -> None:
    one, other = stored(scene("10" * 8)), stored(scene("01" * 8))
    assert difference(opened(one), opened(other), PLATE) > 200
    first, second = covered(one, [COVER]), covered(other, [COVER])
    assert difference(opened(first.bytes), opened(second.bytes)) <= 48, "at most one shade, never the stripes"
    assert difference(opened(first.small), opened(second.small)) <= 48


def test_nothing_of_the_pattern_is_left_in_the_covered_part() -> None:
    part = opened(covered(stored(scene("10" * 8)), [COVER]).bytes).crop(PLATE).convert("L")
    row = [part.getpixel((x, 20)) for x in range(part.width)]
    steps = [abs(int(a) - int(b)) for a, b in zip(row, row[8:], strict=False)]  # type: ignore[arg-type]
    assert max(steps) < 48, "black and white stripes would step by 255"
    assert min(row) > 60  # type: ignore[type-var, operator]


def test_what_is_not_covered_stays() -> None:
    before = stored(scene("10" * 8))
    after = opened(covered(before, [COVER]).bytes)
    outside = [(0, 0, WIDTH, 176), (0, 256, WIDTH, HEIGHT), (0, 0, 240, HEIGHT), (400, 0, WIDTH, HEIGHT)]
    assert after.size == (WIDTH, HEIGHT)
    assert all(difference(after, opened(before), box) < 60 for box in outside)
    assert difference(after, opened(before), PLATE) > 100


def test_without_covers_it_is_the_photo_as_it_was() -> None:
    before = stored(scene("10" * 8))
    copy = covered(before, [])
    assert difference(opened(copy.bytes), opened(before)) < 60
    assert max(opened(copy.small).size) == 320


@pytest.mark.parametrize(
    "cover", [[0, 0, 100, 100], [99.9, 99.9, 0.1, 0.1], [0, 0, 0.01, 0.01], [0, 99, 100, 1]], ids=str
)
@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (1600, 37), (3, 3), (1, 1)], ids=str)
def test_any_cover_of_any_photo_is_drawn(cover: list[float], size: tuple[int, int]) -> None:
    copy = covered(stored(scene(size=size)), [cover])
    assert opened(copy.bytes).size == size


def test_a_corner_is_covered_to_the_last_pixel() -> None:
    dark = PIL.Image.new("RGB", (101, 67), (0, 0, 0))
    dark.putpixel((100, 66), (255, 255, 255))
    light = opened(covered(stored(dark), [[99, 98, 1, 2]]).bytes).getpixel((100, 66))
    assert isinstance(light, tuple)
    assert max(light) < 100


def test_a_copy_says_nothing_but_its_pixels() -> None:
    copy = covered(stored(scene()), [COVER])
    for jpeg in (copy.bytes, copy.small):
        with PIL.Image.open(BytesIO(jpeg)) as image:
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
