"""Made photos that behave like real ones: smooth where a scene is, no two alike; and what people do to photos."""

import io
from random import Random

import PIL.Image
from PIL.Image import Resampling

SIDES = (3, 6, 12, 24, 48, 96)


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> PIL.Image.Image:
    """Return a scene of broad and ever finer, ever fainter shapes, as places in the light are."""
    random, made, weight = Random(seed), None, 0.0
    for fainter, side in enumerate(SIDES):
        shape = side, max(2, side * 3 // 4)
        shapes = PIL.Image.frombytes("L", shape, random.randbytes(shape[0] * shape[1])).resize(size, Resampling.BICUBIC)
        share = 0.5**fainter
        weight += share
        made = shapes if made is None else PIL.Image.blend(made, shapes, share / weight)
    assert made is not None
    return made.convert("RGB")


def saved(image: PIL.Image.Image, *, quality: int = 85, exif: PIL.Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, **({} if exif is None else {"exif": exif}))
    return out.getvalue()


def cut(image: PIL.Image.Image, percent: int) -> PIL.Image.Image:
    """Return a photo cut at all four sides."""
    across, down = image.width * percent // 100, image.height * percent // 100
    return image.crop((across, down, image.width - across, image.height - down))


def shrunk(image: PIL.Image.Image) -> PIL.Image.Image:
    return image.resize((image.width // 2, image.height // 2), Resampling.LANCZOS)
