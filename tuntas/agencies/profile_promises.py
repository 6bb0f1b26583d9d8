"""The promises of a profile."""

from collections.abc import Mapping

from tuntas.rules.clock import Length, Unit
from tuntas.rules.life import Promise

# Those with a length here may be left out and then run that long.
PROMISES: Mapping[Promise, Length | None] = {
    Promise.ANSWER: None,
    Promise.VERIFY: None,
    Promise.RESPOND: None,
    Promise.RESOLVE: None,
    Promise.INFORMATION: Length(10, Unit.WORKING_DAYS),  # UU 14/2008, article 22
    Promise.TRANSFER: None,
    Promise.ARBITRATE: Length(2, Unit.WORKING_DAYS),
    Promise.VALIDATE: None,
    Promise.AUDIENCE: Length(5, Unit.WORKING_DAYS),
    Promise.REPORTER_WINDOW: None,
    Promise.NEEDS_INFO_WINDOW: None,
    Promise.APPEAL_WINDOW: Length(10, Unit.WORKING_DAYS),
    Promise.REOPEN_WINDOW: Length(30, Unit.DAYS),
}
