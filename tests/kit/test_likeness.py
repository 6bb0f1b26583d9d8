"""A photo is known again when it was cut, shrunk or saved anew, and no other is taken for it."""

from collections.abc import Callable
from itertools import combinations

import PIL.Image
import pytest
from PIL.ImageEnhance import Brightness, Contrast

from tests.scenes import cut, saved, scene, shrunk
from tuntas.kit.images import clean_image
from tuntas.kit.likeness import Likeness, likeness_of

Change = Callable[[PIL.Image.Image], bytes]
CHANGES: dict[str, Change] = {
    "as it was": saved,
    "saved badly": lambda photo: saved(photo, quality=30),
    "half the size": lambda photo: saved(shrunk(photo)),
    "brighter": lambda photo: saved(Brightness(photo).enhance(1.25)),
    "paler": lambda photo: saved(Contrast(photo).enhance(0.7)),
    "cut by 1 %": lambda photo: saved(cut(photo, 1)),
    "cut by 2 %": lambda photo: saved(shrunk(cut(photo, 2)), quality=60),
}
SCENES = [scene(seed) for seed in range(40)]


def look(photo: PIL.Image.Image | bytes) -> Likeness:
    found = clean_image(photo if isinstance(photo, bytes) else saved(photo)).likeness
    assert found is not None
    return found


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_photo_is_known_again(change: Change) -> None:
    assert [seed for seed, photo in enumerate(SCENES) if not look(change(photo)).is_like(look(photo))] == []


def test_no_other_photo_is_taken_for_it() -> None:
    looks = [look(photo) for photo in SCENES]
    assert [(a, b) for a, b in combinations(looks, 2) if a.is_like(b)] == []


def test_what_is_like_it_roughly_alone_is_another() -> None:
    mine = look(SCENES[0])
    assert not mine.is_like(Likeness(mine.bits, bytes(len(mine.detail))))
    assert not mine.is_like(Likeness(mine.bits ^ 0xFF, mine.detail))


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_flat_picture_is_like_nothing(grey: int) -> None:
    assert likeness_of(PIL.Image.new("L", (640, 480), grey)) is None
    paper = PIL.Image.blend(SCENES[0], PIL.Image.new("RGB", SCENES[0].size, (grey,) * 3), 0.93)
    assert likeness_of(paper) is None


def test_it_takes_sixty_four_bits_and_finer_ones() -> None:
    found = look(SCENES[0])
    assert 0 <= found.bits < 1 << 64
    assert len(found.detail) == 32
