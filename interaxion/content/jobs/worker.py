"""The worker: runs what is queued, one task after another. It is the library's, in its batch form.

`tick` runs it once, and the server has a process that runs it again and again. `manage.py db_worker` may run beside it.
"""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from interaxion.content.jobs.ending import ends_softly, is_ending
from interaxion.content.jobs.taking_up import take_up
from interaxion.content.jobs.watching import look_around

#: Seconds between two looks at an empty queue. A look is two queries that take no lock.
PAUSE = 2.0

logger = logging.getLogger(__name__)


def run_waiting() -> int:
    """Take up what got lost, and run what waits. Return the number of tasks. RQ has workers of its own (TASKS_URL)."""
    count = 0
    with ends_softly():
        take_up()
        look_around()
        while not settings.TASKS_URL and not is_ending() and _is_any_waiting():
            _run_one()
            count += 1
    return count


def run_forever(goes_on: Callable[[], bool]) -> None:
    """Run what waits whenever something does, until `goes_on` returns False. A database that is away is waited for."""
    while goes_on():
        close_old_connections()
        try:
            run_waiting()
        except Error as problem:
            logger.warning("The jobs wait for the database: %s", problem)
        time.sleep(PAUSE)


def _is_any_waiting() -> bool:
    # To fetch a task, the library takes SQLite's lock for writers, also if there is none.
    return DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS).exists()


def _run_one() -> None:
    Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        worker_id=get_random_string(32),
        batch=True,
        max_tasks=1,
        interval=0.1,
        startup_delay=False,
    ).run()
