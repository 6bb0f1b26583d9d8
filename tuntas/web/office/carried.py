"""What somebody had typed elsewhere when they were asked who they are: carried through every page that asks."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from tuntas.web.page import page
from tuntas.web.posts import see_other
from tuntas.web.typed import Typed

# What belongs to the pages that ask; all else in their forms was typed on another page.
OWN = frozenset({"email", "password", "otp", "tantangan", "kunci-sandi", "lanjut", "isian"})
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Carried:
    """Where somebody was going, and the fields they had filled in there, if any."""

    back: str
    fields: tuple[Typed, ...] | None = None

    @property
    def given(self) -> dict[str, object]:
        """What ``ui/carried.html`` needs."""
        kept = None if self.fields is None else {"fields": self.fields, "files": [], "address": self.back}
        return {"back": self.back, "kept": kept}


def carried_by(request: HttpRequest) -> Carried:
    """Return what the form of a page that asks carries."""
    back = inside(request.POST.get("lanjut", ""))
    if "isian" not in request.POST:
        return Carried(back)
    pairs = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    return Carried(back, tuple(Typed(name, value, "hidden") for name, value in pairs))


def go_on(request: HttpRequest, carried: Carried, *, otherwise: str, is_sure: bool = False) -> HttpResponse:
    """Go where somebody was going; show what they had typed there, ready to be sent with one button.

    is_sure   they were signed in all the time and showed again that it is them
    """
    if carried.fields is None:
        return see_other(carried.back or otherwise)
    given = {"fields": carried.fields, "files": [], "address": carried.back or otherwise, "is_sure": is_sure}
    return page(request, "office/signed_in_again.html", given, is_private=True)


def inside(address: str) -> str:
    """Return an address of this site, or nothing: nobody is led elsewhere by a link they were sent."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_ours and len(address) < LONGEST_ADDRESS else ""
