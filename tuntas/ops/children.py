"""The demo's own processes: started, started again when they die, and stopped with everything they started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tuntas.ops.leash import PARENT

SECONDS_TO_STOP = 6.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # seconds before a child that died is started again


class Child:
    """One long-running command in a session of its own, so that Ctrl-C reaches the demo alone."""

    def __init__(self, words: Sequence[str], given: Mapping[str, str], log: Path) -> None:
        self._words = [sys.executable, "-m", "tuntas.ops.cli", *words]
        self._given = {**os.environ, **given, PARENT: str(os.getpid())}
        self._log = log
        self._pause = SHORTEST_PAUSE
        self._not_before = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def mind(self) -> None:
        """Start it where it does not run; one that dies again and again waits longer each time."""
        if self._process is not None and self._process.poll() is None:
            return
        if self._process is not None:
            self._bury()
        if time.monotonic() >= self._not_before:
            self._start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM; nothing is waited for."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """Wait for the end, then end whatever is left of its session."""
        if self._process is None:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_STOP)
        self._bury()

    @property
    def last_words(self) -> str:
        """What it said last, for the person who wonders why it does not start."""
        lines = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
        return lines[-1] if lines else ""

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._words,
                env=self._given,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._not_before = time.monotonic() + self._pause
        self._pause = min(LONGEST_PAUSE, self._pause * 2)

    def _bury(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):  # web workers whose father was killed
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
