"""The life table holds together: nothing is missing, nothing leads nowhere, everything has words."""

import inspect

import pytest

from tuntas.kit.words import Say
from tuntas.rules import words
from tuntas.rules.faces import FACES, Face, face_of, states_of
from tuntas.rules.life import (
    ALL,
    ARROW,
    KEEPS_ANSWER,
    LIFE,
    LIVES_IN,
    OPEN,
    OURS,
    WINDOWS,
    Act,
    Arrow,
    Promise,
    State,
    Told,
    acts_of,
    can,
)
from tuntas.rules.thread import PRIVATE
from tuntas.rules.who import READERS, SYSTEM, Role, Who

BACK = {Act.COMPLETE, Act.RECALL}  # these only return to where a report already was
OPEN_IN_WORDS = {
    *("submitted", "needs_info", "dispatched", "transfer_pending", "in_progress", "scheduled", "under_examination"),
    *("awaiting_validation", "answered", "reporter_replied", "forwarded_external"),
}
MERGED_FROM = {"submitted", "dispatched", "in_progress", "scheduled"}
HELD_IN_WORDS = OPEN_IN_WORDS - {"submitted", "needs_info", "forwarded_external", "under_examination"}
WAYS: dict[str, tuple[set[str], set[str]]] = {
    # CONTRACT 6 and DOMAIN 3.3, by hand: from where, to where; an act that leads nowhere changes no state.
    "submit": (set(), {"submitted"}),
    "ask": (OPEN_IN_WORDS - {"needs_info"}, {"needs_info"}),
    "complete": ({"needs_info"}, OPEN_IN_WORDS - {"needs_info"}),
    "inform": (OPEN_IN_WORDS, set()),
    "dispatch": ({"submitted"}, {"dispatched"}),
    "archive": ({"submitted", "needs_info"}, {"archived"}),
    "appeal": ({"archived"}, {"submitted"}),
    "withdraw": (OPEN_IN_WORDS, {"archived"}),
    "start": ({"dispatched", "reporter_replied"}, {"in_progress", "under_examination"}),
    "note": (OPEN_IN_WORDS | {"closed", "archived"}, set()),
    "schedule": ({"in_progress"}, {"scheduled"}),
    "resume": ({"scheduled"}, {"in_progress"}),
    "propose_answer": ({"in_progress", "under_examination", "reporter_replied"}, {"awaiting_validation"}),
    "sign": ({"awaiting_validation"}, set()),
    "approve": ({"awaiting_validation"}, {"answered"}),
    "return_answer": ({"awaiting_validation"}, {"in_progress", "under_examination"}),
    "supplement": (OPEN_IN_WORDS - {"needs_info", "answered"}, set()),
    "reply": ({"answered"}, {"reporter_replied"}),
    "rate": ({"answered", "closed"}, {"closed", "in_progress"}),
    "close": ({"answered", "reporter_replied"}, {"closed"}),
    "reopen": ({"answered", "closed"}, {"in_progress"}),
    "publish": (OPEN_IN_WORDS | {"closed", "archived"}, set()),
    "set_privacy": (OPEN_IN_WORDS | {"closed", "archived"}, set()),
    "follow": (OPEN_IN_WORDS | {"closed"}, set()),
    "escalate": (OPEN_IN_WORDS, set()),
    "transfer": ({"dispatched", "in_progress"}, {"transfer_pending"}),
    "accept_transfer": ({"transfer_pending"}, {"dispatched", "submitted"}),
    "decline_transfer": ({"transfer_pending"}, {"dispatched", "in_progress", "transfer_pending"}),
    "arbitrate": ({"transfer_pending"}, {"dispatched"}),
    "forward_external": ({"submitted", "dispatched", "in_progress", "reporter_replied"}, {"forwarded_external"}),
    "outside_news": ({"forwarded_external"}, {"forwarded_external", "submitted", "answered"}),
    "merge": (MERGED_FROM, MERGED_FROM | {"forwarded_external"}),
    "unmerge": (OPEN_IN_WORDS, MERGED_FROM),
    "split": (MERGED_FROM | {"needs_info", "transfer_pending", "reporter_replied"}, set()),
    "ask_part": (HELD_IN_WORDS, set()),
    "do_part": (OPEN_IN_WORDS | {"closed"}, set()),
    "decline_part": (OPEN_IN_WORDS | {"closed"}, set()),
    "withdraw_part": (OPEN_IN_WORDS | {"closed"}, set()),
    "hand_to_ppid": ({"submitted", "dispatched", "in_progress"}, {"dispatched"}),
    "extend_information": (HELD_IN_WORDS, set()),
    "receive_letter": (OPEN_IN_WORDS, set()),
    "answer_audience": (OPEN_IN_WORDS, set()),
    "recall": (OPEN_IN_WORDS | {"archived"}, OPEN_IN_WORDS),
    "seal": (OPEN_IN_WORDS, {"submitted"}),
    "clear": (OPEN_IN_WORDS, set()),
    "release": (OPEN_IN_WORDS, set()),
    "ask_identity": (OPEN_IN_WORDS | {"closed", "archived"}, set()),
    "decide_identity": (OPEN_IN_WORDS | {"closed", "archived"}, set()),
}
WORN = {
    # CONTRACT 6: what the public sees of each state, fresh, fetched by the desk, and reopened.
    "submitted": ("diterima", "diperiksa", "diterima"),
    "needs_info": ("menunggu", "menunggu", "menunggu"),
    "dispatched": ("diteruskan", "diteruskan", "diteruskan"),
    "transfer_pending": ("diteruskan", "diteruskan", "diteruskan"),
    "in_progress": ("dikerjakan", "dikerjakan", "dibuka"),
    "scheduled": ("dikerjakan", "dikerjakan", "dibuka"),
    "under_examination": ("dikerjakan", "dikerjakan", "dibuka"),
    "awaiting_validation": ("dikerjakan", "dikerjakan", "dibuka"),
    "reporter_replied": ("dikerjakan", "dikerjakan", "dibuka"),
    "forwarded_external": ("dirujuk", "dirujuk", "dirujuk"),
    "answered": ("dijawab", "dijawab", "dijawab"),
    "closed": ("tuntas", "tuntas", "tuntas"),
    "archived": ("ditolak", "ditolak", "ditolak"),
}
PREDICATES = sorted({who for arrow in LIFE for who in arrow.who} | set(READERS), key=lambda who: who.__name__)


def leads_to(arrow: Arrow, state: State) -> set[State]:
    if arrow.act is Act.RECALL:
        return set()  # that an act can be taken back leads nobody on
    return set(arrow.to) - {state} if state in arrow.frm else set()


def test_every_act_stands_in_the_table_once() -> None:
    assert sorted(arrow.act for arrow in LIFE) == sorted(Act)


@pytest.mark.parametrize("act", Act)
def test_every_act_leads_where_the_contract_says(act: Act) -> None:
    arrow = ARROW[act]
    assert ({s.value for s in arrow.frm}, {s.value for s in arrow.to}) == WAYS[act.value]
    assert len(set(arrow.to)) == len(arrow.to)
    assert {state for state in State if can(act, state)} == arrow.frm


def test_open_is_every_state_but_closed_and_archived() -> None:
    assert {state.value for state in OPEN} == OPEN_IN_WORDS
    assert set(State) == ALL == OPEN | {State.CLOSED, State.ARCHIVED}


def test_every_state_is_reached() -> None:
    reached = {to for arrow in LIFE if arrow.act not in BACK for to in arrow.to}
    assert reached == set(State)


@pytest.mark.parametrize("state", State)
def test_something_leads_on_from_every_state(state: State) -> None:
    assert any(leads_to(arrow, state) for arrow in LIFE)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_the_government_can_always_go_on_without_the_reporter(state: State) -> None:
    staff = [a for a in LIFE if {who.__name__ for who in a.who} - {"reporter", "system", "anyone"}]
    assert any(leads_to(arrow, state) for arrow in staff)


@pytest.mark.parametrize("state", State)
def test_every_report_can_still_be_answered_and_closed(state: State) -> None:
    reached, edge = {state}, {state}
    while edge:
        edge = {to for arrow in LIFE for at in edge for to in leads_to(arrow, at)} - reached
        reached |= edge
    assert {State.ANSWERED, State.CLOSED} <= reached


@pytest.mark.parametrize("who", PREDICATES, ids=lambda who: who.__name__)
def test_a_predicate_names_the_role_that_decides_and_is_a_sentence(who: Who) -> None:
    first_words = [role.value for role in Role] + ["anyone", "reporter", "system"]
    assert who.__name__.startswith(tuple(first_words))
    doc = inspect.getdoc(who) or ""
    assert doc[:1].isupper()
    assert doc.endswith(".")


@pytest.mark.parametrize("arrow", LIFE, ids=lambda arrow: arrow.act)
def test_nobody_is_named_twice_in_a_row(arrow: Arrow) -> None:
    assert arrow.who
    for several in (arrow.who, arrow.stops, arrow.starts, arrow.pauses, arrow.resumes, arrow.tells):
        assert len(set(several)) == len(several)
    assert not set(arrow.stops) & (set(arrow.pauses) | set(arrow.resumes))


def test_the_system_does_nothing_but_end_windows_and_offers_and_raise_what_is_late() -> None:
    class Anywhere:
        pk, desk_id, holder_id, offered_to_id, entered_by_id, proposed_by_id = 1, 1, 1, None, None, None
        state, is_offered, is_restricted, is_secret, is_anonymous = "submitted", False, False, False, True
        awaits_signature, is_suspected, is_held, identity_asked_by_id = True, False, False, None
        awaits_arbiter, is_led, reopen_count = False, False, 0
        helper_ids = ()

    done = set()
    for state in State:
        Anywhere.state = state
        done |= set(acts_of(SYSTEM, Anywhere()))
    assert done - {Act.FOLLOW} == {Act.ARCHIVE, Act.CLOSE, Act.DECLINE_TRANSFER, Act.ESCALATE}  # all may follow


def test_followers_hear_of_what_everybody_may_know_and_nobody_says_alone() -> None:
    told = {arrow.act.value for arrow in LIFE if Told.FOLLOWERS in arrow.tells}
    assert told == {"start", "schedule", "approve", "close", "reopen", "archive", "forward_external", "outside_news"}
    assert not told & {act.value for act in PRIVATE}


class TestClocks:
    def test_every_promise_has_a_place_to_live(self) -> None:
        assert set(LIVES_IN) == set(Promise)
        assert all(LIVES_IN.values())
        assert set(Promise) == OURS | WINDOWS
        assert not OURS & WINDOWS

    @pytest.mark.parametrize("arrow", LIFE, ids=lambda arrow: arrow.act)
    def test_a_clock_is_started_where_it_can_live(self, arrow: Arrow) -> None:
        for promise in arrow.starts:
            assert LIVES_IN[promise] & set(arrow.to or arrow.frm), f"{promise} dies as it starts"

    @pytest.mark.parametrize("promise", Promise)
    def test_every_clock_is_started_and_ends(self, promise: Promise) -> None:
        assert any(promise in arrow.starts for arrow in LIFE)
        stopped = any(promise in arrow.stops for arrow in LIFE)
        onward = [arrow for arrow in LIFE if arrow.act is not Act.RECALL]
        dropped = any(arrow.frm & LIVES_IN[promise] and set(arrow.to) - LIVES_IN[promise] for arrow in onward)
        assert stopped or dropped

    def test_only_asking_pauses_and_completing_resumes_the_same(self) -> None:
        assert {arrow.act for arrow in LIFE if arrow.pauses} == {Act.ASK}
        assert {arrow.act for arrow in LIFE if arrow.resumes} == {Act.COMPLETE, Act.SEAL}
        assert set(ARROW[Act.ASK].pauses) == set(ARROW[Act.COMPLETE].resumes) == OURS | {Promise.REPORTER_WINDOW}
        for promise in ARROW[Act.ASK].pauses:
            assert State.NEEDS_INFO in LIVES_IN[promise], f"{promise} would be dropped, not paused"

    def test_the_answer_is_kept_by_these_acts_alone(self) -> None:
        assert {"inform", "start", "approve", "archive", "forward_external"} == KEEPS_ANSWER

    @pytest.mark.parametrize("act", sorted(KEEPS_ANSWER))
    def test_who_keeps_the_answer_is_somebody_of_the_government(self, act: Act) -> None:
        assert not {"reporter", "anyone"} & {who.__name__ for who in ARROW[act].who}

    def test_a_transfer_moves_no_clock_but_its_own(self) -> None:
        for act in (Act.TRANSFER, Act.ACCEPT_TRANSFER, Act.DECLINE_TRANSFER, Act.ARBITRATE):
            arrow = ARROW[act]
            assert set(arrow.stops) <= {Promise.TRANSFER, Promise.ARBITRATE}
            assert not set(arrow.starts) & {Promise.RESPOND, Promise.RESOLVE, Promise.ANSWER}
            assert not arrow.pauses
        assert set(ARROW[Act.ACCEPT_TRANSFER].starts) == {Promise.VERIFY}  # lives at the desk alone


class TestFaces:
    @pytest.mark.parametrize("state", State)
    def test_the_public_sees_what_the_contract_says(self, state: State) -> None:
        plain, fetched, reopened = WORN[state.value]
        assert face_of(state) == plain
        assert face_of(state, is_fetched=True) == fetched
        assert face_of(state, is_reopened=True) == reopened

    def test_every_face_is_worn(self) -> None:
        assert {face for worn in WORN.values() for face in worn} == {face.value for face in Face}

    @pytest.mark.parametrize("face", Face)
    def test_the_states_of_a_face_are_those_that_can_wear_it(self, face: Face) -> None:
        assert {s.value for s in states_of(face)} == {state for state, worn in WORN.items() if face.value in worn}

    def test_no_state_is_without_a_face(self) -> None:
        assert set(FACES) == set(State)


class TestWords:
    @pytest.mark.parametrize(
        ("kind", "table"),
        [(State, words.STATES), (Face, words.FACES), (Act, words.ACTS), (Promise, words.PROMISES)],
        ids=["states", "faces", "acts", "promises"],
    )
    def test_everything_has_words_in_both_languages(self, kind: type[State], table: dict[State, Say]) -> None:
        assert set(table) == set(kind)
        assert all(say.id.strip() and say.en.strip() for say in table.values())
        assert all("{" not in say.id + say.en for say in table.values())

    @pytest.mark.parametrize("table", [words.STATES, words.ACTS, words.PROMISES], ids=["states", "acts", "promises"])
    def test_two_things_never_have_the_same_words(self, table: dict[State, Say]) -> None:
        assert len({say.id for say in table.values()}) == len({say.en for say in table.values()}) == len(table)

    @pytest.mark.parametrize(
        ("closed_by", "said"),
        [
            ("reporter", "Tuntas (diakui)"),
            ("system", "Tuntas tanpa penilaian"),
            ("agency_admin", "Tuntas tanpa penilaian"),
        ],
    )
    def test_how_it_was_closed_is_told(self, closed_by: str, said: str) -> None:
        assert words.label_of(Face.TUNTAS, closed_by=closed_by, reason_code="").id == said

    @pytest.mark.parametrize(("reason", "said"), [("by_reporter", "Ditarik pelapor"), ("spam", "Tidak diproses")])
    def test_a_withdrawn_report_is_not_called_refused(self, reason: str, said: str) -> None:
        assert words.label_of(Face.DITOLAK, closed_by="", reason_code=reason).id == said

    def test_the_reporter_is_spoken_to(self) -> None:
        for face, said in words.TO_THE_REPORTER.items():
            assert words.label_of(face, closed_by="", reason_code="", to_reporter=True) == said
            assert words.label_of(face, closed_by="", reason_code="") == words.FACES[face]
        assert set(words.TO_THE_REPORTER) == {Face.MENUNGGU, Face.DIJAWAB}
