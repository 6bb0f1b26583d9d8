"""What the pages of sealed reports need to close and open them in the browser, where it was built."""

from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256

from django.templatetags.static import static

from tuntas.kit.words import Say
from tuntas.rules.role_words import ROLES, SOMEBODY
from tuntas.sealed.queries import directory, readers


@dataclass(frozen=True, slots=True)
class Named:
    """A reader as the page names them."""

    id: int
    name: str
    role: Say


@dataclass(frozen=True, slots=True)
class Room:
    """Whom reports are closed to; the page's script trusts the list only if this signer signed it."""

    readers: tuple[Named, ...] = ()
    signer: str = ""
    recovery: str = ""  # the name of the recovery key, where the list has one

    @property
    def fingerprint(self) -> str:
        """What people compare of the signer: 16 signs in groups of four."""
        digits = sha256(b64decode(self.signer)).hexdigest()[:16]
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def sealing_script() -> str:
    """Return the address of what browsers seal with; nothing where it was not built, and the server seals."""
    try:
        return static("js/age.js")
    except ValueError:
        return ""


def room() -> Room:
    """Return the room as it stands now: without readers until a list of them is signed. One query."""
    found = directory()
    if found is None:
        return Room()
    listed = readers(found)
    named = tuple(Named(each.id, each.name, ROLES.get(each.role, SOMEBODY)) for each in listed if not each.is_recovery)
    recovery = next((each.name for each in listed if each.is_recovery), "")
    return Room(named, found.signer, recovery)
