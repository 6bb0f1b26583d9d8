"""The process in which one PDF is rewritten; kit.documents starts it and reads what it prints.

It imports nothing of ours, gets no environment, writes no file, and bounds its own time and memory before it looks at
the document. It prints one word, and after "ok" the document.
"""

import resource
import sys
from io import BytesIO

import pikepdf

_MOST_MEMORY = 1024**3  # of addresses
_MOST_OBJECTS = 500_000
_DEEPEST = 60
# Keys that run something, carry other files, or tell who wrote it with what.
_DROPPED = frozenset(
    {"/OpenAction", "/AA", "/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/AF", "/Launch", "/RichMedia"}
    | {"/RichMediaContent", "/XFA", "/Metadata", "/PieceInfo", "/Collection", "/Rendition", "/Requirements"}
)
# Of what a click may do, this is left: go to a page of the same document, or to an address.
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/GoToR", "/GoToE", "/GoToDp", "/SubmitForm", "/ResetForm", "/ImportData", "/Hide"}
    | {"/Sound", "/Movie", "/Rendition", "/SetOCGState", "/Trans", "/GoTo3DView", "/RichMediaExecute"}
)
_KEPT_ACTIONS = frozenset({"/GoTo", "/URI", "/Named", "/Thread"})
_DROPPED_NOTES = frozenset(
    {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/TrapNet", "/Watermark"}
)


def main() -> None:
    """Read a document from standard input and print it rewritten; kit.documents names the two arguments."""
    most_pages, most_seconds = map(int, sys.argv[1:])
    _bound(most_seconds)
    try:
        word, clean = _rewritten(sys.stdin.buffer.read(), most_pages)
    except pikepdf.PasswordError:
        word, clean = b"locked", b""
    except Exception:  # a broken file ends in a dozen kinds, MemoryError among them
        word, clean = b"broken", b""
    sys.stdout.buffer.write(word + b"\n" + clean)


def _bound(most_seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, most_seconds),
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _rewritten(data: bytes, most_pages: int) -> tuple[bytes, bytes]:
    with pikepdf.open(BytesIO(data)) as pdf:
        if pdf.is_encrypted:
            return b"locked", b""
        if not 0 < len(pdf.pages) <= most_pages:
            return (b"pages" if len(pdf.pages) else b"broken"), b""
        if len(pdf.objects) > _MOST_OBJECTS:
            return b"broken", b""
        for key in list(pdf.trailer.keys()):
            if key not in ("/Root", "/Size", "/ID"):
                del pdf.trailer[key]
        for thing in pdf.objects:
            _clean(thing, 0)
        out = BytesIO()
        pdf.save(out)  # writes only what the pages still lead to
        return b"ok", out.getvalue()


def _clean(thing: pikepdf.Object, depth: int) -> None:
    """Take out of one object, and of what stands right in it, what must not go on."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(thing, pikepdf.Array):
        _clean_list(thing, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(thing.keys()):
            value = thing[key]
            if key in _DROPPED or _is_bad_action(value):
                del thing[key]
            elif _is_nested(value):
                _clean(value, depth + 1)


def _clean_list(things: pikepdf.Array, depth: int) -> None:
    for n in reversed(range(len(things))):
        thing = things[n]
        if _is_bad_action(thing) or _is_dropped_note(thing):
            del things[n]
        elif _is_nested(thing):
            _clean(thing, depth + 1)


def _is_nested(thing: object) -> bool:
    """Return whether something is written right here; what stands elsewhere is cleaned in its own turn."""
    return isinstance(thing, pikepdf.Array | pikepdf.Dictionary) and not thing.is_indirect


def _is_bad_action(thing: object) -> bool:
    if not isinstance(thing, pikepdf.Dictionary) or "/S" not in thing:
        return False
    if "/JS" in thing:
        return True
    says, kind = str(thing.get("/S")), str(thing.get("/Type", ""))
    acts = kind == "/Action" or says in _ACTIONS
    return acts and says not in _KEPT_ACTIONS


def _is_dropped_note(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Subtype", "")) in _DROPPED_NOTES


if __name__ == "__main__":
    main()
