"""The lists somebody must choose one entry from: why archived, why late, how it ended. Pure."""

from enum import StrEnum


class ArchiveReason(StrEnum):
    """Why a report is not handled (DOMAIN 1.5). "Not our authority" is none of them: that is a transfer."""

    SARA = "sara"
    NO_EVIDENCE = "no_evidence"
    UNCLEAR = "unclear"
    NOT_GOVERNMENT_PERFORMANCE = "not_government_performance"
    EXPIRED = "expired"
    BY_REPORTER = "by_reporter"
    INFO_NOT_COMPLETED = "info_not_completed"
    WRONG_FORMAT = "wrong_format"
    SPAM = "spam"
    TEST_OR_PRANK = "test_or_prank"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE_COURT = "out_of_scope_court"
    PRIVATE_MATTER = "private_matter"
    PRIVATE_COMPANY = "private_company"


GIVEN_BY_SYSTEM = frozenset({ArchiveReason.BY_REPORTER, ArchiveReason.INFO_NOT_COMPLETED, ArchiveReason.EXPIRED})


class TransferReason(StrEnum):
    """Why an agency hands a report on, or does not take it (DOMAIN 1.6)."""

    NOT_AUTHORITY = "not_authority"
    WRONG_AREA = "wrong_area"
    WRONG_AGENCY = "wrong_agency"
    OTHER_TIER = "other_tier"
    NOT_ENOUGH_INFO = "not_enough_info"
    OTHER = "other"


NO_ANSWER = "no_answer"  # why an offer counts as refused when its time ran out; nobody chooses it


class LateCause(StrEnum):
    """Why a promise was missed, in the desk's words; the reporter sees it (CONTRACT 5)."""

    VOLUME = "volume"
    STAFF = "staff"
    WAITING_AGENCY = "waiting_agency"
    WAITING_REPORTER = "waiting_reporter"
    WRONG_AGENCY = "wrong_agency"
    BUDGET = "budget"
    FIELD_ACCESS = "field_access"
    SYSTEM = "system"
    OTHER = "other"


class Outcome(StrEnum):
    """How a report ended, apart from its state (DOMAIN 3.2)."""

    FIXED = "fixed"
    ANSWERED = "answered"
    PARTIALLY_FIXED = "partially_fixed"
    CANNOT_BE_FIXED = "cannot_be_fixed"
    DUPLICATE_RESOLVED = "duplicate_resolved"
    NO_REPLY_FROM_REPORTER = "no_reply_from_reporter"


class Classification(StrEnum):
    """The four kinds of report (DOMAIN 1.2); they decide the time to resolve."""

    INFORMATION_REQUEST = "information_request"
    ASPIRATION = "aspiration"
    COMPLAINT_ORDINARY = "complaint_ordinary"
    COMPLAINT_SUPERVISORY = "complaint_supervisory"


class LetterKind(StrEnum):
    """What came on paper about a report."""

    VILLAGE_LETTER = "village_letter"
    AUDIENCE_REQUEST = "audience_request"


class ClosedBy(StrEnum):
    """Who ended it; "closed by the system for want of an answer" is never counted as fixed."""

    REPORTER = "reporter"
    AGENCY_ADMIN = "agency_admin"
    SYSTEM = "system"
