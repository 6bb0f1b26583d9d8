"""Letters by SMTP."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

from tuntas.channels.mail_lines import SECONDS_TO_GREET, connect, line_to

PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail, plain text. ``key`` is the same each time the same notice is sent."""

    to: str
    subject: str
    text: str
    key: str
    sender: str
    server: str  # smtp://user:pw@host:587 or smtps://…


class SendingFailed(Exception):
    """The letter did not go out; final where trying again cannot help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


def send(letter: Letter) -> None:
    """Hand a letter to the mail server. Raises SendingFailed, whose words hold no address and no password."""
    try:
        message = _message(letter)
        with line_to(letter.server) as line:
            line.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        status = max((code for code, _ in error.recipients.values()), default=0)
        raise SendingFailed(f"the server refused the address ({status})", is_final=status >= PERMANENT) from error
    except smtplib.SMTPResponseException as error:
        raise SendingFailed(f"the server said {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise SendingFailed(f"the server could not be used: {type(error).__name__}") from error
    except (ValueError, UnicodeError) as error:
        raise SendingFailed("the address cannot be written to", is_final=True) from error


def greet(server: str) -> None:
    """Connect to a mail server and sign in, and send nothing. Raises SendingFailed."""
    try:
        with connect(server, seconds=SECONDS_TO_GREET) as line:
            line.noop()
    except (smtplib.SMTPException, OSError) as error:
        raise SendingFailed(f"the server could not be used: {type(error).__name__}") from error


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = letter.sender, letter.to, letter.subject
    message["Message-ID"] = f"<{letter.key}@{letter.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
