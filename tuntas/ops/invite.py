"""``tuntas invite``: a link by which somebody chooses a password, for the first admin and where no mail goes out."""

import argparse

from tuntas.kit.env import env
from tuntas.people.invitations import address_of_invitation, person_with_address


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas invite`` takes."""
    parser.add_argument("email", help="of somebody the profile names; everybody else is invited on their page")


def run(args: argparse.Namespace) -> int:
    """Print the link. Whoever has it chooses the password: give it to that person alone."""
    print(address_of_invitation(person_with_address(args.email), env().base_url))
    return 0
