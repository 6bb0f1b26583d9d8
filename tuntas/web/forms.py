"""Forms that people fill in: what was typed, what is wrong with it, and one-time keys. Nothing typed is ever lost."""

from dataclasses import dataclass, field

from tuntas.kit.errors import Invalid
from tuntas.kit.words import Say


@dataclass
class Mistakes:
    """What is wrong with a form, in the page's order: the field's id, and what to do."""

    found: list[tuple[str, Say]] = field(default_factory=list)

    def add(self, field_id: str, say: Say) -> None:
        """Note one mistake at a field; the second at the same field is left out."""
        if field_id not in dict(self.found):
            self.found.append((field_id, say))

    def add_step(self, no: Invalid, fields: dict[str, str], otherwise: str) -> None:
        """Note what a step found: its pointers by the fields of this form."""
        for mistake in no.mistakes:
            self.add(fields.get(mistake.pointer, otherwise), mistake.say)

    @property
    def by_field(self) -> dict[str, Say]:
        return dict(self.found)

    def has(self, field_id: str) -> bool:
        """Return whether anything is wrong at a field."""
        return field_id in self.by_field

    def __bool__(self) -> bool:
        return bool(self.found)
