"""The demo's mailbox: a small SMTP server on the loopback that keeps the newest letters as files."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tuntas.kit.time import current_time, real_time

NEWEST = 300  # letters kept


class Mailbox:
    """Writes each letter into a folder; the page /demo/surat reads them there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._serial = 0
        folder.mkdir(mode=0o700, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep one letter. Called by aiosmtpd."""
        now = current_time()
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
        letter = {
            "at": now.isoformat(),
            "to": list(envelope.rcpt_tos),
            "from": envelope.mail_from,
            "subject": str(message["Subject"] or ""),
            "message_id": str(message["Message-ID"] or ""),
            "text": body.get_content() if body is not None else "",
        }
        self._serial += 1
        self._write(f"{real_time():%Y%m%dT%H%M%S%f}-{os.getpid()}-{self._serial:06d}.json", letter)
        return "250 Kept"

    def _write(self, name: str, letter: dict[str, object]) -> None:
        part = self._folder / f"{name}.part"
        part.write_text(json.dumps(letter, ensure_ascii=False, indent=1))
        part.replace(self._folder / name)
        for old in sorted(self._folder.glob("*.json"))[:-NEWEST]:
            old.unlink(missing_ok=True)


@contextmanager
def mail_server(folder: Path) -> Iterator[str]:
    """Take letters in as long as the block lasts; yield the URL to send them to."""
    loop = asyncio.new_event_loop()
    mailbox = Mailbox(folder)
    made = loop.create_server(lambda: SMTP(mailbox, hostname="localhost", loop=loop), "127.0.0.1", 0)
    server = loop.run_until_complete(made)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(2)
