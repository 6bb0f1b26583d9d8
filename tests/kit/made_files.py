"""Small files of every kind we take in, built by hand, with a mark where they tell of place and person."""

import struct
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

MARK = b"GPS-6.92131-106.92817"


def pdf(*, pages: int = 1, is_armed: bool = False, password: str = "") -> bytes:
    """Return a document; an armed one carries everything that could run, and a file."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    if is_armed:
        _arm(made)
    out = BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="x", user=password) if password else False)
    return out.getvalue()


def _arm(made: pikepdf.Pdf) -> None:
    def script() -> Dictionary:
        return Dictionary(S=Name.JavaScript, JS=MARK.decode())

    root, page = made.Root, made.pages[0]
    root.OpenAction = script()
    root.AA = Dictionary(WC=script())
    page.obj.AA = Dictionary(O=made.make_indirect(script()))
    made.attachments["x.exe"] = MARK
    root.Names.JavaScript = Dictionary(Names=Array(["a", made.make_indirect(script())]))
    root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(MARK))
    click = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script())
    launch = Dictionary(Type=Name.Action, S=Name.Launch, F="calc.exe")
    other = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=launch)
    film = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    clip = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=Dictionary(F="x"))
    page.obj.Annots = Array([click, made.make_indirect(other), film, made.make_indirect(clip)])
    root.Metadata = made.make_stream(MARK)
    made.docinfo[Name.Author] = MARK.decode()


def box(name: bytes, inside: bytes = b"") -> bytes:
    return struct.pack("!I", 8 + len(inside)) + name + inside


def film(brand: bytes = b"isom", handler: bytes = b"vide", *, more: bytes = b"") -> bytes:
    """Return an MP4 with one track, a place in its notes, a hidden track of positions and a time of making."""
    made_at = struct.pack("!II", 0, 0xE1234567) + b"\0" * 92

    def track(kind: bytes, notes: bytes) -> bytes:
        inside = box(b"hdlr", b"\0" * 8 + kind + b"\0" * 13) + box(b"mdhd", made_at[:24]) + box(b"minf")
        return box(b"trak", box(b"tkhd", made_at[:84]) + box(b"mdia", inside) + box(b"udta", notes))

    moov = box(b"mvhd", made_at) + track(handler, MARK) + track(b"meta", MARK) + box(b"meta", b"\0" * 4 + MARK)
    moov += box(b"udta", box(b"\xa9xyz", MARK))
    top = box(b"ftyp", brand + b"\0\0\2\0isommp41") + box(b"moov", moov) + box(b"uuid", MARK * 2)
    return top + more + box(b"mdat", b"picture and sound" * 20)


def element(id_: str, inside: bytes, *, is_open: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if is_open else (len(inside) | 1 << 28).to_bytes(4, "big")
    return bytes.fromhex(id_) + size + inside


def webm(codec: bytes = b"V_VP8", *, is_open: bool = False) -> bytes:
    """Return a WebM with a title, a date and tags; an open one is as a browser records, without lengths."""
    head = element("1A45DFA3", element("4286", b"\1") + element("4282", b"webm"))
    info = element("1549A966", element("2AD7B1", b"\x0f\x42\x40") + element("4461", MARK) + element("7BA9", MARK))
    tracks = element("1654AE6B", element("AE", element("D7", b"\1") + element("86", codec)))
    cluster = element("1F43B675", element("E7", b"\0") + element("A3", b"\x81\0\0\x80" + b"x" * 50), is_open=is_open)
    tags = element("1254C367", MARK)
    return head + element("18538067", info + tracks + tags + cluster, is_open=is_open)


def mp3(frames: int = 6) -> bytes:
    tag = b"ID3\4\0\0\0\0\0" + bytes([len(MARK)]) + MARK
    return tag + (b"\xff\xfb\x90\x64" + b"\x55" * 413) * frames + b"TAG" + MARK.ljust(125, b"\0")


def aac(frames: int = 6) -> bytes:
    return (b"\xff\xf1\x50\x80\x07\xff\xfc" + b"\x55" * 56) * frames


def ogg(pages: int = 3, voice: bytes = b"OpusHead") -> bytes:
    def page(n: int, inside: bytes) -> bytes:
        head = b"OggS\0" + bytes([2 if n == 0 else 0]) + struct.pack("<qIII", 0, 7, n, 0)
        return head + bytes([1, len(inside)]) + inside

    return b"".join(page(n, voice + b"\1\2" if n == 0 else b"x" * 99) for n in range(pages))


def wav() -> bytes:
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    notes = b"LIST" + struct.pack("<I", len(MARK) + 1) + MARK + b"\0"
    data = b"data" + struct.pack("<I", 200) + b"\1" * 200
    body = b"WAVE" + fmt + notes + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


RECORDINGS = {
    "mp4": film(),
    "mov": film(b"qt  "),
    "m4a": film(b"M4A ", b"soun"),
    "webm": webm(),
    "mp3": mp3(),
    "aac": aac(),
    "ogg": ogg(),
    "wav": wav(),
}
