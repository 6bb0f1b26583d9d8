"""The process in which one HEIC or AVIF photo is decoded; kit.heic starts it and reads what it prints.

It imports nothing of ours, gets no environment, writes no file, and bounds its own time and memory before it looks at
the photo. It prints one line of JSON, then the pixels.
"""

import base64
import json
import resource
import sys
from io import BytesIO
from typing import Any

import PIL.AvifImagePlugin  # Pillow loads its plug-ins by name otherwise, trying all it has
import PIL.Image
from pi_heif import register_heif_opener

_MOST_MEMORY = 2 * 1024**3  # of addresses; 40 megapixels fill about a quarter
_MOST_NOTES = 64 * 1024
_AVIF_BRANDS = (b"avif", b"avis")


class _Refused(Exception):
    """One word: pixels, moving."""


def main() -> None:
    """Read a photo from standard input and print it small; kit.heic names the three arguments."""
    most_pixels, longest, most_seconds = map(int, sys.argv[1:])
    _bound(most_seconds)
    try:
        told, pixels = _read(sys.stdin.buffer.read(), most_pixels, longest)
    except _Refused as refused:
        told, pixels = {"refused": str(refused)}, b""
    except Exception:  # a broken file ends in a dozen kinds, MemoryError among them
        told, pixels = {"refused": "broken"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + pixels)


def _bound(most_seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, most_seconds),
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _read(data: bytes, most_pixels: int, longest: int) -> tuple[dict[str, Any], bytes]:
    form = _form(data)
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    PIL.Image.MAX_IMAGE_PIXELS = None  # judged here, by our own limit
    with PIL.Image.open(BytesIO(data), formats=[form]) as opened:
        if opened.width * opened.height > most_pixels:
            raise _Refused("pixels")
        # Several pictures in a HEIC are a burst or a preview, of which one is named as the photo
        if form == "AVIF" and getattr(opened, "is_animated", False):
            raise _Refused("moving")
        notes = opened.info.get("exif") or b""
        seen = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    seen.thumbnail((longest, longest), PIL.Image.Resampling.LANCZOS)
    told = {
        "mode": seen.mode,
        "size": seen.size,
        "exif": base64.b64encode(notes if len(notes) <= _MOST_NOTES else b"").decode(),
        "is_upright": form == "HEIF",  # libheif has turned it; Pillow leaves an AVIF lying and says so in its notes
    }
    return told, seen.tobytes()


def _form(data: bytes) -> str:
    """Tell the two forms apart by all the brands at the start: "mif1" in front may be either."""
    brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    return "AVIF" if any(brands[at : at + 4] in _AVIF_BRANDS for at in range(0, len(brands), 4)) else "HEIF"


if __name__ == "__main__":
    main()
