"""A sentence in the languages of the product, side by side, so that neither can be forgotten."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages the product speaks; Indonesian unless English is asked for."""

    ID = "id"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence in Indonesian and English, shown to people as it is."""

    id: str
    en: str

    def in_(self, language: Language) -> str:
        return self.en if language is Language.EN else self.id

    def fill(self, **given: object) -> "Say":
        """Put *given* into the places ``{name}`` of both languages."""
        return Say(self.id.format(**given), self.en.format(**given))

    def fill_each(self, **given: "Say") -> "Say":
        """Put sentences into the places ``{name}``, each in its own language."""
        return Say(
            self.id.format(**{name: say.id for name, say in given.items()}),
            self.en.format(**{name: say.en for name, say in given.items()}),
        )
