"""The verbs: one file each, one transaction each. A page, the API, a channel and a job all end in one of these."""

from tuntas.steps.accept_transfer import accept_transfer
from tuntas.steps.appeal import appeal
from tuntas.steps.approve import approve
from tuntas.steps.archive import archive
from tuntas.steps.ask import ask
from tuntas.steps.be_present import be_present
from tuntas.steps.choose import choose
from tuntas.steps.choose_keys import choose_keys
from tuntas.steps.close import close
from tuntas.steps.complete import complete
from tuntas.steps.confirm_follow import confirm_follow
from tuntas.steps.count import count
from tuntas.steps.decline_transfer import decline_transfer
from tuntas.steps.deliver import deliver
from tuntas.steps.discard_practice import discard_practice
from tuntas.steps.dispatch import dispatch
from tuntas.steps.escalate import escalate
from tuntas.steps.fetch import fetch
from tuntas.steps.finish_task import finish_task
from tuntas.steps.follow import follow
from tuntas.steps.forget_draft import forget_draft
from tuntas.steps.forget_filter import forget_filter
from tuntas.steps.forget_unsent import forget_unsent
from tuntas.steps.give_token import give_token
from tuntas.steps.inform import inform
from tuntas.steps.keep_draft import keep_draft
from tuntas.steps.keep_unsent import keep_unsent
from tuntas.steps.load_profile import load_profile
from tuntas.steps.miss import miss_next
from tuntas.steps.new_code_for import new_code_for
from tuntas.steps.note import note
from tuntas.steps.prepare_practice import prepare_practice
from tuntas.steps.propose_answer import propose_answer
from tuntas.steps.publish import PhotoToShow, publish
from tuntas.steps.put_off_task import put_off_task
from tuntas.steps.rate import rate
from tuntas.steps.recall import recall
from tuntas.steps.renew_code import renew_code
from tuntas.steps.reopen import reopen
from tuntas.steps.reply import reply
from tuntas.steps.resume import resume
from tuntas.steps.retry_notices import retry_notices
from tuntas.steps.return_answer import return_answer
from tuntas.steps.save_filter import save_filter
from tuntas.steps.schedule import schedule
from tuntas.steps.send_draft import receipt_of, send_at_once, send_draft
from tuntas.steps.set_password import set_password
from tuntas.steps.set_privacy import set_privacy
from tuntas.steps.settle_notices import settle_notices
from tuntas.steps.sign import sign
from tuntas.steps.sign_in import sign_in
from tuntas.steps.sign_out import sign_out
from tuntas.steps.start import start
from tuntas.steps.start_practice import start_practice
from tuntas.steps.stay_signed_in import stay_signed_in
from tuntas.steps.submit import submit
from tuntas.steps.supplement import supplement
from tuntas.steps.tell_followers import tell_followers
from tuntas.steps.tidy import tidy
from tuntas.steps.transfer import transfer
from tuntas.steps.unfollow import unfollow
from tuntas.steps.unless_changed import unless_changed
from tuntas.steps.upload import upload, upload_evidence, upload_with_place
from tuntas.steps.walk import is_attachable
from tuntas.steps.withdraw import withdraw

__all__ = [
    "PhotoToShow",
    "accept_transfer",
    "appeal",
    "approve",
    "archive",
    "ask",
    "be_present",
    "choose",
    "choose_keys",
    "close",
    "complete",
    "confirm_follow",
    "count",
    "decline_transfer",
    "deliver",
    "discard_practice",
    "dispatch",
    "escalate",
    "fetch",
    "finish_task",
    "follow",
    "forget_draft",
    "forget_filter",
    "forget_unsent",
    "give_token",
    "inform",
    "is_attachable",
    "keep_draft",
    "keep_unsent",
    "load_profile",
    "miss_next",
    "new_code_for",
    "note",
    "prepare_practice",
    "propose_answer",
    "publish",
    "put_off_task",
    "rate",
    "recall",
    "receipt_of",
    "renew_code",
    "reopen",
    "reply",
    "resume",
    "retry_notices",
    "return_answer",
    "save_filter",
    "schedule",
    "send_at_once",
    "send_draft",
    "set_password",
    "set_privacy",
    "settle_notices",
    "sign",
    "sign_in",
    "sign_out",
    "start",
    "start_practice",
    "stay_signed_in",
    "submit",
    "supplement",
    "tell_followers",
    "tidy",
    "transfer",
    "unfollow",
    "unless_changed",
    "upload",
    "upload_evidence",
    "upload_with_place",
    "withdraw",
]
