"""The verbs: one file each, one transaction each. A page, the API, a channel and a job all end in one of these."""

from tuntas.steps.accept_transfer import accept_transfer
from tuntas.steps.appeal import appeal
from tuntas.steps.approve import approve
from tuntas.steps.archive import archive
from tuntas.steps.ask import ask
from tuntas.steps.choose import choose
from tuntas.steps.close import close
from tuntas.steps.complete import complete
from tuntas.steps.confirm_follow import confirm_follow
from tuntas.steps.count import count
from tuntas.steps.decline_transfer import decline_transfer
from tuntas.steps.deliver import deliver
from tuntas.steps.dispatch import dispatch
from tuntas.steps.escalate import escalate
from tuntas.steps.fetch import fetch
from tuntas.steps.follow import follow
from tuntas.steps.forget_draft import forget_draft
from tuntas.steps.give_token import give_token
from tuntas.steps.inform import inform
from tuntas.steps.keep_draft import keep_draft
from tuntas.steps.load_profile import load_profile
from tuntas.steps.miss import miss_next
from tuntas.steps.new_code_for import new_code_for
from tuntas.steps.note import note
from tuntas.steps.propose_answer import propose_answer
from tuntas.steps.rate import rate
from tuntas.steps.renew_code import renew_code
from tuntas.steps.reopen import reopen
from tuntas.steps.reply import reply
from tuntas.steps.resume import resume
from tuntas.steps.retry_notices import retry_notices
from tuntas.steps.return_answer import return_answer
from tuntas.steps.schedule import schedule
from tuntas.steps.send_draft import receipt_of, send_at_once, send_draft
from tuntas.steps.set_password import set_password
from tuntas.steps.set_privacy import set_privacy
from tuntas.steps.settle_notices import settle_notices
from tuntas.steps.sign_in import sign_in
from tuntas.steps.sign_out import sign_out
from tuntas.steps.start import start
from tuntas.steps.stay_signed_in import stay_signed_in
from tuntas.steps.submit import submit
from tuntas.steps.supplement import supplement
from tuntas.steps.tell_followers import tell_followers
from tuntas.steps.tidy import tidy
from tuntas.steps.transfer import transfer
from tuntas.steps.unfollow import unfollow
from tuntas.steps.upload import upload, upload_with_place
from tuntas.steps.walk import is_attachable
from tuntas.steps.withdraw import withdraw

__all__ = [
    "accept_transfer",
    "appeal",
    "approve",
    "archive",
    "ask",
    "choose",
    "close",
    "complete",
    "confirm_follow",
    "count",
    "decline_transfer",
    "deliver",
    "dispatch",
    "escalate",
    "fetch",
    "follow",
    "forget_draft",
    "give_token",
    "inform",
    "is_attachable",
    "keep_draft",
    "load_profile",
    "miss_next",
    "new_code_for",
    "note",
    "propose_answer",
    "rate",
    "receipt_of",
    "renew_code",
    "reopen",
    "reply",
    "resume",
    "retry_notices",
    "return_answer",
    "schedule",
    "send_at_once",
    "send_draft",
    "set_password",
    "sign_in",
    "sign_out",
    "stay_signed_in",
    "set_privacy",
    "settle_notices",
    "start",
    "submit",
    "supplement",
    "tell_followers",
    "tidy",
    "transfer",
    "unfollow",
    "upload",
    "upload_with_place",
    "withdraw",
]
