"""Keys to the API: make one for a program, see when each was last used, take one away."""

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.kit.time import real_time
from tuntas.kit.words import Say
from tuntas.people.tokens import MOST_DAYS, Scope, tokens_of
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.shown_once import hidden, revealed
from tuntas.web.office.signed import Signed, for_staff
from tuntas.web.office.sure import ask_to_be_sure
from tuntas.web.posts import once_only, see_other

ADDRESS = "/akun/token"
FIELDS = {"/name": "nama", "/scopes": f"boleh-{Scope.READ}", "/days": "hari"}
SCOPES = {
    Scope.READ: (Say("Membaca", "Read"), Say("Melihat laporan dan antrean.", "See reports and the inbox.")),
    Scope.ACT: (Say("Menindak", "Act"), Say("Menjawab, meneruskan, menutup.", "Answer, send on, close.")),
    Scope.INTAKE: (Say("Memasukkan", "Take in"), Say("Mengirim laporan dan foto.", "Send reports and photos.")),
}
WHOLE = (Say("Semua yang Anda boleh", "All you may do"),)


@for_staff()
def tokens(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List somebody's tokens; make one, shown this once; revoke one."""
    mistakes, person_id, real_now = Mistakes(), signed.person.person_id, real_time()
    if request.method == "POST":
        if (unsure := ask_to_be_sure(request, signed)) is not None:
            return unsure
        if (revoked := request.POST.get("cabut", "")).isdecimal():
            steps.revoke_token(int(revoked[:18]), person_id=person_id, real_now=real_now)
            return see_other(ADDRESS)
        try:
            return once_only(request, caller=signed.key, do=lambda: _make(request, signed), now=signed.now)
        except Invalid as no:
            mistakes.add_step(no, FIELDS, "nama")
    given = {
        "nav": "akun",
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "wrong_scopes": mistakes.by_field.get(FIELDS["/scopes"]),
        "made": revealed(request.GET.get("baru", ""), signed, real_now=real_now),
        "rows": [(token, _scopes_of(token.scopes)) for token in tokens_of(person_id, real_now=real_now)],
        "scopes": [(scope, *said, scope in request.POST.getlist("boleh")) for scope, said in SCOPES.items()],
        "name": request.POST.get("nama", ""),
        "days": request.POST.get("hari", "90"),
        "most_days": MOST_DAYS,
    }
    return office_page(request, signed, "office/tokens.html", given, status=422 if mistakes else 200)


def _scopes_of(scopes: list[str]) -> tuple[Say, ...]:
    return tuple(SCOPES[Scope(scope)][0] for scope in scopes) or WHOLE


def _make(request: HttpRequest, signed: Signed) -> str:
    days = request.POST.get("hari", "").strip()
    token = steps.make_token(
        signed.person.person_id,
        name=request.POST.get("nama", ""),
        scopes=request.POST.getlist("boleh"),
        days=int(days[:6]) if days.isascii() and days.isdecimal() else None,
        real_now=real_time(),
    )
    return f"{ADDRESS}?baru={hidden(token, signed, real_now=real_time())}"
