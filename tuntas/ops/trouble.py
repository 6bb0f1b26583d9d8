"""What a command says when it cannot go on."""


class Trouble(Exception):
    """One plain sentence for the person at the terminal, or one a line; the command ends with 1."""
