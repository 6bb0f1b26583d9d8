"""The link by which somebody chooses a password: good for a week, and until it is used."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from tuntas.kit.errors import NotFound
from tuntas.kit.words import Say
from tuntas.people.models import Person

DEAD = Say(
    "Tautan ini sudah dipakai atau lewat seminggu. Minta undangan baru kepada admin instansi Anda.",
    "This link was used or is over a week old. Ask your agency's admin for a new one.",
)
NOBODY = Say("Tidak ada petugas dengan alamat ini.", "No member of staff has this address.")
_tokens = PasswordResetTokenGenerator()


def invitation_of(person: Person) -> str:
    """Return the last part of the link. It dies with the password it was made beside, and with the address."""
    return f"{person.pk}-{_tokens.make_token(person)}"


def person_invited(token: str) -> Person:
    """Return whose link this is. Raises NotFound for one that is no longer good, or never was."""
    who, _, rest = token.partition("-")
    known = who.isascii() and who.isdecimal() and len(who) < 19
    person = Person.objects.filter(pk=int(who), is_active=True).first() if known else None
    if person is None or not _tokens.check_token(person, rest):
        raise NotFound(DEAD)
    return person


def address_of_invitation(person: Person, base_url: str) -> str:
    """Return the whole link."""
    return f"{base_url}/masuk/undangan/{invitation_of(person)}"


def person_with_address(email: str) -> Person:
    """Return the member of staff with an address. Raises NotFound."""
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise NotFound(NOBODY)
    return person
