"""The exercises: each stands where its act can follow, and speaks as the pages do."""

import pytest

from tuntas.rules.exercises import EXERCISES, Course, Exercise, exercises_of
from tuntas.rules.life import ARROW, Act, State


def test_every_course_has_some() -> None:
    assert all(len(exercises_of(course)) >= 2 for course in Course)
    assert len({exercise.code for exercise in EXERCISES}) == len(EXERCISES)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.code)
def test_the_act_can_be_done_where_the_report_stands(exercise: Exercise) -> None:
    first = Act.DISPATCH if exercise.done_by is Act.RECALL else exercise.done_by
    assert exercise.stands in ARROW[first].frm
    assert bool(exercise.answer) == (exercise.stands is State.AWAITING_VALIDATION)
