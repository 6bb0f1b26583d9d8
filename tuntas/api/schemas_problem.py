"""What a refusal looks like (RFC 9457)."""

from typing import Any

from pydantic import BaseModel


class ProblemMember(BaseModel):
    pointer: str
    detail: str


class Challenge(BaseModel):
    parameters: dict[str, Any]
    signature: str


class Problem(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemMember] = []
    challenge: Challenge | None = None  # at 429, of ALTCHA version 2: its proof, in the header Proof, goes on at once
