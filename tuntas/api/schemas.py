"""What the API takes in and gives out, for checking and for the OpenAPI description."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tuntas.kit.errors import Unfit
from tuntas.rules.life import Act
from tuntas.rules.reasons import Classification, LateCause, Outcome
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
Files = Annotated[list[UUID], Field(max_length=10)]


class Body(BaseModel):
    """A request's body: types are not guessed, unknown members are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")


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


class Said(Body):
    text: Words
    file_ids: Files = []


class NoteIn(Said):
    call: Literal["reporter", "agency"] | None = None
    reached: bool | None = None


class InformIn(Said):
    late_cause: LateCause | None = None


class DispatchIn(Body):
    agency: Slug
    category: Slug | None = None
    classification: Classification | None = None
    title: Title | None = None
    public_text: MayBeWords | None = None
    text: MayBeWords | None = None


class ArchiveIn(Body):
    reason_code: Annotated[str, Field(max_length=60)]
    text: Words
    late_cause: LateCause | None = None


class StartIn(Body):
    text: Words
    late_cause: LateCause | None = None


class ScheduleIn(Body):
    on: date
    text: Words


class ResumeIn(Body):
    text: MayBeWords | None = None


class SignIn(Body):
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


class ReturnIn(Body):
    text: Words


class RateIn(Body):
    rating: Annotated[int, Field(ge=1, le=4)]
    fixed: bool | None = None
    text: MayBeWords | None = None


class CloseIn(Body):
    outcome: Outcome
    text: Words


class PrivacyIn(Body):
    is_anonymous: bool | None = None
    is_secret: bool | None = None
    forget_contact: bool | None = None


class EscalateIn(Body):
    level: Annotated[int, Field(ge=1, le=4)]
    text: Words


class TransferIn(Body):
    agency: Slug | None = None
    reason_code: Annotated[str, Field(max_length=40)]
    text: Words


class DeclineIn(Body):
    reason_code: Annotated[str, Field(max_length=40)]
    text: Words


class SupplementIn(Body):
    text: MayBeWords | None = None
    file_ids: Files = []


class FollowIn(Body):
    email: Address | None = None


class Nothing(Body):
    pass


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
    Act.RECALL: Nothing,
}


class ProblemMember(BaseModel):
    pointer: str
    detail: str


class Problem(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemMember] = []


class PromiseOut(BaseModel):
    promise: str
    due_at: datetime | None
    state: str
    kept_at: datetime | None = None
    cause: str | None = None


class ReceiptOut(BaseModel):
    number: str | None
    ref: str | None
    code: str
    state: str
    face: str
    url: str
    promises: list[PromiseOut]


class FileOut(BaseModel):
    file_id: UUID
    state: str


class HolderOut(BaseModel):
    slug: str
    name: str


class RowOut(BaseModel):
    number: str | None
    face: str
    state_label: str
    title: str | None
    category: str | None
    area: str | None
    agency: str | None
    holder: HolderOut | None
    received_at: datetime
    updated_at: datetime


class ViewOut(RowOut):
    timeline: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    promises: list[PromiseOut]
    rating: int | None = None
    followers: int = 0


class StaffViewOut(ViewOut):
    state: str
    supports: str | None = None
    body: str
    messages: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    acts: list[str]


class TrackOut(BaseModel):
    number: str | None
    ref: None
    title: str | None
    body: str
    category: str | None
    state: str
    face: str
    state_label: str
    timeline: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    promises: list[PromiseOut]
    holder: HolderOut | None
    acts: list[str]
    looks: list[dict[str, Any]]


class AreaOut(BaseModel):
    code: str
    name: str


class PageOut(BaseModel):
    items: list[RowOut]
    next_cursor: str | None
