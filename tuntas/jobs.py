"""Every background job and its hour: read the clock, call one step. Every job may run twice."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status
from psycopg_pool import PoolTimeout

from tuntas import steps
from tuntas.kit.queue import Job
from tuntas.kit.structured_log import at_work
from tuntas.kit.time import current_time, real_time
from tuntas.rules.exercises import Course

log = logging.getLogger(__name__)

HEARTBEAT = 5.0  # seconds
STALLED_AFTER = 20.0  # seconds without a heartbeat; with the rescue below, a lost job is taken up within 60 s
SECONDS_TO_FINISH = 10.0  # for jobs under way when the worker is told to stop
SECONDS_BETWEEN_TRIES = 1.0  # to reach the database again
AGAIN = RetryStrategy(max_attempts=5, wait=2, exponential_wait=3)
# Six columns: the last one is the second.
EVERY_TEN_SECONDS, BETWEEN_THOSE = "* * * * * */10", "* * * * * 5-59/10"


@app.task(name=Job.DELIVER, queue=Job.DELIVER, retry=AGAIN)
def deliver(notice_id: int) -> None:
    """Send one notice. A mail server that fails is the step's matter; these tries are for our own failures."""
    steps.deliver(notice_id, now=current_time())


@app.task(name=Job.TELL_FOLLOWERS, queue=Job.TELL_FOLLOWERS, retry=AGAIN)
def tell_followers(report_id: int, event_id: int) -> None:
    """Write letters to all who follow a report; what one try has written the next one finds."""
    steps.tell_followers(report_id, event_id, now=current_time())


@app.periodic(cron=EVERY_TEN_SECONDS)
@app.task(name=Job.TICK, queue=Job.TICK, queueing_lock=Job.TICK)
def tick(timestamp: int) -> None:
    """Mark what has run out, remind of it, and ask again for letters, every ten seconds.

    Idle cost: four index look-ups.
    """
    while steps.miss_next(now=current_time()):
        pass
    while steps.climb_next(now=current_time()):
        pass
    while steps.miss_parts(now=current_time()):
        pass
    steps.retry_notices(now=current_time())


@app.periodic(cron=BETWEEN_THOSE)
@app.task(name=Job.RESCUE, queue=Job.RESCUE, queueing_lock=Job.RESCUE, pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Take up jobs whose worker died in the middle."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        try:
            if job.queueing_lock:
                # It comes again at its hour, and may already wait: the table refuses a second one.
                await jobs.finish_job(job, Status.FAILED, delete_job=True)
            else:
                await jobs.retry_job(job)
        except ConnectorException:
            log.warning("job %s could not be rescued now", job.id)  # another rescue was first, say


@app.task(name=Job.CLEAN_FILE, queue=Job.CLEAN_FILE, retry=AGAIN)
def clean_file(file_id: str) -> None:
    """Scan and clean one file. A scanner that is away is the step's matter; these tries are for our own failures."""
    steps.clean_file(UUID(file_id), now=current_time())


@app.periodic(cron="17 * * * *")
@app.task(name=Job.TIDY, queue=Job.TIDY, queueing_lock=Job.TIDY)
def tidy(timestamp: int) -> None:
    """Forget what is no longer needed, every hour; tell of the Ombudsman where 60 days brought no answer."""
    while steps.advise_next(now=current_time()):
        pass
    steps.tidy(now=current_time(), real_now=real_time())
    steps.discard_practice(now=current_time())


@app.periodic(cron="27 * * * *")
@app.task(name=Job.INDEX, queue=Job.INDEX, queueing_lock=Job.INDEX)
def index(timestamp: int) -> None:
    """Write the words by which reports are found, where an older version or a long table left them out, every hour."""
    below = steps.index_next()
    while below is not None:
        below = steps.index_next(below)


@app.periodic(cron="*/5 * * * *")
@app.task(name=Job.COUNT, queue=Job.COUNT, queueing_lock=Job.COUNT)
def count(timestamp: int) -> None:
    """Rebuild the public figures, every five minutes."""
    steps.count(now=current_time())


@app.periodic(cron="* * * * *")
@app.task(name=Job.SEQUENCE, queue=Job.SEQUENCE, queueing_lock=Job.SEQUENCE)
def sequence(timestamp: int) -> None:
    """Put what happened into the log, every minute; sign it every ten."""
    steps.sequence(now=current_time())


@app.periodic(cron="7-57/10 * * * *")
@app.task(name=Job.WATCH_POSTS, queue=Job.WATCH_POSTS, queueing_lock=Job.WATCH_POSTS)
def watch_posts(timestamp: int) -> None:
    """Look whether everything has somebody to look after it, every ten minutes."""
    steps.watch_posts(now=current_time())


@app.periodic(cron="* * * * *")
@app.task(name=Job.APPLY_CHANGES, queue=Job.APPLY_CHANGES, queueing_lock=Job.APPLY_CHANGES)
def apply_changes(timestamp: int) -> None:
    """Put into force what was decided for this day: a local midnight comes at any hour of the machine's."""
    steps.apply_changes(now=current_time())


@app.task(name=Job.PREPARE_PRACTICE, queue=Job.PREPARE_PRACTICE, lock=Job.PREPARE_PRACTICE, retry=AGAIN)
def prepare_practice(person_id: int, course: str) -> None:
    """Make the practice city, which takes some seconds, and let the one who asked for it begin there."""
    steps.prepare_practice()
    steps.start_practice(person_id, Course(course), now=current_time())


@app.task(name=Job.BRING_PAST, queue=Job.BRING_PAST, retry=AGAIN)
def bring_past(import_id: int) -> None:
    """Bring in some slices of an uploaded table of old reports; the step asks for the rest."""
    steps.bring_past(import_id, now=current_time())


def run_worker(*, concurrency: int) -> None:
    """Work until SIGINT or SIGTERM; a database that is away for a while is waited for."""
    asyncio.run(_work(concurrency))


async def _work(concurrency: int) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(concurrency + 2))
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    while not stop.is_set():
        await sync_to_async(close_old_connections)()
        worker = asyncio.create_task(_work_once(concurrency))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({worker, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            await _finish(worker)
            return
        if (error := worker.exception()) is not None and not isinstance(
            error, ConnectorException | Error | PoolTimeout
        ):
            raise error
        log.warning("the worker lost its database and tries again")
        await asyncio.sleep(SECONDS_BETWEEN_TRIES)


async def _work_once(concurrency: int) -> None:
    # A copy of the app with a connector of its own, because jobs that a step asks for must go through Django's
    # connection, in the step's transaction; replace_connector would send them past it.
    worker: App = app.with_connector(cast(DjangoConnector, app.connector).get_worker_connector())
    async with worker.open_async():
        await worker.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            install_signal_handlers=False,
            listen_notify=True,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            stalled_worker_timeout=STALLED_AFTER,
            update_heartbeat_interval=HEARTBEAT,
            task_middleware=[with_fresh_connection],
        )


async def _finish(worker: asyncio.Task[None]) -> None:
    """Let jobs under way end; one that does not is left behind, and another worker rescues it."""
    worker.cancel()
    done, _ = await asyncio.wait({worker}, timeout=SECONDS_TO_FINISH + HEARTBEAT)
    if not done:
        os._exit(0)


def with_fresh_connection(call_next: Callable[[], Any], context: JobContext, worker: object) -> Any:
    """Give the job's thread a database connection that works, and back to the pool what it used."""
    close_old_connections()
    try:
        with at_work(job=context.job.task_name, job_id=context.job.id):
            return call_next()
    finally:
        close_old_connections()
