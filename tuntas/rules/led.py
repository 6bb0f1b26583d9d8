"""One matter, many people: a report that was merged into another goes along with it (DOMAIN 3.3). Pure.

The acts stand here by name, because the table of acts asks this page.
"""

from typing import Protocol

from tuntas.rules.actors import Actor

# Done to the lead, and walked in the same words on each report that goes along with it.
WALKED_ALONG = frozenset(
    {
        *("dispatch", "inform", "start", "schedule", "resume", "propose_answer", "sign", "approve", "return_answer"),
        *("transfer", "accept_transfer", "decline_transfer", "arbitrate", "forward_external", "outside_news"),
        *("archive", "close", "reopen", "hand_to_ppid"),
    }
)
# What staff does to a report that goes along all the same: it leads nowhere, or takes it out of the lead's hand.
DONE_BY_ITSELF = frozenset(
    {
        *("note", "unmerge", "publish", "set_privacy", "follow", "escalate", "seal", "clear", "release"),
        *("ask_identity", "decide_identity", "receive_letter", "answer_audience"),
        *("do_part", "decline_part", "withdraw_part"),
    }
)
LEAVES = frozenset({"reply", "rate", "reopen", "appeal", "withdraw"})  # the reporter's own: from then on it goes alone
ENDED = frozenset({"closed", "archived"})


class Led(Protocol):
    """A report, as far as going along looks at it."""

    @property
    def pk(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def is_led(self) -> bool: ...


def goes_along(report: Led) -> bool:
    """Return whether what happens to a report now happens to its lead, and to it with that one."""
    return report.is_led and report.state not in ENDED


def is_done_on_lead(actor: Actor, act: str, report: Led) -> bool:
    """Return whether *actor* has to do an act to the lead instead; a reporter's own acts stay theirs."""
    is_staff = not actor.is_system and actor.report_id != report.pk
    return act not in DONE_BY_ITSELF and is_staff and goes_along(report)
