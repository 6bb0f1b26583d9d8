"""What can happen to a report of the demo: each word of a path is one step by one of the demo's people."""

from datetime import date, datetime, timedelta

from tuntas import steps
from tuntas.ops import demo_texts as texts
from tuntas.ops.demo_life import Life, Stage
from tuntas.reports.models import Event
from tuntas.rules.reasons import Outcome, TransferReason
from tuntas.rules.who import Actor, Role


def _look(life: Life, at: datetime) -> Event:
    return Event(report=steps.fetch(life.report, by=life.desk(), now=at))


def _inform(life: Life, at: datetime) -> Event:
    text = life.one_of(texts.INFORMED)
    return steps.inform(life.report, by=life.desk(), text=text, late_cause=life.cause(), now=at)


def _ask(life: Life, at: datetime) -> Event:
    return steps.ask(life.report, by=life.desk(), text=life.one_of(texts.ASKED), now=at)


def _complete(life: Life, at: datetime) -> Event:
    return steps.complete(life.report, by=life.reporter, text=life.one_of(texts.COMPLETED), now=at)


def _dispatch(life: Life, at: datetime) -> Event:
    owner = life.here.slug_of(life.here.category_by_code[life.topic].owner_id)
    agency = "inspektorat" if life.report.is_restricted else owner
    return steps.dispatch(life.report, by=life.desk(), agency=agency, category=life.topic, now=at)


def _start(life: Life, at: datetime) -> Event:
    text, by = life.one_of(texts.STARTED), life.worker(life.dice.choice((Role.LIAISON, Role.UNIT_HANDLER)))
    return steps.start(life.report, by=by, text=text, late_cause=life.cause(), now=at)


def _schedule(life: Life, at: datetime) -> Event:
    on = at.astimezone(life.here.zone).date() + timedelta(days=life.dice.randint(20, 50))
    return steps.schedule(life.report, by=life.worker(), on=on, text="Menunggu bahan; kami jadwalkan.", now=at)


def _resume(life: Life, at: datetime) -> Event:
    return steps.resume(life.report, by=life.worker(), text="Bahan sudah datang, pekerjaan dilanjutkan.", now=at)


def _propose(life: Life, at: datetime, *, is_shown: bool = False) -> Event:
    return steps.propose_answer(
        life.report,
        by=life.worker(),
        text=life.one_of(texts.ANSWERS),
        outcome="fixed" if is_shown else "answered",
        file_ids=life.photo(at, is_mended=True) if is_shown else (),
        late_cause=life.cause(),
        now=at,
    )


def _prove(life: Life, at: datetime) -> Event:
    return _propose(life, at, is_shown=True)


def _return_answer(life: Life, at: datetime) -> Event:
    text = "Tambahkan foto sesudah pekerjaan dan sebutkan tanggalnya."
    return steps.return_answer(life.report, by=life.checker(), text=text, now=at)


def _approve(life: Life, at: datetime) -> Event:
    return steps.approve(life.report, by=life.checker(), now=at)


def _reply(life: Life, at: datetime) -> Event:
    return steps.reply(life.report, by=life.reporter, text=life.one_of(texts.REPLIES), now=at)


def _thank(life: Life, at: datetime) -> Event:
    rating = life.dice.choice((4, 4, 3, 3, 3, 2))
    return steps.rate(life.report, by=life.reporter, rating=rating, text=life.one_of(texts.THANKS), now=at)


def _object(life: Life, at: datetime) -> Event:
    text = life.one_of(texts.NOT_FIXED)
    return steps.rate(life.report, by=life.reporter, rating=1, fixed=False, text=text, now=at)


def _reopen(life: Life, at: datetime) -> Event:
    return steps.reopen(life.report, by=life.reporter, text=life.one_of(texts.NOT_FIXED), now=at)


def _close(life: Life, at: datetime) -> Event:
    by = life.staff[Role.AGENCY_ADMIN][0]
    return steps.close(life.report, by=by, outcome="partially_fixed", text="Sisanya masuk rencana tahun depan.", now=at)


def _archive(life: Life, at: datetime) -> Event:
    reason, text = life.dice.choice(tuple(texts.REASONS.items()))
    by, cause = life.desk(), life.cause()
    return steps.archive(life.report, by=by, reason_code=reason, text=text, late_cause=cause, now=at)


def _appeal(life: Life, at: datetime) -> Event:
    return steps.appeal(life.report, by=life.reporter, text="Mohon dilihat lagi, saya punya foto.", now=at)


def _withdraw(life: Life, at: datetime) -> Event:
    return steps.withdraw(life.report, by=life.reporter, text="Sudah beres sendiri, terima kasih.", now=at)


def _note(life: Life, at: datetime) -> Event:
    return steps.note(life.report, by=life.desk(), text="Lokasi yang sama pernah dilaporkan bulan lalu.", now=at)


def _escalate(life: Life, at: datetime) -> Event:
    by = life.staff[Role.LEADER][0]
    return steps.escalate(life.report, by=by, level=1, text="Mohon perhatian kepala dinas.", now=at)


def _refer(life: Life, at: datetime) -> Event:
    return steps.forward_external(
        life.report,
        by=life.desk(),
        body="PLN UP3 Cempaka",
        contact="Loket pengaduan PLN UP3 Cempaka",
        text="Lampu ini milik PLN. Kami sudah meminta PLN memeriksanya dan menanyakan kabarnya untuk Anda.",
        next_news_on=_in_a_week(life, at),
        late_cause=life.cause(),
        now=at,
    )


def _hear(life: Life, at: datetime) -> Event:
    text, on = "PLN sudah mencatat laporan ini dan menjadwalkan petugasnya.", _in_a_week(life, at)
    number = f"G{life.dice.randint(10000, 99999)}"
    return steps.outside_news(life.report, by=life.desk(), text=text, external_id=number, next_news_on=on, now=at)


def _answer_outside(life: Life, at: datetime) -> Event:
    text = "PLN memberi tahu: lampu sudah diganti kemarin sore. Terima kasih atas laporannya."
    return steps.outside_news(life.report, by=life.desk(), text=text, outcome=Outcome.ANSWERED, now=at)


def _return_from_outside(life: Life, at: datetime) -> Event:
    text = "PLN memeriksa: tiang ini milik kota. Kami carikan dinas yang menanganinya."
    return steps.outside_news(life.report, by=life.desk(), text=text, to_us=True, now=at)


def _in_a_week(life: Life, at: datetime) -> date:
    return (at + timedelta(days=7)).astimezone(life.here.zone).date()


def _transfer(life: Life, at: datetime) -> Event:
    held = life.here.slug_of(life.report.holder_id)
    to = life.dice.choice([slug for slug in ("dinas-pupr", "dlh", "dishub") if slug != held])
    return _offer(life, at, to)


def _hand_back(life: Life, at: datetime) -> Event:
    return _offer(life, at, None)


def _offer(life: Life, at: datetime, agency: str | None) -> Event:
    reason, text = TransferReason.NOT_AUTHORITY, "Bukan kewenangan kami; mohon dicek."
    return steps.transfer(life.report, by=life.worker(), agency=agency, reason_code=reason, text=text, now=at)


def _accept(life: Life, at: datetime) -> Event:
    return steps.accept_transfer(life.report, by=_offered(life), now=at)


def _decline(life: Life, at: datetime) -> Event:
    reason, text = TransferReason.WRONG_AREA, "Ruas ini tetap di instansi pengirim."
    return steps.decline_transfer(life.report, by=_offered(life), reason_code=reason, text=text, now=at)


def _offered(life: Life) -> Actor:
    to, desk = life.report.offered_to_id, life.staff[Role.AGENCY_ADMIN][0]
    return next((actor for actor in life.staff[Role.LIAISON] if actor.has(Role.LIAISON, to)), desk)


STAGES: dict[str, Stage] = {
    "look": Stage(_look, 0.1, 3),
    "inform": Stage(_inform, 1, 16),
    "ask": Stage(_ask, 0.5, 8),
    "complete": Stage(_complete, 3, 60),
    "dispatch": Stage(_dispatch, 0.3, 6),
    "start": Stage(_start, 2, 22),
    "schedule": Stage(_schedule, 4, 30),
    "resume": Stage(_resume, 100, 300),
    "propose": Stage(_propose, 20, 110),
    "prove": Stage(_prove, 20, 110),
    "return_answer": Stage(_return_answer, 2, 20),
    "approve": Stage(_approve, 1, 24),
    "reply": Stage(_reply, 2, 60),
    "thank": Stage(_thank, 2, 90),
    "object": Stage(_object, 2, 90),
    "reopen": Stage(_reopen, 2, 90),
    "close": Stage(_close, 24, 72),
    "archive": Stage(_archive, 1, 20),
    "appeal": Stage(_appeal, 5, 70),
    "withdraw": Stage(_withdraw, 5, 60),
    "note": Stage(_note, 0.2, 3),
    "escalate": Stage(_escalate, 20, 60),
    "transfer": Stage(_transfer, 2, 16),
    "hand_back": Stage(_hand_back, 2, 16),
    "refer": Stage(_refer, 1, 16),
    "hear": Stage(_hear, 48, 120),
    "answer": Stage(_answer_outside, 48, 120),
    "return": Stage(_return_from_outside, 24, 72),
    "accept": Stage(_accept, 2, 20),
    "decline": Stage(_decline, 2, 20),
}
