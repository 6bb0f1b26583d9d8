"""What a file says of having been made by a machine is read, and nothing else is taken for it."""

import io

import PIL.Image
import pytest
from PIL.PngImagePlugin import PngInfo

from tests.scenes import saved, scene
from tuntas.kit.images import clean_image
from tuntas.kit.made_up import hints_in

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def png(**texts: str) -> bytes:
    info, out = PngInfo(), io.BytesIO()
    for name, text in texts.items():
        info.add_text(name, text)
    PIL.Image.new("RGB", (40, 30), "red").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def with_xmp(text: str) -> bytes:
    out = io.BytesIO()
    scene(1, (64, 48)).save(out, "JPEG", xmp=text.encode())
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "hints"),
    [
        (with_xmp(f"<a iptc:DigitalSourceType='{SOURCE}trainedAlgorithmicMedia'/>"), ("trainedAlgorithmicMedia",)),
        (
            with_xmp(f"<a iptc:DigitalSourceType='{SOURCE}compositeWithTrainedAlgorithmicMedia'/>"),
            ("compositeWithTrainedAlgorithmicMedia",),
        ),
        (png(parameters="a pothole, photo, Steps: 20"), ("parameters",)),
        (png(prompt="{}", workflow="{}"), ("prompt", "workflow")),
        (png(Software="NovelAI"), ("NovelAI",)),
        (with_xmp("Made with Google AI"), ("Made with Google AI",)),
    ],
    ids=["made", "changed", "one program", "another", "by its name", "a phone's"],
)
def test_what_it_says_is_kept_in_its_words(data: bytes, hints: tuple[str, ...]) -> None:
    assert hints_in(data) == hints
    assert clean_image(data).hints == hints


@pytest.mark.parametrize(
    "data",
    [
        saved(scene(2, (64, 48))),
        with_xmp(f"<a iptc:DigitalSourceType='{SOURCE}digitalCapture'/>"),
        with_xmp("jumb c2pa.assertions"),
        png(Comment="parameters"),
        png(Software="GIMP"),
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtparam",
        b"",
    ],
    ids=["a photo", "a camera's", "signed", "a word", "a program", "cut short", "broken", "nothing"],
)
def test_an_ordinary_file_says_nothing(data: bytes) -> None:
    assert hints_in(data) == ()


def test_few_and_short_ones_are_kept() -> None:
    many = b" ".join(b"Midjourney ComfyUI NovelAI InvokeAI DALL-E".split() * 50)
    assert len(hints_in(many)) == 4
