"""What the sealed room's doors take in and give out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tuntas.api.schemas import Body, Closed
from tuntas.api.schemas_out import PromiseOut, TrackOut

Recipient = Annotated[str, Field(max_length=80, pattern=r"^age1[0-9a-z]+$", description="An age public key, X25519")]


Readers = Annotated[list[int], Field(max_length=100, description="Ids of readers whom the reporter leaves out")]


class EnvelopeIn(Body):
    kind: Literal["story", "file"]
    data: Closed | None = None
    file_id: UUID | None = None


class SealedIn(Body):
    group: Literal["inspectorate"] = "inspectorate"
    exclude: Readers | None = None
    lookup: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 over “id” and the code's 24 symbols, in hex")
    ]
    recipient: Recipient
    reporter: Recipient
    envelopes: Annotated[list[EnvelopeIn], Field(min_length=1, max_length=11)]
    wrapped_keys: Annotated[dict[str, Closed], Field(max_length=101)]


class SealedReceiptOut(BaseModel):
    state: str
    face: str
    received_at: datetime
    promises: list[PromiseOut]


class RecipientsOut(BaseModel):
    document: str | None
    signature: str | None
    signer: str | None
    version: int | None


class SealedFileOut(BaseModel):
    file_id: UUID


class EnvelopeOut(BaseModel):
    id: UUID
    kind: str
    act: str
    at: datetime
    sender: Annotated[str, Field(alias="from")]
    size: int
    data: str | None


class SealOut(BaseModel):
    by: str
    recipient: str
    wrapped_key: str | None
    envelopes: list[EnvelopeOut]


class OwnViewOut(TrackOut):
    sealed: SealOut | None = None
