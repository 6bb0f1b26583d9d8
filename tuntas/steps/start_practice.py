from datetime import datetime

from django.db import transaction

from tuntas.agencies.installation import installation
from tuntas.agencies.models import Agency
from tuntas.kit.practice import practising
from tuntas.people.models import Person, Post
from tuntas.people.queries import actor_of
from tuntas.reports.models import Report
from tuntas.reports.practice import CHANNEL
from tuntas.rules.exercises import Course, Exercise, exercises_of
from tuntas.rules.life import State
from tuntas.rules.reasons import Outcome
from tuntas.rules.who import Actor, Role
from tuntas.steps.dispatch import dispatch
from tuntas.steps.propose_answer import propose_answer
from tuntas.steps.start import start
from tuntas.steps.submit import Story, submit

HELPER = "petugas-contoh@latihan.example"  # does what others do in an exercise; no letter is ever sent from there
HELPER_NAME = "Petugas contoh"
BEGUN = "Terima kasih laporannya. Petugas kami datang memeriksa besok pagi pukul 08.00."
ROLES = {
    Course.OPERATOR: Role.AGENCY_ADMIN,
    Course.LIAISON: Role.LIAISON,
    Course.VALIDATOR: Role.RESPONSE_VALIDATOR,
}


def start_practice(person_id: int, course: Course, *, now: datetime) -> None:
    """Give somebody fresh exercises in the practice city, where they hold the one post that the course is about."""
    person = Person.objects.get(pk=person_id)
    own = Post.objects.filter(person=person).order_by("id").values_list("agency__slug", flat=True).first() or ""
    with practising(), transaction.atomic():
        government, office = _agencies(own)
        learner, _ = Person.objects.update_or_create(email=person.email, defaults={"name": person.name})
        _post(learner, {ROLES[course]: office if course is Course.LIAISON else government})
        helper, _ = Person.objects.get_or_create(email=HELPER, defaults={"name": HELPER_NAME})
        _post(helper, {Role.AGENCY_ADMIN: government, Role.LIAISON: office})
        for exercise in exercises_of(course):
            _set_up(exercise, learner, actor_of(helper), office, now)


def _agencies(slug: str) -> tuple[Agency, Agency]:
    """Return the government, and an office to practise in: the learner's own where they work in one, else any other."""
    here = installation()
    desk = here.agencies[here.desk_id]
    government = Agency.objects.get(pk=desk.parent_id or desk.id)
    own = Agency.objects.filter(slug=slug, is_desk=False, parent__isnull=False).first()
    owners = {category.owner_id for category in here.categories.values() if not category.is_restricted}
    return government, own or Agency.objects.filter(pk__in=owners - {desk.id, government.pk}).order_by("pk")[0]


def _post(person: Person, posts: dict[Role, Agency]) -> None:
    Post.objects.filter(person=person).delete()
    Post.objects.bulk_create(Post(person=person, role=role, agency=agency) for role, agency in posts.items())


def _set_up(exercise: Exercise, learner: Person, helper: Actor, office: Agency, now: datetime) -> None:
    """Make the report of an exercise and bring it to where the learner meets it."""
    story = Story(body=exercise.story, channel=f"{CHANNEL}{exercise.code}")
    report = submit(story, by=Actor(person_id=learner.pk), now=now).report
    if exercise.stands is State.SUBMITTED:
        return
    dispatch(report, by=helper, agency=office.slug, now=now)
    if exercise.stands is not State.DISPATCHED:
        start(report, by=helper, text=BEGUN, now=now)
    if exercise.stands is State.AWAITING_VALIDATION:
        report = Report.objects.get(pk=report.pk)
        propose_answer(report, by=helper, text=exercise.answer, outcome=Outcome.ANSWERED, now=now)
