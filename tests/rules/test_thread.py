"""What the reporter and what everybody is told: made from the events, with nothing in it that is not theirs."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tuntas.rules.life import Act
from tuntas.rules.thread import (
    Clock,
    Happening,
    Json,
    tell_promises,
    tell_times,
    write_public_thread,
    write_thread,
)

T0 = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NUMBERS = "0812-3456-7890 dan 3273010101010001"
HIDDEN_FROM_REPORTER = {Act.NOTE, Act.PROPOSE_ANSWER, Act.SIGN, Act.RETURN_ANSWER, Act.ESCALATE, Act.PUBLISH}
HIDDEN_FROM_REPORTER |= {Act.CLEAR, Act.RELEASE}
HIDDEN_FROM_REPORTER |= {Act.ASK_IDENTITY, Act.DECIDE_IDENTITY}  # a refusal; what is granted is told
HIDDEN_FROM_ALL = HIDDEN_FROM_REPORTER | {Act.SET_PRIVACY, Act.SUPPLEMENT, Act.RECEIVE_LETTER, Act.ANSWER_AUDIENCE}
SPOKEN_TO_ALL = {Act.START, Act.SCHEDULE, Act.RESUME, Act.ARCHIVE, Act.CLOSE}  # an approval speaks with its proposal


def words_of(act: Act) -> str:
    return f"kata-{act.value} {NUMBERS}"


def happening(act: Act, hours: int = 0, **more: object) -> Happening:
    voice = "reporter" if act in (Act.SUBMIT, Act.COMPLETE, Act.REPLY, Act.RATE) else "desk"
    usual: dict[str, object] = {"face": "diterima", "voice": voice, "agency": "dlh", "text": words_of(act)}
    return Happening(act, T0 + hours * HOUR, **(usual | more))  # type: ignore[arg-type]


EVERYTHING = [happening(act, n) for n, act in enumerate(Act)]


def public(*happenings: Happening) -> Json:
    return write_public_thread(T0, happenings, ())


def own(*happenings: Happening) -> Json:
    return write_thread(T0, happenings, ())


class TestEverybody:
    def test_reads_no_messages(self) -> None:
        assert set(public(*EVERYTHING)) == {"timeline", "answers", "photos", "covered", "promises"}

    @pytest.mark.parametrize("act", sorted(HIDDEN_FROM_ALL))
    def test_never_learns_of_an_internal_act(self, act: Act) -> None:
        told = json.dumps(public(happening(Act.SUBMIT), happening(act)))
        assert f"kata-{act}" not in told
        assert f'"{act}"' not in told

    @pytest.mark.parametrize("act", sorted(set(Act) - HIDDEN_FROM_ALL))
    def test_sees_every_other_act_with_its_words_only_where_they_are_meant_for_all(self, act: Act) -> None:
        told = public(happening(Act.PROPOSE_ANSWER, text=""), happening(act))
        (line,) = told["timeline"]
        assert line["act"] == act
        assert ("text" in line) == (act in SPOKEN_TO_ALL)

    def test_reads_no_number_of_a_person(self) -> None:
        told = json.dumps(public(*EVERYTHING), ensure_ascii=False)
        assert "kata-start ▇▇▇" in told
        assert "kata-propose_answer ▇▇▇" in told, "an approved answer is read, masked"
        assert not any(number in told for number in NUMBERS.split(" dan "))

    def test_reads_a_proposal_once_it_was_approved_and_only_the_approved_one(self) -> None:
        first = happening(Act.PROPOSE_ANSWER, 1, text="draf pertama", files=("a",), data={"outcome": "fixed"})
        back = happening(Act.RETURN_ANSWER, 2)
        second = happening(Act.PROPOSE_ANSWER, 3, text="jawaban", files=("b",), data={"outcome": "answered"})
        assert public(first, back, second)["answers"] == []
        told = public(first, back, second, happening(Act.APPROVE, 4, agency="kota"))
        assert told["answers"] == [
            {"after": 4 * 3600.0, "agency": "dlh", "text": "jawaban", "outcome": "answered", "files": ["b"]}
        ]
        assert "draf" not in json.dumps(told)

    def test_keeps_an_approved_answer_when_a_new_one_is_being_written(self) -> None:
        told = public(
            happening(Act.PROPOSE_ANSWER, 1, text="satu"),
            happening(Act.APPROVE, 2),
            happening(Act.RATE, 3),
            happening(Act.PROPOSE_ANSWER, 4, text="dua"),
        )
        assert [answer["text"] for answer in told["answers"]] == ["satu"]

    def test_reads_an_answer_in_the_words_of_who_signed_it(self) -> None:
        draft = happening(Act.PROPOSE_ANSWER, 1, text="draf", files=("a",), data={"outcome": "fixed"})
        told = public(draft, happening(Act.SIGN, 2, text="jawaban"), happening(Act.APPROVE, 3))
        assert [(answer["text"], answer["files"]) for answer in told["answers"]] == [("jawaban", ["a"])]
        told = public(draft, happening(Act.SIGN, 2, text=""), happening(Act.APPROVE, 3))
        assert [answer["text"] for answer in told["answers"]] == ["draf"]

    def test_sees_a_reporters_photo_once_it_and_the_words_are_let_out(self) -> None:
        sent = happening(Act.SUBMIT, files=("a", "b"), redrawn=("b",))
        later = happening(Act.SUPPLEMENT, 1, voice="reporter", files=("c", "d"), redrawn=("d",))
        inside = happening(Act.NOTE, 2, files=("e",), redrawn=("e",))
        assert public(sent, later, inside)["photos"] == []
        told = public(sent, later, inside, happening(Act.DISPATCH, 3))
        assert (told["photos"], told["covered"]) == (["b", "d"], [])
        assert not any(f'"{file}"' in json.dumps(told) for file in "ace")
        back = public(sent, happening(Act.DISPATCH, 3), happening(Act.RECALL, 4))
        assert back["photos"] == []

    def test_sees_another_copy_of_proof_with_something_covered(self) -> None:
        proof = happening(Act.PROPOSE_ANSWER, 1, files=("a", "b"), redrawn=("b",))
        assert public(proof)["covered"] == []
        told = public(proof, happening(Act.APPROVE, 2))
        assert (told["photos"], told["covered"], told["answers"][0]["files"]) == ([], ["b"], ["a", "b"])


class TestReporter:
    @pytest.mark.parametrize("act", sorted(HIDDEN_FROM_REPORTER))
    def test_never_learns_of_an_internal_act(self, act: Act) -> None:
        told = json.dumps(own(happening(Act.SUBMIT), happening(act)))
        assert f"kata-{act}" not in told
        assert f'"{act}"' not in told

    def test_reads_their_own_words_unmasked(self) -> None:
        (message,) = own(happening(Act.REPLY, files=("f",)))["messages"]
        assert message == {"after": 0.0, "from": "reporter", "text": words_of(Act.REPLY), "files": ["f"]}

    def test_sees_a_hand_over_but_not_what_agencies_say_to_each_other(self) -> None:
        told = own(
            happening(Act.TRANSFER, data={"to_agency": "dlh", "reason_code": "not_authority"}),
            happening(Act.DECLINE_TRANSFER),
        )
        assert [line["act"] for line in told["timeline"]] == ["transfer", "decline_transfer"]
        assert told["timeline"][0]["to_agency"] == "dlh"
        assert told["messages"] == []
        assert "kata-" not in json.dumps(told)

    def test_has_a_message_for_every_word_said_to_or_by_them(self) -> None:
        told = own(*EVERYTHING)
        acts = {message["text"].split()[0].removeprefix("kata-") for message in told["messages"]}
        assert acts == {
            *("ask", "complete", "inform", "dispatch", "archive", "appeal", "withdraw", "start", "schedule", "resume"),
            *("propose_answer", "supplement", "reply", "rate", "close", "reopen", "accept_transfer"),
            *("forward_external", "outside_news"),
            *("ask_part", "do_part", "hand_to_ppid", "extend_information", "answer_audience"),
        }
        assert {message["from"] for message in told["messages"]} == {"reporter", "desk", "agency"}

    def test_reads_under_which_number_it_is_known_outside_and_everybody_does_not(self) -> None:
        data = {"body": "PLN, 0812-3456-7890", "external_id": "G-77", "next_news_on": "2026-03-13"}
        (mine,) = own(happening(Act.FORWARD_EXTERNAL, data=data))["timeline"]
        (everybodys,) = public(happening(Act.FORWARD_EXTERNAL, data=data))["timeline"]
        assert (mine["external_id"], mine["body"]) == ("G-77", "PLN, 0812-3456-7890")
        assert "external_id" not in everybodys
        assert everybodys["body"].startswith("PLN, ")
        assert "0812" not in everybodys["body"]
        assert everybodys["next_news_on"] == "2026-03-13"

    @pytest.mark.parametrize(("data", "answers"), [({"outcome": "answered"}, 1), ({"to_us": True}, 0)])
    def test_an_answer_from_outside_is_an_answer(self, data: Json, answers: int) -> None:
        for told in (own(happening(Act.OUTSIDE_NEWS, data=data)), public(happening(Act.OUTSIDE_NEWS, data=data))):
            assert len(told["answers"]) == answers
        assert ("kata-" in json.dumps(public(happening(Act.OUTSIDE_NEWS, data=data)))) == bool(answers)

    def test_hears_the_system_as_the_desk_and_sees_it_in_the_timeline(self) -> None:
        told = own(happening(Act.ARCHIVE, voice="system"))
        assert told["messages"][0]["from"] == "desk"
        assert told["timeline"][0]["by"] == "sistem"

    @pytest.mark.parametrize(("voice", "by"), [("reporter", "pelapor"), ("desk", "dlh"), ("agency", "dlh")])
    def test_sees_who_spoke(self, voice: str, by: str) -> None:
        assert own(happening(Act.INFORM, voice=voice))["timeline"][0]["by"] == by

    def test_sees_the_photos_they_sent(self) -> None:
        assert own(happening(Act.SUBMIT, files=("a", "b")), happening(Act.NOTE, files=("c",)))["photos"] == ["a", "b"]

    def test_a_photo_without_a_word_is_a_message_as_well(self) -> None:
        told = own(happening(Act.SUPPLEMENT, voice="reporter", text="", files=("a",)))
        assert told["messages"] == [{"after": 0.0, "from": "reporter", "text": "", "files": ["a"]}]
        assert "text" not in told["timeline"][0]

    def test_silence_makes_no_empty_message(self) -> None:
        told = own(happening(Act.RATE, text=""), happening(Act.DISPATCH, text=""))
        assert told["messages"] == []
        assert all("text" not in line for line in told["timeline"])


class TestTimes:
    def test_are_told_as_instants_again(self) -> None:
        lines = tell_times(own(happening(Act.INFORM, 5))["timeline"], T0)
        assert lines[0]["at"] == T0 + 5 * HOUR
        assert "after" not in lines[0]

    def test_survive_to_the_microsecond_over_ten_years(self) -> None:
        late = timedelta(days=3653, microseconds=123457)
        line = Happening(Act.INFORM, T0 + late, "diterima", "desk", "dlh", "kabar")
        stored = json.loads(json.dumps(own(line)))
        assert tell_times(stored["timeline"], T0)[0]["at"] == T0 + late

    def test_may_lie_before_the_receipt_where_a_clock_was_moved_back(self) -> None:
        assert tell_times(own(happening(Act.INFORM, -3))["timeline"], T0)[0]["at"] == T0 - 3 * HOUR


DUE = T0 + 48 * HOUR
INSTANT = timedelta(microseconds=1)


def standing(clock: Clock, now: datetime) -> Json:
    stored = json.loads(json.dumps(write_thread(T0, (), [clock])["promises"]))
    (told,) = tell_promises(stored, T0, now)
    return told


class TestPromises:
    @pytest.mark.parametrize(
        ("now", "state"),
        [
            (T0, "running"),
            (DUE - INSTANT, "running"),
            (DUE, "running"),
            (DUE + INSTANT, "missed"),
            (DUE + 1000 * HOUR, "missed"),
            (T0 - HOUR, "running"),
        ],
    )
    def test_an_open_one_stands_as_the_hour_says_before_any_job_marks_it(self, now: datetime, state: str) -> None:
        assert standing(Clock("answer", DUE, None, None), now) == {"promise": "answer", "due_at": DUE, "state": state}

    @pytest.mark.parametrize("now", [T0, DUE, DUE + HOUR])
    def test_a_kept_one_stays_kept(self, now: datetime) -> None:
        told = standing(Clock("answer", DUE, DUE, None), now)
        assert (told["state"], told["kept_at"]) == ("kept", DUE)

    @pytest.mark.parametrize("now", [T0, DUE + HOUR])
    def test_a_missed_one_stays_missed_though_kept_late_and_says_why(self, now: datetime) -> None:
        told = standing(Clock("answer", DUE, DUE + HOUR, DUE, "volume"), now)
        assert told == {
            "promise": "answer",
            "due_at": DUE,
            "state": "missed",
            "kept_at": DUE + HOUR,
            "cause": "volume",
        }

    @pytest.mark.parametrize("now", [T0, DUE + HOUR])
    def test_a_paused_one_waits_without_an_instant(self, now: datetime) -> None:
        told = standing(Clock("answer", None, None, None), now)
        assert (told["state"], told["due_at"]) == ("paused", None)

    def test_one_kept_while_paused_is_kept(self) -> None:
        assert standing(Clock("answer", None, T0 + HOUR, None), DUE + HOUR)["state"] == "kept"

    def test_one_missed_before_it_was_paused_is_missed(self) -> None:
        assert standing(Clock("answer", None, None, DUE), DUE + HOUR)["state"] == "missed"

    def test_everybody_is_told_the_same_as_the_reporter(self) -> None:
        clocks = [Clock("answer", DUE, DUE + HOUR, DUE, "volume"), Clock("resolve", None, None, None)]
        assert write_thread(T0, (), clocks)["promises"] == write_public_thread(T0, (), clocks)["promises"]
