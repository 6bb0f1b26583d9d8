"""Shortcuts: see them, change each, switch all of them off (WCAG 2.1.4)."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say
from tuntas.rules.keys import NAMES, USUAL, Does, Keys, keys_of
from tuntas.rules.who import DESK_ROLES
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.posts import once_only

FIXED = (
    ("Enter", Say("Buka laporan penuh", "Open the report in full")),
    ("Shift X", Say("Pilih sampai sini", "Pick up to here")),
    ("Ctrl Enter", Say("Kirim isian yang sedang ditulis", "Send the form being written")),
    ("Esc", Say("Tutup tinjauan atau batal", "Close the report beside the list, or cancel")),
)
FIELD = "tombol-"


@for_staff(DESK_ROLES)
def shortcuts(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show and change somebody's own shortcuts."""
    keys, mistakes = keys_of(signed.person.keys), Mistakes()
    if request.method == "POST":
        keys = _typed(request)
        try:
            return once_only(request, caller=signed.key, do=lambda: _keep(signed, keys), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, {f"/{does}": FIELD + does for does in Does}, FIELD + Does.NEXT)
    given = {
        "nav": "meja",
        "mistakes": mistakes,
        "is_on": keys.is_on,
        "fixed": FIXED,
        "rows": [
            (FIELD + does, NAMES[does], key.upper(), USUAL[does].upper(), mistakes.by_field.get(FIELD + does))
            for does, key in keys.of.items()
        ],
        "is_kept": request.GET.get("tersimpan") == "1",
    }
    return office_page(request, signed, "office/shortcuts.html", given, status=422 if mistakes else 200)


def _typed(request: HttpRequest) -> Keys:
    if request.POST.get("semula"):
        return Keys(dict(USUAL))
    of = {does: request.POST.get(FIELD + does, usual).strip().lower()[:10] for does, usual in USUAL.items()}
    return Keys(of, bool(request.POST.get("hidup")))


def _keep(signed: Signed, keys: Keys) -> str:
    steps.choose_keys(signed.person.person_id, keys)
    return f"{signed.root}/meja/pintasan?tersimpan=1"
