"""When somebody at the desk has looked at a held report, and it is held no longer. Pure."""

from typing import Any

from tuntas.rules.life import Act
from tuntas.rules.reasons import ArchiveReason

SAYS_NOTHING = frozenset({Act.NOTE, Act.CLEAR, Act.ASK_IDENTITY, Act.DECIDE_IDENTITY})
# Archived for one of these, a report was held rightly: it stays so, and is looked at again after an appeal.
AS_ABUSE = frozenset({ArchiveReason.SPAM, ArchiveReason.TEST_OR_PRANK, ArchiveReason.SARA})


def lets_through(act: Act, data: dict[str, Any]) -> bool:
    """Return whether an act of the desk takes a held report for a real one; to undo one within seconds does not."""
    if act is Act.ARCHIVE:
        return data.get("reason_code") not in AS_ABUSE
    return act not in SAYS_NOTHING and not data.get("quiet")
