"""All that was changed at ``/kelola``: who, when, before, after, by which decree; as a page and as a file."""

from django.http import HttpRequest, HttpResponse

from tuntas.kit.sheets import CSV, Row, as_csv
from tuntas.rules.registers import write_value
from tuntas.rules.registers_fields import FIELDS
from tuntas.steps.registers import BOOKS, SHOWN, all_changes
from tuntas.web.manage.told import ADMINS, HOME, NAMES, SLUGS, register_at, told_change
from tuntas.web.office.leave import number
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import Signed, for_staff

HEAD = ("waktu", "daftar", "baris", "isian", "sebelum", "sesudah", "berlaku", "dasar", "oleh", "keadaan")


@for_staff(ADMINS, methods=("GET", "HEAD"))
def history(request: HttpRequest, signed: Signed) -> HttpResponse:
    """List changes, the newest first. Raises NotFound."""
    slug, words = request.GET.get("daftar", ""), request.GET.get("cari", "").strip()[:100]
    found = all_changes(
        by=signed.actor,
        register=register_at(slug) if slug else None,
        words=words,
        below=number(request.GET.get("sebelum", "")),
    )
    given = {
        "nav": "kelola",
        "registers": [(each, NAMES[register]) for each, register in SLUGS.items() if register in BOOKS],
        "chosen": slug,
        "asked": words,
        "changes": [told_change(change, {}, now=signed.now) for change in found],
        "next": found[-1].pk if len(found) == SHOWN else None,
        "home": HOME,
    }
    return office_page(request, signed, "manage/history.html", given)


@for_staff(ADMINS, methods=("GET", "HEAD"))
def download(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Give all changes as a file: a line for each field that differs."""
    lines: list[Row] = [HEAD]
    for change in all_changes(by=signed.actor, most=None):
        told = told_change(change, {}, now=signed.now)
        slugs = {field.say: field for field in FIELDS[SLUGS[told["slug"]]]}
        for line in told["lines"]:
            field = slugs[line["say"]]
            before, after = (write_value((row or {}).get(field.name)) for row in (change.before, change.after))
            at = change.at.astimezone(signed.zone).isoformat(timespec="seconds")
            state = "menunggu" if told["is_waiting"] else "dibatalkan" if told["withdrawn"] else "berlaku"
            by = told["by"] or "profil"
            lines.append(
                (
                    at,
                    told["slug"],
                    change.key,
                    field.slug,
                    before,
                    after,
                    str(change.valid_from),
                    change.decree,
                    by,
                    state,
                )
            )
    response = HttpResponse(as_csv(lines), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="perubahan.csv"'
    response["Cache-Control"] = "no-store"
    return response
