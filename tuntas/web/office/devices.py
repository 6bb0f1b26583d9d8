"""What a device is called, by how its browser names itself: enough for its owner to know it again."""

import re

from tuntas.kit.words import Say

# In this order: most browsers also carry the names of others.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
ON = Say("{browser} di {system}", "{browser} on {system}")
UNKNOWN = Say("Peramban lain", "Another browser")


def device_of(named: str) -> Say:
    """Return ``Chrome di Android``."""
    browser = next((name for sign, name in BROWSERS if re.search(rf"\b{sign}", named)), "")
    system = next((name for sign, name in SYSTEMS if sign in named), "")
    if not browser or not system:
        return UNKNOWN
    return ON.fill(browser=browser, system=system)
