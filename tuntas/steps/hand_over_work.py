from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from tuntas.agencies.installation import installation
from tuntas.kit.errors import NOT_FOUND, Invalid, NotFound
from tuntas.kit.words import Say
from tuntas.people.colleagues import posts_of
from tuntas.people.models import Handover, Leave, Person, Post, Session, Shift, Token
from tuntas.reports.models import Unsent
from tuntas.rules.deputies import NEVER_LENT, looks_after, may_hand_over
from tuntas.rules.who import Actor

NOBODY = Say("Pilih penerima dari daftar", "Choose who takes over from the list")
NOT_YOURSELF = Say(
    "Pilih orang lain: Anda tidak bisa menerima pekerjaan yang Anda serahkan.",
    "Choose somebody else: you cannot take over what you hand over.",
)
NOTHING = Say("Orang ini tidak punya tugas yang bisa diserahkan.", "This person has no work that can be handed over.")
STANDS_IN = Say(
    "{name} sedang atau akan digantikan orang ini. Akhiri dulu pergantian itu.",
    "This person stands in for {name}. End that first.",
)
LONG = "teks"  # the field of a form in which sentences are written


def hand_over_work(from_id: int, to_id: int | None, *, by: Actor, now: datetime, real_now: datetime) -> Handover:
    """Give all open work of one person to another: posts, what they worked on, unsent words, coming shifts.

    Posts that are never lent stay: to those somebody is appointed, and taken out, in person. Whoever has no post left
    is signed out everywhere. One transaction, however much it is; done twice it stays done once.

    Raises NotFound, Invalid at /to.
    """
    with transaction.atomic():
        ids = {from_id, to_id or 0}
        people = {p.pk: p for p in Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
        frm, to = people.get(from_id), people.get(to_id or 0)
        if frm is None or by.person_id is None or not looks_after(by, posts_of(frm)):
            raise NotFound(NOT_FOUND)
        moving = [post for post in frm.posts.all() if post.role not in NEVER_LENT]
        if not moving and to and (done := Handover.objects.filter(frm=frm, to=to).order_by("-pk").first()):
            return done
        if not may_hand_over(by, posts_of(frm)):
            raise NotFound(NOT_FOUND)
        to = _checked(frm, to, moving, by, now)
        slugs = [[post.role, installation().slug_of(post.agency_id)] for post in moving]
        _move_posts(moving, to)
        _move_unsent(frm, to)
        _end_leaves(frm, to, by, now)
        _move_shifts(frm, to, now)
        to.took_over = [pk for pk in dict.fromkeys([*to.took_over, frm.pk, *frm.took_over]) if pk != to.pk]
        to.save(update_fields=["took_over"])
        if not frm.posts.exists():
            Session.objects.filter(person=frm).delete()
            Token.objects.filter(person=frm, revoked_at=None).update(revoked_at=real_now)
        return Handover.objects.create(frm=frm, to=to, posts=slugs, by_id=by.person_id, at=now)


def _checked(frm: Person, to: Person | None, moving: list[Post], by: Actor, now: datetime) -> Person:
    """Return who takes over. Raises Invalid."""
    if to is None or to == frm or not to.is_active or not looks_after(by, posts_of(to)):
        raise Invalid.field("/to", NOBODY)
    if to.pk == by.person_id:
        raise Invalid.field("/to", NOT_YOURSELF)
    if not moving:
        raise Invalid.field("/to", NOTHING)
    if Leave.objects.filter(person=to, deputy=frm, ends_at__gt=now).exists():
        raise Invalid.field("/to", STANDS_IN.fill(name=to.name))
    return to


def _move_posts(moving: list[Post], to: Person) -> None:
    held = set(posts_of(to))
    twice = [post.pk for post in moving if (post.role, post.agency_id) in held]
    Post.objects.filter(pk__in=twice).delete()
    Post.objects.filter(pk__in=[post.pk for post in moving if post.pk not in twice]).update(person=to)


def _move_unsent(frm: Person, to: Person) -> None:
    """Move words nobody sent; where both wrote, behind those of who takes over. What is sealed stays."""
    theirs = Unsent.objects.filter(person=frm, report__is_restricted=False, report__is_suspected=False)
    same = Unsent.objects.filter(person=to, report=OuterRef("report"), form=OuterRef("form"))
    for unsent in theirs.filter(Exists(same)):
        own = Unsent.objects.select_for_update().get(person=to, report=unsent.report_id, form=unsent.form)
        both = [words for words in (own.fields.get(LONG), unsent.fields.get(LONG)) if words]
        own.fields = {**unsent.fields, **own.fields, **({LONG: "\n\n".join(both)} if both else {})}
        own.version += 1
        own.save(update_fields=["fields", "version"])
        unsent.delete()
    theirs.update(person=to)


def _end_leaves(frm: Person, to: Person, by: Actor, now: datetime) -> None:
    """End the leaves of who goes; for whom they stood in, who takes over stands in now."""
    Leave.objects.filter(person=frm, starts_at__gt=now).delete()
    Leave.objects.filter(person=frm, ends_at__gt=now).update(ends_at=now, ended_by=by.person_id)
    Leave.objects.filter(deputy=frm, ends_at__gt=now).update(deputy=to)


def _move_shifts(frm: Person, to: Person, now: datetime) -> None:
    coming = Shift.objects.filter(person=frm, ends_at__gt=now)
    coming.filter(Exists(Shift.objects.filter(person=to, starts_at=OuterRef("starts_at")))).delete()
    coming.update(person=to)
