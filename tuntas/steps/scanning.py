"""Whether a virus scanner looks at what comes in, and what it found."""

from typing import BinaryIO

from tuntas.kit.clamd import scan
from tuntas.kit.env import env

IN_A_REQUEST = 5.0  # seconds; a person waits
IN_A_JOB = 120.0


def is_infected(source: BinaryIO, *, seconds: float) -> bool:
    """Return whether the scanner found something; where none is set, nothing can be found. Raises NotScanned."""
    return bool(env().clamd) and scan(source, env().clamd, seconds=seconds) is not None
