"""A mail server that takes every letter and only counts: ``python -m bench.sink PORT``.

Any line on standard input is answered with the number of letters taken so far.
"""

import sys
from typing import Any

from aiosmtpd.controller import Controller


class Counter:
    """Takes letters."""

    taken = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # the library names it
        self.taken += 1
        return "250 OK"


def main(port: int) -> None:
    """Serve until standard input ends."""
    counter = Counter()
    controller = Controller(counter, hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(counter.taken, flush=True)
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]))
