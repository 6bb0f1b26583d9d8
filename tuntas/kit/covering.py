"""Parts of a clean photo made unreadable, for the copy that everybody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil, floor

import PIL.Image
import PIL.ImageFilter
from PIL.Image import Resampling

from tuntas.kit.images import Jpeg, as_jpegs

Cover = Sequence[float]  # x, y, width and height in hundredths of the photo's
Box = tuple[int, int, int, int]

_MOST_BLOCKS = 3  # along the longer side: of a face no feature is left, and no digit can be drawn with so few
_LEAST_PIXELS = 8  # of a block: an average of fewer would be the pixel itself
_SHADES = 8  # of each colour; fewer than anybody needs to guess backwards from an average
_STRETCH = 16  # pixels that a JPEG stores together: a cover ends where such a square does


@dataclass(frozen=True, slots=True)
class Copy:
    """A photo everybody may see, whole and small. Nothing under a cover can be had back from either."""

    bytes: Jpeg
    small: Jpeg


def covered(photo: Jpeg, covers: Sequence[Cover]) -> Copy:
    """Draw a photo that clean_image made once more, each cover averaged to a few blurred blocks.

    covers   squares in hundredths of the photo's width and height, somewhat widened here; none leaves it as it is
    """
    with PIL.Image.open(BytesIO(photo), formats=["JPEG"]) as opened:
        drawn = opened.convert("RGB")
    for cover in covers:
        box = _box_of(cover, drawn.width, drawn.height)
        drawn.paste(_smeared(drawn.crop(box)), box)
    return Copy(*as_jpegs(drawn))


def _box_of(cover: Cover, width: int, height: int) -> Box:
    """Return the pixels of a cover, widened to whole squares: the edges of what is hidden echo within their square."""
    x, y, wide, high = cover
    left, right = _stretched(x * width / 100, (x + wide) * width / 100, width)
    top, bottom = _stretched(y * height / 100, (y + high) * height / 100, height)
    return left, top, right, bottom


def _stretched(begin: float, end: float, most: int) -> tuple[int, int]:
    first = min(floor(begin / _STRETCH) * _STRETCH, (most - 1) // _STRETCH * _STRETCH)
    return max(first, 0), min(max(ceil(end / _STRETCH) * _STRETCH, first + 1), most)


def _smeared(part: PIL.Image.Image) -> PIL.Image.Image:
    """Return a few averages in few shades, blurred into one another."""
    longer = max(part.size)
    blocks = [max(1, min(round(_MOST_BLOCKS * side / longer), side // _LEAST_PIXELS)) for side in part.size]
    step = 256 // _SHADES
    rough = part.resize((blocks[0], blocks[1]), Resampling.BOX).point(lambda shade: shade // step * step + step // 2)
    return rough.resize(part.size, Resampling.BILINEAR).filter(PIL.ImageFilter.GaussianBlur(longer / _MOST_BLOCKS / 4))
