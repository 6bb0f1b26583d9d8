"""Learning the work in a city that does not exist: choose a course, see what is left to try."""

from collections.abc import Sequence
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.practice import is_there, may_make, practice_name, practising
from tuntas.kit.queue import Job, later
from tuntas.kit.words import Say
from tuntas.people.practice import is_ready, practised_by
from tuntas.reports.practice import Tried, tried_by
from tuntas.rules.exercises import Course, exercises_of
from tuntas.rules.who import Role
from tuntas.web.office.office_page import office_page
from tuntas.web.office.signed import CHECKERS, FIELD, PRACTICE, Signed, for_staff
from tuntas.web.posts import see_other

SECONDS_BETWEEN_LOOKS = 2
COURSES = {
    # By the one post a learner has in the practice city
    Role.AGENCY_ADMIN.value: Course.OPERATOR,
    Role.LIAISON.value: Course.LIAISON,
    Role.RESPONSE_VALIDATOR.value: Course.VALIDATOR,
}
NAMES = {
    Course.OPERATOR: Say("Operator meja aduan", "Operator of the desk"),
    Course.LIAISON: Say("Narahubung instansi", "Liaison officer of an agency"),
    Course.VALIDATOR: Say("Pemeriksa jawaban", "Checker of answers"),
}
PAGES = {
    # Where the report of an exercise is worked on
    Course.OPERATOR: "/meja/kasus/",
    Course.LIAISON: "/instansi/tugas/",
    Course.VALIDATOR: "/instansi/cek/",
}


@for_staff(methods=("GET", "HEAD"))
def practice(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Show the courses, and how far somebody has come in theirs."""
    tried = _tried(signed)
    given: dict[str, Any] = {
        "courses": [(course, NAMES[course], len(exercises_of(course))) for course in Course],
        "usual": usual_course(signed),
        "tried": [(each, f"{PRACTICE}{PAGES[each.exercise.course]}{each.number}") for each in tried],
        "course": NAMES[tried[0].exercise.course] if tried else None,
        "left": sum(not each.is_done for each in tried),
    }
    return office_page(request, signed, "office/practice.html", given)


@for_staff()
def begin(request: HttpRequest, signed: Signed) -> HttpResponse:
    """Begin a course: with one press where the practice city stands, after some seconds where it is made first."""
    asked = request.POST.get("kursus", "")
    course = Course(asked) if asked in set(Course) else usual_course(signed)
    if request.method == "POST" and is_ready():
        steps.start_practice(signed.person.person_id, course, now=signed.now)
        return see_other(PRACTICE)
    if not is_there() and not may_make():
        return office_page(request, signed, "office/practice_missing.html", {"database": practice_name()}, status=503)
    if request.method == "POST":
        later(Job.PREPARE_PRACTICE, person_id=signed.person.person_id, course=course.value)
        return see_other(f"{PRACTICE}/mulai")
    if _tried(signed):
        return see_other(PRACTICE)
    response = office_page(request, signed, "office/practice_soon.html")
    response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def usual_course(signed: Signed) -> Course:
    """Return the course of somebody's own work."""
    if signed.is_any(FIELD):
        return Course.LIAISON
    return Course.VALIDATOR if signed.is_any(CHECKERS) else Course.OPERATOR


def _tried(signed: Signed) -> Sequence[Tried]:
    """Return somebody's exercises of the course they are in, or nothing where they have not begun."""
    with practising():
        try:
            learner = practised_by(signed.person)
        except Error:  # there is no such city yet
            return []
        course = COURSES.get(learner.posts[0][0]) if learner else None
        return tried_by(learner.person_id, course) if learner and course else []
