"""A child process must not outlive the command that started it, however that one ended."""

import os
import signal
import threading
import time

PARENT = "TUNTAS_PARENT"  # the process number of whoever started us and minds us
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_STOP = 3.0


def follow_parent() -> None:
    """Stop this process soon after the parent named in the environment is gone."""
    if (named := os.environ.pop(PARENT, "")) and named.isdigit():
        _follow(int(named))


def keep_forks_on_leash() -> None:
    """Let every process forked from this one stop soon after this one is gone."""
    father = os.getpid()
    os.register_at_fork(after_in_child=lambda: _follow(father))


def _follow(parent: int) -> None:
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_STOP)
    os.kill(os.getpid(), signal.SIGKILL)
