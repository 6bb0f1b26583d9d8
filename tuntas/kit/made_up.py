"""What a file says of itself about having been made, or changed, by a machine that makes pictures.

Read before a photo is drawn anew, and only a hint: whoever wants to hide it takes these notes away, and honest
programs write them too. A signature of origin alone (C2PA) says nothing here: new cameras sign every photo.

IPTC digital source types: https://cv.iptc.org/newscodes/digitalsourcetype
"""

import re
import struct
from collections.abc import Iterator

MOST_HINTS, MOST_LETTERS = 4, 40
_PNG = b"\x89PNG\r\n\x1a\n"
_SOURCE = re.compile(rb"digitalsourcetype/((?:compositeWithT|t)rainedAlgorithmicMedia)\b", re.IGNORECASE)
_MAKERS = re.compile(
    rb"Midjourney|Stable Diffusion|DALL\xc2?\xb7E|DALL-E|Adobe Firefly|NovelAI|ComfyUI|InvokeAI|Made with Google AI"
)
_PROMPTS = frozenset({b"parameters", b"prompt", b"workflow", b"sd-metadata", b"invokeai_metadata"})
_TEXTS = frozenset({b"tEXt", b"iTXt", b"zTXt"})


def hints_in(data: bytes) -> tuple[str, ...]:
    """Return what in a file names a machine that makes pictures, each once, in the file's own words."""
    named = [*_SOURCE.findall(data), *_MAKERS.findall(data), *_prompts_in(data)]
    said = (each.decode("ascii", "ignore")[:MOST_LETTERS] for each in named)
    return tuple(dict.fromkeys(said))[:MOST_HINTS]


def _prompts_in(data: bytes) -> Iterator[bytes]:
    """Yield the names of a PNG's texts under which such machines keep what they were told to draw."""
    at = len(_PNG)
    if not data.startswith(_PNG):
        return
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], at + 8
        keyword = data[body : body + min(length, 80)].split(b"\0")[0]
        if kind in _TEXTS and keyword.lower() in _PROMPTS:
            yield keyword
        at = body + length + 4
