"""How a report came, in one or two words of the staff's pages."""

from tuntas.kit.words import Say

CHANNELS: dict[str, Say] = {
    "web": Say("Situs", "Website"),
    "phone": Say("Telepon", "Phone"),
    "counter": Say("Loket", "Counter"),
    "letter": Say("Surat", "Letter"),
    "whatsapp": Say("WhatsApp", "WhatsApp"),
    "api": Say("Sambungan", "Connection"),
}

ANOTHER = Say("Kanal lain", "Another way")


def channel_named(code: str) -> Say:
    """Return a channel in words."""
    return CHANNELS.get(code, ANOTHER)
