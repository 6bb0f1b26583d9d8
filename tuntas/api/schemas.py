"""What the API takes in, for checking and for the OpenAPI description."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tuntas.kit.errors import Unfit
from tuntas.rules.life import Act
from tuntas.rules.reasons import Classification, LateCause, LetterKind, Outcome, TransferReason
from tuntas.rules.text import LONGEST, trouble_with


def _text(most: int, *, may_be_empty: bool) -> AfterValidator:
    def check(text: str) -> str:
        if (say := trouble_with(text, most=most, may_be_empty=may_be_empty)) is not None:
            raise Unfit(say)
        return text

    return AfterValidator(check)


Words = Annotated[
    str, Field(min_length=1, json_schema_extra={"maxLength": LONGEST}), _text(LONGEST, may_be_empty=False)
]
MayBeWords = Annotated[str, Field(json_schema_extra={"maxLength": LONGEST}), _text(LONGEST, may_be_empty=True)]
Title = Annotated[str, Field(json_schema_extra={"maxLength": 200}), _text(200, may_be_empty=True)]
Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_-]*$")]
Address = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Closed = Annotated[
    str, Field(min_length=1, max_length=200_000, description="An age file in Base64, in place of the words")
]
Files = Annotated[list[UUID], Field(max_length=10)]


class Body(BaseModel):
    """A request's body: types are not guessed, unknown members are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")


class WithWords(Body):
    """The body of an act with words; of a sealed report they come closed instead."""

    envelope: Closed | None = None


class ReporterIn(Body):
    name: Title | None = None
    phone: Annotated[str, _text(40, may_be_empty=True)] | None = None
    email: Address | None = None


class ReportIn(Body):
    body: Words
    title: Title | None = None
    category: Slug | None = None
    classification: Classification | None = None
    event_date: date | None = None
    location_text: Annotated[str, _text(500, may_be_empty=True)] | None = None
    area: Annotated[str, Field(max_length=20, pattern=r"^[0-9.]*$")] | None = None
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lng: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    is_anonymous: bool = True
    is_secret: bool = False
    reporter: ReporterIn | None = None
    target_agency: Slug | None = None
    file_ids: Files = []


class Said(WithWords):
    text: Words
    file_ids: Files = []


class NoteIn(Said):
    call: Literal["reporter", "agency"] | None = None
    reached: bool | None = None


class InformIn(Said):
    late_cause: LateCause | None = None


class DispatchIn(WithWords):
    agency: Slug
    category: Slug | None = None
    classification: Classification | None = None
    title: Title | None = None
    public_text: MayBeWords | None = None
    text: MayBeWords | None = None


class ArchiveIn(WithWords):
    reason_code: Annotated[str, Field(max_length=60)]
    text: Words
    late_cause: LateCause | None = None


class StartIn(WithWords):
    text: Words
    late_cause: LateCause | None = None


class ScheduleIn(WithWords):
    on: date
    text: Words


class ResumeIn(WithWords):
    text: MayBeWords | None = None


class SignIn(WithWords):
    text: MayBeWords | None = None


class PhotoIn(Body):
    file_id: UUID
    covers: Annotated[
        list[Annotated[list[float], Field(min_length=4, max_length=4)]],
        Field(max_length=50, description="x, y, width and height of what must not be seen, in hundredths of the photo"),
    ] = []


class PublishIn(Body):
    title: Title | None = None
    public_text: MayBeWords | None = None
    photos: Annotated[list[PhotoIn], Field(max_length=10)] = []
    hide: Files = []


class ProposeIn(Said):
    outcome: Outcome
    late_cause: LateCause | None = None


class ReturnIn(WithWords):
    text: Words


class RateIn(WithWords):
    rating: Annotated[int, Field(ge=1, le=4)]
    fixed: bool | None = None
    text: MayBeWords | None = None


class CloseIn(WithWords):
    outcome: Outcome
    text: Words


class PrivacyIn(Body):
    is_anonymous: bool | None = None
    is_secret: bool | None = None
    forget_contact: bool | None = None


class EscalateIn(WithWords):
    level: Annotated[int, Field(ge=1, le=4)]
    text: Words


class TransferIn(WithWords):
    agency: Slug | None = None
    reason_code: Annotated[str, Field(max_length=40)]
    text: Words
    is_again: bool | None = None


class ArbitrateIn(WithWords):
    agency: Slug
    text: Words


class DeclineIn(WithWords):
    reason_code: Annotated[str, Field(max_length=40)]
    text: Words


class ForwardIn(Body):
    body: Annotated[str, Field(json_schema_extra={"maxLength": 120}), _text(120, may_be_empty=False)]
    contact: Annotated[str, Field(json_schema_extra={"maxLength": 200}), _text(200, may_be_empty=False)]
    text: Words
    external_id: Annotated[str, _text(60, may_be_empty=True)] | None = None
    next_news_on: date
    late_cause: LateCause | None = None


class OutsideIn(Body):
    text: Words
    external_id: Annotated[str, _text(60, may_be_empty=True)] | None = None
    next_news_on: date | None = None
    to_us: bool = False
    outcome: Outcome | None = None


class AskIdentityIn(Body):
    text: Words


class DecideIdentityIn(Body):
    is_granted: bool
    text: MayBeWords | None = None


class SupplementIn(WithWords):
    text: MayBeWords | None = None
    file_ids: Files = []


class FollowIn(Body):
    email: Address | None = None


class Nothing(Body):
    pass


class MergeIn(Body):
    into: Annotated[str, Field(min_length=1, max_length=40, description="the number of the report that leads")]


class PartIn(Body):
    title: Annotated[str, Field(json_schema_extra={"maxLength": 200}), _text(200, may_be_empty=False)]
    body: Words
    category: Slug | None = None


class SplitIn(Body):
    parts: Annotated[list[PartIn], Field(min_length=1, max_length=5)]


PartId = Annotated[int, Field(ge=1, le=2**62, description="of the parts that the view names")]


class AskPartIn(Body):
    agency: Slug
    text: Annotated[str, Field(json_schema_extra={"maxLength": 1000}), _text(1000, may_be_empty=False)]
    due_on: date


class DoPartIn(Body):
    part: PartId
    text: Words
    file_ids: Files = []


class DeclinePartIn(Body):
    part: PartId
    reason_code: TransferReason | None = None
    text: Words


class WithdrawPartIn(Body):
    part: PartId


class LetterIn(Body):
    kind: LetterKind
    sender: Annotated[str, Field(json_schema_extra={"maxLength": 120}), _text(120, may_be_empty=False)]
    number: Annotated[str, _text(60, may_be_empty=True)] | None = None
    dated: date | None = None
    text: Words
    file_ids: Files = []


class AudienceIn(Body):
    granted: bool
    on: date | None = None
    place: Annotated[str, _text(120, may_be_empty=True)] | None = None
    text: Words


BODIES: dict[Act, type[Body]] = {
    Act.ASK: Said,
    Act.NOTE: NoteIn,
    Act.REPLY: Said,
    Act.COMPLETE: Said,
    Act.APPEAL: Said,
    Act.WITHDRAW: Said,
    Act.INFORM: InformIn,
    Act.DISPATCH: DispatchIn,
    Act.ARCHIVE: ArchiveIn,
    Act.START: StartIn,
    Act.SCHEDULE: ScheduleIn,
    Act.RESUME: ResumeIn,
    Act.PROPOSE_ANSWER: ProposeIn,
    Act.SIGN: SignIn,
    Act.APPROVE: Nothing,
    Act.RETURN_ANSWER: ReturnIn,
    Act.RATE: RateIn,
    Act.CLOSE: CloseIn,
    Act.REOPEN: Said,
    Act.PUBLISH: PublishIn,
    Act.SET_PRIVACY: PrivacyIn,
    Act.SUPPLEMENT: SupplementIn,
    Act.FOLLOW: FollowIn,
    Act.ESCALATE: EscalateIn,
    Act.TRANSFER: TransferIn,
    Act.ACCEPT_TRANSFER: Nothing,
    Act.DECLINE_TRANSFER: DeclineIn,
    Act.ARBITRATE: ArbitrateIn,
    Act.FORWARD_EXTERNAL: ForwardIn,
    Act.OUTSIDE_NEWS: OutsideIn,
    Act.ASK_PART: AskPartIn,
    Act.DO_PART: DoPartIn,
    Act.DECLINE_PART: DeclinePartIn,
    Act.WITHDRAW_PART: WithdrawPartIn,
    Act.HAND_TO_PPID: AskIdentityIn,
    Act.EXTEND_INFORMATION: AskIdentityIn,
    Act.RECEIVE_LETTER: LetterIn,
    Act.ANSWER_AUDIENCE: AudienceIn,
    Act.MERGE: MergeIn,
    Act.UNMERGE: Nothing,
    Act.SPLIT: SplitIn,
    Act.RECALL: Nothing,
    Act.SEAL: ReturnIn,
    Act.CLEAR: ResumeIn,
    Act.RELEASE: Nothing,
    Act.ASK_IDENTITY: AskIdentityIn,
    Act.DECIDE_IDENTITY: DecideIdentityIn,
}
