from django.core.management import call_command

from tuntas.agencies.installation import forget_installation
from tuntas.agencies.profile import read_profile
from tuntas.kit import practice
from tuntas.kit.env import env
from tuntas.steps.load_profile import load_profile


def prepare_practice() -> None:
    """Make the practice city: a database of its own, with this government's profile and nobody's reports.

    Safe to repeat; what is there already is kept. Takes some seconds, so a job does it.
    """
    if not practice.is_there():
        practice.make()
    with practice.practising():
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        load_profile(read_profile(env().profile))
        forget_installation()
