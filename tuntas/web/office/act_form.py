"""What the form of an act is: its words, and the parts it asks for."""

from dataclasses import dataclass
from enum import StrEnum

from tuntas.kit.words import Say
from tuntas.rules.life import Act


class Part(StrEnum):
    """A part of a form."""

    WORDS = "kata"
    MAYBE_WORDS = "boleh_kata"  # words that may be left out
    LIGHTS = "lampu"  # the five lights: the words go to the reporter
    PHOTOS = "foto"
    LATE = "penyebab"  # asks for the cause of a missed promise
    REASON = "alasan"  # why a report is not handled
    HANDING = "alasan_alih"  # why it belongs elsewhere
    OUTCOME = "hasil"
    LEVEL = "tingkat"
    TARGET = "instansi"
    TARGET_OR_DESK = "instansi_atau_meja"
    TARGET_BOUND = "instansi_tetap"  # the holder itself among them
    OUTSIDE = "rujukan"  # a body that is no agency of ours
    FROM_OUTSIDE = "kabar_luar"  # what it said, and how it goes on
    TOPIC = "topik"
    PUBLIC = "umum"  # title and text that everybody reads
    CALL = "telepon"
    DECISION = "keputusan"  # on a request for an anonymous name
    HELPER = "bantu"  # an agency that is asked for a part
    DUE = "batas"  # by which day
    PART = "bagian"  # one of those that wait
    LETTER = "surat"
    AUDIENCE = "audiensi"
    INTO = "gabung"  # which report it is merged into
    PARTS = "pecah"  # the matters that become reports of their own


@dataclass(frozen=True, slots=True)
class ActForm:
    """One page with a form; ``label`` names the field for words."""

    slug: str
    act: Act
    title: Say
    lead: Say
    label: Say
    button: Say
    parts: frozenset[Part]
    is_tab: bool = False  # stands in the composer, beside the story
    icon: str = "pesan"

    def has(self, part: Part) -> bool:
        return part in self.parts

    @property
    def has_lights(self) -> bool:
        return Part.LIGHTS in self.parts

    @property
    def has_photos(self) -> bool:
        return Part.PHOTOS in self.parts

    @property
    def is_call(self) -> bool:
        return Part.CALL in self.parts

    @property
    def decides(self) -> bool:
        return Part.DECISION in self.parts

    @property
    def is_on_name(self) -> bool:
        """Whether it stands in the box of the reporter, not among the other acts."""
        return self.act in (Act.ASK_IDENTITY, Act.DECIDE_IDENTITY)

    @property
    def merges(self) -> bool:
        return Part.INTO in self.parts

    @property
    def splits(self) -> bool:
        return Part.PARTS in self.parts

    @property
    def goes_outside(self) -> bool:
        return Part.OUTSIDE in self.parts

    @property
    def comes_from_outside(self) -> bool:
        return Part.FROM_OUTSIDE in self.parts

    @property
    def asks_day(self) -> bool:
        return Part.DUE in self.parts

    @property
    def asks_part(self) -> bool:
        return Part.PART in self.parts

    @property
    def asks_letter(self) -> bool:
        return Part.LETTER in self.parts

    @property
    def asks_audience(self) -> bool:
        return Part.AUDIENCE in self.parts

    @property
    def offers_desk(self) -> bool:
        return Part.TARGET_OR_DESK in self.parts

    @property
    def writes(self) -> bool:
        return bool({Part.WORDS, Part.MAYBE_WORDS} & self.parts)

    @property
    def is_inside(self) -> bool:
        """Whether the words stay in the house: they lie on other paper, so that nobody mistakes them."""
        return self.act is Act.NOTE
