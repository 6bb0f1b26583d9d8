"""What the API gives out, for the OpenAPI description."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class PromiseOut(BaseModel):
    promise: str
    due_at: datetime | None
    state: str
    kept_at: datetime | None = None
    cause: str | None = None
    length: tuple[int, str] | None = None  # how much was promised when it began, such as 48 hours


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
    kind: str | None = None
    trouble: str | None = None


class UploadOut(BaseModel):
    upload_id: UUID
    offset: int
    length: int
    file_id: UUID | None = None
    state: str = "received"


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
    hop_count: int = 0
    merged_into: str | None = None


class StaffViewOut(ViewOut):
    state: str
    supports: str | None = None
    body: str
    messages: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    parts: list[dict[str, Any]] = []
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
    parts: list[str] = []
    merged_into: str | None = None
    looks: list[dict[str, Any]]


class IdentityOut(BaseModel):
    name: str
    phone: str
    email: str


class AreaOut(BaseModel):
    code: str
    name: str


class PageOut(BaseModel):
    items: list[RowOut]
    next_cursor: str | None
