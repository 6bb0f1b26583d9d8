"""Every background job and its hour: read the clock, call one step. Every job may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from tuntas import steps
from tuntas.kit.queue import Job
from tuntas.kit.time import current_time, real_time

STALLED_AFTER = 20.0  # seconds without a heartbeat; with the rescue below, a lost job is taken up within 60 s
AGAIN = RetryStrategy(max_attempts=5, wait=2, exponential_wait=3)


@app.task(name=Job.DELIVER, queue=Job.DELIVER, retry=AGAIN)
def deliver(notice_id: int) -> None:
    """Send one notice. A mail server that fails is the step's matter; these tries are for our own failures."""
    steps.deliver(notice_id, now=current_time())


@app.periodic(cron="*/10 * * * * *")
@app.task(name=Job.TICK, queue=Job.TICK, queueing_lock=Job.TICK)
def tick(timestamp: int) -> None:
    """Mark what has run out and ask again for letters, every ten seconds. Idle cost: two index look-ups."""
    while steps.miss_next(now=current_time()):
        pass
    steps.retry_notices(now=current_time())


@app.periodic(cron="5-59/10 * * * * *")
@app.task(name=Job.RESCUE, queue=Job.RESCUE, queueing_lock=Job.RESCUE, pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Take up jobs whose worker died in the middle."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER)
    for job in stalled:
        if job.id != context.job.id:
            await app.job_manager.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(name=Job.TIDY, queue=Job.TIDY, queueing_lock=Job.TIDY)
def tidy(timestamp: int) -> None:
    """Forget what is no longer needed, every hour."""
    steps.tidy(now=current_time(), real_now=real_time())


@app.periodic(cron="*/5 * * * *")
@app.task(name=Job.COUNT, queue=Job.COUNT, queueing_lock=Job.COUNT)
def count(timestamp: int) -> None:
    """Rebuild the public figures, every five minutes."""
    steps.count(now=current_time())
