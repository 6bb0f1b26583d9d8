"""Reports that somebody tells by phone, at the counter or in a letter: who wrote it down, for whom, with what leave."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.agencies.installation import installation
from tuntas.kit.errors import Invalid, WrongState
from tuntas.kit.links import is_link, new_link
from tuntas.kit.words import Say
from tuntas.reports.drafts import read_receipt
from tuntas.reports.entered import entered_by
from tuntas.rules.text import EMAIL, trouble_with
from tuntas.rules.who import DESK_ROLES
from tuntas.rules.words import FACES
from tuntas.steps.send_draft import FORM
from tuntas.steps.submit import Story, Told
from tuntas.web.citizen.photos import MOST_PHOTOS, Kept, take_photos, waiting_photos
from tuntas.web.citizen.receipt import given_of
from tuntas.web.citizen.report_send import BAD_EMAIL, FIELDS, LENGTHS
from tuntas.web.citizen.story_text import same_lines, trouble_with_story
from tuntas.web.forms import Mistakes
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import TAKERS, Signed, for_staff
from tuntas.web.past_day import past_day
from tuntas.web.posts import see_other
from tuntas.web.thread_words import CHANNELS
from tuntas.web.villages import choice_of

WAYS = ("phone", "counter", "letter")
NAMED, ANONYMOUS, NOBODY = "nama", "anonim", "tanpa"
EVERYBODY, STAFF = "umum", "rahasia"
LANDMARK = 500  # letters
NO_VILLAGE = Say("Pilih kelurahan dari daftar, atau kosongkan", "Choose a village of the list, or leave it empty")
NO_WAY = Say("Pilih dari mana laporan ini datang", "Choose where this report comes from")
NO_TOPIC = Say("Pilih topik dari daftar", "Choose a topic of the list")
NO_CONSENT = Say(
    "Tanyakan izin pelapor, lalu centang. Tanpa izin, kosongkan nama dan alamatnya",
    "Ask the reporter for leave, then tick. Without it, leave name and address empty",
)
TO_NOBODY = Say("Kosongkan nama dan alamat, atau pilih jawaban lain", "Leave name and address empty, or choose another")
SENT_BEFORE = Say(
    "Formulir ini sudah terkirim. Periksa daftar di bawah sebelum mengirim lagi.",
    "This form was sent already. Look at the list below before you send again.",
)
DEFAULTS = {"kanal": "phone", "nama_untuk": ANONYMOUS, "isi_untuk": EVERYBODY}


@for_staff(DESK_ROLES | TAKERS)
def on_behalf(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the form, or take the report and go on to what is read out to its reporter."""
    if request.method != "POST":
        return _page(request, signed, Mistakes(), [])
    mistakes, post = Mistakes(), request.POST
    files = _photos(request, mistakes, signed.now)
    if post.get("hapus"):
        return _page(request, signed, Mistakes(), [file for file in files if file["id"] != post["hapus"]])
    if post.get("aksi"):  # another step towards the place
        return _page(request, signed, Mistakes(), files)
    story = _story(request, files, mistakes, signed.now)
    if mistakes or not is_link(post.get("kunci", ""), FORM):
        return _page(request, signed, mistakes, files)
    try:
        link = steps.send_at_once(post["kunci"], story, by=signed.actor, now=signed.now)
    except Invalid as no:
        mistakes.add_step(no, FIELDS | {"/category": "topik", "/area": "kelurahan"}, "cerita")
        return _page(request, signed, mistakes, files)
    except WrongState:
        mistakes.add("cerita", SENT_BEFORE)
        return _page(request, signed, mistakes, files)
    return see_other(f"{signed.root}/meja/baru/terima/{link}")


@for_staff(DESK_ROLES | TAKERS, methods=("GET", "HEAD"))
def receipt(request: HttpRequest, signed: Signed, link: str) -> HttpResponse:
    """Show what is read out or printed for the reporter: number, code, until when they are answered."""
    told = read_receipt(link, now=signed.now)
    if told is None:
        return office_page(request, signed, "office/on_behalf_gone.html", {"nav": "baru"}, status=410)
    given = {"nav": "baru", "link": link, **given_of(told)}
    return office_page(request, signed, "office/on_behalf_receipt.html", given)


def _photos(request: HttpRequest, mistakes: Mistakes, now: datetime) -> Kept:
    taken = take_photos(request, waiting_photos(request.POST.getlist("berkas"), now=now), now=now)
    for say in taken.mistakes:
        mistakes.add("foto", say)
    return taken.files


def _story(request: HttpRequest, files: Kept, mistakes: Mistakes, now: datetime) -> Story:
    """Return what the form says; notes what is wrong with it, in the page's order."""
    here, post = installation(), request.POST
    way, body = post.get("kanal", ""), same_lines(post.get("cerita", ""))
    area, landmark, topic = post.get("kelurahan", ""), post.get("patokan", "").strip(), post.get("topik", "")
    if way not in WAYS:
        mistakes.add("kanal", NO_WAY)
    if (say := trouble_with_story(body)) is not None:
        mistakes.add("cerita", say)
    if topic and topic not in here.category_by_code:
        mistakes.add("topik", NO_TOPIC)
    if area and area not in here.areas:
        mistakes.add("kelurahan", NO_VILLAGE)
    if (say := trouble_with(landmark, most=LANDMARK, may_be_empty=True)) is not None:
        mistakes.add("patokan", say)
    on = past_day(post.get("tanggal", ""), now.astimezone(here.zone).date(), mistakes)
    return Story(
        body=body,
        category=topic or None,
        event_date=on,
        location_text=landmark,
        area=area or None,
        is_anonymous=post.get("nama_untuk") != NAMED,
        is_secret=post.get("isi_untuk") == STAFF,
        reporter=_reporter(request, mistakes),
        file_ids=[UUID(file["id"]) for file in files],
        channel=way,
        has_consent="izin" in post,
    )


def _reporter(request: HttpRequest, mistakes: Mistakes) -> Told:
    """Return who told it; whoever wants nobody to know leaves nothing, and nothing is kept without their leave."""
    post = request.POST
    told = Told(*(post.get(name, "").strip() for name in LENGTHS))
    for name, text in zip(LENGTHS, (told.name, told.phone, told.email), strict=True):
        if (say := trouble_with(text, most=LENGTHS[name], may_be_empty=True)) is not None:
            mistakes.add(name, say)
    if told.email and not EMAIL.fullmatch(told.email):
        mistakes.add("email", BAD_EMAIL)
    if told != Told() and post.get("nama_untuk") == NOBODY:
        mistakes.add("nama", TO_NOBODY)
    elif told != Told() and "izin" not in post:
        mistakes.add("izin", NO_CONSENT)
    return told


def _page(request: HttpRequest, signed: Signed, mistakes: Mistakes, files: Kept) -> HttpResponse:
    here, key = installation(), request.POST.get("kunci", "")
    said: dict[str, Any] = {**DEFAULTS, **{name: request.POST[name] for name in request.POST}}
    given = {
        "nav": "baru",
        "said": said,
        "contact_said": {
            name: said.get(field, "") for name, field in (("name", "nama"), ("phone", "hp"), ("email", "email"))
        },
        "files": files,
        "mistakes": mistakes,
        "wrong": mistakes.by_field,
        "ways": [(way, CHANNELS[way]) for way in WAYS],
        "topics": [c for c in here.categories.values() if c.is_active],
        "choice": choice_of(here, said.get("kelurahan", ""), said.get("cari-wilayah", "")),
        "most_photos": MOST_PHOTOS,
        "form": key if is_link(key, FORM) and not mistakes.has("cerita") else new_link(FORM),
        "entered": [
            (report, FACES[report.face], CHANNELS.get(report.channel)) for report in entered_by(signed.person.person_id)
        ],
    }
    return office_page(request, signed, "office/on_behalf.html", given, status=422 if mistakes else 200)
