"""Documents come out of the cleaning with their pages, and with nothing that runs, hides or tells."""

from io import BytesIO

import pikepdf
import pytest

from tests.kit.made_files import MARK, pdf
from tuntas.kit.documents import Locked, TooLong, Unreadable, clean_document, is_whole

WORDS: tuple[bytes, ...] = (
    b"/OpenAction",
    b"/AA",
    b"/JavaScript",
    b"/JS",
    b"/EmbeddedFile",
    b"/Launch",
    b"/RichMedia",
    b"/XFA",
)
WORDS += (b"/FileAttachment", b"/Metadata", b"/Author", b"calc.exe")


def opened_out(data: bytes) -> bytes:
    """Return a document with all its streams in plain, so that nothing can hide in them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as made:
        made.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=pikepdf.StreamDecodeLevel.all
        )
    return out.getvalue()


def test_what_could_run_hide_or_tell_is_gone_and_the_pages_stay() -> None:
    armed = pdf(pages=3, is_armed=True)
    before = opened_out(armed)
    assert [word for word in WORDS if word not in before] == []
    clean = clean_document(armed)
    after = opened_out(clean)
    assert [word for word in (*WORDS, MARK) if word in after] == []
    with pikepdf.open(BytesIO(clean)) as made:
        assert len(made.pages) == 3
        assert not made.attachments


def test_a_name_written_in_another_way_is_the_same_name() -> None:
    plain = pdf(is_armed=True)
    odd = opened_out(plain).replace(b"/OpenAction", b"/Open#41ction").replace(b"/JavaScript", b"/J#61vaScript")
    assert b"/OpenAction" not in odd
    assert [word for word in (*WORDS, MARK) if word in opened_out(clean_document(odd))] == []


def test_a_locked_document_is_refused() -> None:
    with pytest.raises(Locked):
        clean_document(pdf(password="rahasia"))


def test_two_hundred_pages_are_taken_and_one_more_is_not() -> None:
    assert clean_document(pdf(pages=200))
    with pytest.raises(TooLong):
        clean_document(pdf(pages=201))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.7" + b"x" * 5000, b"GIF89a", pdf()[:100]])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        clean_document(data)


def test_a_document_that_computes_for_long_is_stopped() -> None:
    with pytest.raises(Unreadable):
        clean_document(pdf(pages=150), most_seconds=0)


def test_a_document_shows_at_its_ends_whether_it_came_whole() -> None:
    assert is_whole(pdf()[:20], pdf()[-100:])
    assert not is_whole(pdf()[:20], pdf()[:-40])
    assert not is_whole(b"x" + pdf()[:20], pdf()[-100:])
