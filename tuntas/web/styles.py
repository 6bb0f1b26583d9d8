"""The style sheets, one for citizens and one for staff: written in parts, each served as one file without comments."""

from pathlib import Path

import rcssmin

SOURCES = Path(__file__).parent / "static" / "css"
CITIZEN = (
    # Layers are declared in the first; within a layer the later one wins.
    *("tokens", "base"),
    *(f"citizen/{part}" for part in ("frame", "buttons", "fields", "notices", "status", "thread", "cards", "home")),
    *(f"citizen/{part}" for part in ("forms", "receipt", "track", "browse", "tables", "figures", "texts", "print")),
)
STAFF = (
    *("tokens", "base"),
    *(f"citizen/{part}" for part in ("buttons", "fields", "notices", "status", "thread", "cards", "forms", "receipt")),
    *(f"office/{part}" for part in ("frame", "inbox", "case", "field", "behalf", "sealed", "meetings", "manage")),
    "citizen/tables",
    "citizen/print",
)
BUILT = {"citizen.css": CITIZEN, "staff.css": STAFF}


def build_styles(folder: Path) -> None:
    """Write each style sheet into *folder*, where a source changed since."""
    for name, parts in BUILT.items():
        sources, target = [SOURCES / f"{part}.css" for part in parts], folder / "css" / name
        newest = max(source.stat().st_mtime for source in (*sources, Path(__file__)))
        if target.exists() and target.stat().st_mtime >= newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(rcssmin.cssmin("\n".join(source.read_text() for source in sources)))
