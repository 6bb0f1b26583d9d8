"""The verbs: one file each, one transaction each. A page, the API, a channel and a job all end in one of these."""

from tuntas.steps.accept_invitation import accept_invitation
from tuntas.steps.accept_transfer import accept_transfer
from tuntas.steps.add_app import add_app, secret_asked
from tuntas.steps.add_passkey import add_passkey
from tuntas.steps.add_piece import add_piece
from tuntas.steps.advise import advise_next
from tuntas.steps.answer_audience import answer_audience
from tuntas.steps.appeal import appeal
from tuntas.steps.apply_changes import apply_changes
from tuntas.steps.approve import approve
from tuntas.steps.arbitrate import arbitrate
from tuntas.steps.archive import archive
from tuntas.steps.ask import ask
from tuntas.steps.ask_app import ask_app
from tuntas.steps.ask_identity import ask_identity
from tuntas.steps.ask_new_passkey import ask_new_passkey
from tuntas.steps.ask_part import ask_part
from tuntas.steps.ask_passkey import ask_passkey
from tuntas.steps.ask_reader_leaving import ask_reader_leaving
from tuntas.steps.be_present import be_present
from tuntas.steps.begin_upload import begin_upload
from tuntas.steps.bring_past import bring_past
from tuntas.steps.bring_table import bring_table
from tuntas.steps.bring_to_meeting import bring_to_meeting
from tuntas.steps.change_password import change_password
from tuntas.steps.change_register import change_register
from tuntas.steps.check_own_password import check_own_password
from tuntas.steps.check_passkey import check_passkey
from tuntas.steps.check_second import check_second
from tuntas.steps.choose import choose
from tuntas.steps.choose_keys import choose_keys
from tuntas.steps.clean_file import clean_file
from tuntas.steps.clear import clear
from tuntas.steps.climb import climb_next
from tuntas.steps.close import close
from tuntas.steps.code_for_part import code_for_part
from tuntas.steps.complete import complete
from tuntas.steps.confirm_follow import confirm_follow
from tuntas.steps.copy_week import copy_week
from tuntas.steps.count import count
from tuntas.steps.decide import decide
from tuntas.steps.decide_identity import decide_identity
from tuntas.steps.decline_part import decline_part
from tuntas.steps.decline_transfer import decline_transfer
from tuntas.steps.deliver import deliver
from tuntas.steps.discard_practice import discard_practice
from tuntas.steps.dispatch import dispatch
from tuntas.steps.do_part import do_part
from tuntas.steps.drop_decision import drop_decision
from tuntas.steps.drop_shift import drop_shift
from tuntas.steps.drop_upload import drop_upload
from tuntas.steps.end_leave import end_leave
from tuntas.steps.end_meeting import end_meeting
from tuntas.steps.escalate import escalate
from tuntas.steps.export_work import export_work
from tuntas.steps.extend_information import extend_information
from tuntas.steps.fetch import fetch
from tuntas.steps.finish_decision import finish_decision
from tuntas.steps.finish_task import finish_task
from tuntas.steps.finish_upload import finish_upload
from tuntas.steps.follow import follow
from tuntas.steps.forget_draft import forget_draft
from tuntas.steps.forget_filter import forget_filter
from tuntas.steps.forget_unsent import forget_unsent
from tuntas.steps.forward_external import forward_external
from tuntas.steps.give_app import give_app
from tuntas.steps.give_token import give_token
from tuntas.steps.hand_over_work import hand_over_work
from tuntas.steps.hand_to_ppid import hand_to_ppid
from tuntas.steps.import_areas import import_areas
from tuntas.steps.import_roads import import_roads
from tuntas.steps.index import index_next
from tuntas.steps.inform import inform
from tuntas.steps.invite import invite
from tuntas.steps.keep_draft import keep_draft
from tuntas.steps.keep_reader_key import keep_reader_key
from tuntas.steps.keep_recovery_key import keep_recovery_key
from tuntas.steps.keep_sealed_file import keep_sealed_file
from tuntas.steps.keep_unsent import keep_unsent
from tuntas.steps.leave_note import leave_note
from tuntas.steps.load_profile import load_profile
from tuntas.steps.look_at_sealed import look_at_sealed
from tuntas.steps.make_token import make_token
from tuntas.steps.merge import merge
from tuntas.steps.miss import miss_next
from tuntas.steps.miss_parts import miss_parts
from tuntas.steps.new_code_for import new_code_for
from tuntas.steps.new_recovery_codes import new_recovery_codes
from tuntas.steps.note import note
from tuntas.steps.note_token_use import note_token_use
from tuntas.steps.open_sealed import open_sealed
from tuntas.steps.outside_news import outside_news
from tuntas.steps.plan_meeting import plan_meeting
from tuntas.steps.plan_shift import plan_shift
from tuntas.steps.prepare_practice import prepare_practice
from tuntas.steps.propose_answer import propose_answer
from tuntas.steps.publish import PhotoToShow, publish
from tuntas.steps.publish_directory import publish_directory
from tuntas.steps.put_off_task import put_off_task
from tuntas.steps.rate import rate
from tuntas.steps.read_identity import read_identity
from tuntas.steps.read_note import read_note
from tuntas.steps.recall import recall
from tuntas.steps.receive_letter import receive_letter
from tuntas.steps.refuse_reader_leaving import refuse_reader_leaving
from tuntas.steps.release import release
from tuntas.steps.remove_factor import remove_factor
from tuntas.steps.renew_code import renew_code
from tuntas.steps.renew_session import renew_session
from tuntas.steps.reopen import reopen
from tuntas.steps.reply import reply
from tuntas.steps.resume import resume
from tuntas.steps.retire_reader_key import retire_reader_key
from tuntas.steps.retry_notices import retry_notices
from tuntas.steps.return_answer import return_answer
from tuntas.steps.revoke_token import revoke_token
from tuntas.steps.rewrap import rewrap
from tuntas.steps.save_filter import save_filter
from tuntas.steps.schedule import schedule
from tuntas.steps.seal import seal
from tuntas.steps.send_draft import receipt_of, send_at_once, send_draft
from tuntas.steps.sequence import sequence
from tuntas.steps.set_leave import set_leave
from tuntas.steps.set_password import set_password
from tuntas.steps.set_privacy import set_privacy
from tuntas.steps.settle_notices import settle_notices
from tuntas.steps.sign import sign
from tuntas.steps.sign_in import Entered, sign_in
from tuntas.steps.sign_in_passkey import sign_in_passkey
from tuntas.steps.sign_in_second import sign_in_second
from tuntas.steps.sign_out import sign_out
from tuntas.steps.split import Part, split
from tuntas.steps.start import start
from tuntas.steps.start_meeting import start_meeting
from tuntas.steps.start_practice import start_practice
from tuntas.steps.stay_signed_in import stay_signed_in
from tuntas.steps.submit import submit
from tuntas.steps.submit_sealed import submit_sealed
from tuntas.steps.supplement import supplement
from tuntas.steps.tell_followers import tell_followers
from tuntas.steps.tidy import tidy
from tuntas.steps.transfer import transfer
from tuntas.steps.unfollow import unfollow
from tuntas.steps.unless_changed import unless_changed
from tuntas.steps.unmerge import unmerge
from tuntas.steps.upload import upload, upload_evidence, upload_file, upload_with_place
from tuntas.steps.use_recovery import use_recovery
from tuntas.steps.walk import is_attachable
from tuntas.steps.watch_posts import watch_posts
from tuntas.steps.withdraw import withdraw
from tuntas.steps.withdraw_change import withdraw_change
from tuntas.steps.withdraw_part import withdraw_part

__all__ = [
    "Entered",
    "Part",
    "PhotoToShow",
    "accept_invitation",
    "accept_transfer",
    "add_app",
    "add_passkey",
    "add_piece",
    "advise_next",
    "answer_audience",
    "appeal",
    "apply_changes",
    "approve",
    "arbitrate",
    "archive",
    "ask",
    "ask_app",
    "ask_identity",
    "ask_new_passkey",
    "ask_part",
    "ask_passkey",
    "ask_reader_leaving",
    "be_present",
    "begin_upload",
    "bring_past",
    "bring_table",
    "bring_to_meeting",
    "change_password",
    "change_register",
    "check_own_password",
    "check_passkey",
    "check_second",
    "choose",
    "choose_keys",
    "clean_file",
    "clear",
    "climb_next",
    "close",
    "code_for_part",
    "complete",
    "confirm_follow",
    "copy_week",
    "count",
    "decide",
    "decide_identity",
    "decline_part",
    "decline_transfer",
    "deliver",
    "discard_practice",
    "dispatch",
    "do_part",
    "drop_decision",
    "drop_shift",
    "drop_upload",
    "end_leave",
    "end_meeting",
    "escalate",
    "export_work",
    "extend_information",
    "fetch",
    "finish_decision",
    "finish_task",
    "finish_upload",
    "follow",
    "forget_draft",
    "forget_filter",
    "forget_unsent",
    "forward_external",
    "give_app",
    "give_token",
    "hand_over_work",
    "hand_to_ppid",
    "import_areas",
    "import_roads",
    "index_next",
    "inform",
    "invite",
    "is_attachable",
    "keep_draft",
    "keep_reader_key",
    "keep_recovery_key",
    "keep_sealed_file",
    "keep_unsent",
    "leave_note",
    "load_profile",
    "look_at_sealed",
    "make_token",
    "merge",
    "miss_next",
    "miss_parts",
    "new_code_for",
    "new_recovery_codes",
    "note",
    "note_token_use",
    "open_sealed",
    "outside_news",
    "plan_meeting",
    "plan_shift",
    "prepare_practice",
    "propose_answer",
    "publish",
    "publish_directory",
    "put_off_task",
    "rate",
    "read_identity",
    "read_note",
    "recall",
    "receipt_of",
    "receive_letter",
    "refuse_reader_leaving",
    "release",
    "remove_factor",
    "renew_code",
    "renew_session",
    "reopen",
    "reply",
    "resume",
    "retire_reader_key",
    "retry_notices",
    "return_answer",
    "revoke_token",
    "rewrap",
    "save_filter",
    "schedule",
    "seal",
    "secret_asked",
    "send_at_once",
    "send_draft",
    "sequence",
    "set_leave",
    "set_password",
    "set_privacy",
    "settle_notices",
    "sign",
    "sign_in",
    "sign_in_passkey",
    "sign_in_second",
    "sign_out",
    "split",
    "start",
    "start_meeting",
    "start_practice",
    "stay_signed_in",
    "submit",
    "submit_sealed",
    "supplement",
    "tell_followers",
    "tidy",
    "transfer",
    "unfollow",
    "unless_changed",
    "unmerge",
    "upload",
    "upload_evidence",
    "upload_file",
    "upload_with_place",
    "use_recovery",
    "watch_posts",
    "withdraw",
    "withdraw_change",
    "withdraw_part",
]
