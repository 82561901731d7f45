"""The configuration of gunicorn: `gunicorn --config python:interaxion.server.gunicorn_config` (make run, compose)."""

import resource

from interaxion import settings
from interaxion.logs import logging_settings
from interaxion.server.memory import spare_memory
from interaxion.server.starting import refuse_busy_port, say_ready
from interaxion.server.worker import SINGLE_PARTS, choose_part

spare_memory()
wsgi_app = "interaxion.wsgi"
bind = f"127.0.0.1:{settings.PORT}"
#: Two for readers, so that one works while the other restarts; one for those who write, one for jobs.
workers = settings.WEB_CONCURRENCY + len(SINGLE_PARTS)
worker_class = "interaxion.server.worker.Worker"
on_starting, when_ready, pre_fork = refuse_busy_port, say_ready, choose_part
threads = 4
# The site is loaded once, so that a new process starts at once and memory is shared.
preload_app = True
#: Seconds that the work on one request may take.
timeout = 30
control_socket_disable = True
loglevel = "warning"
logconfig_dict = logging_settings(settings.TIME_ZONE)
# Only a proxy may set `SCRIPT_NAME`, and ours do not.
forwarder_headers = ""
# Each listener needs two file descriptors, so we take as many as the system allows.
_most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (_most, _most))
#: Connections of a process. Those to which a file is being sent count, for hours if they are slow, and beyond the limit
#: a process accepts nobody. A fifth of the descriptors stays for the database and the files of the work itself.
worker_connections = 10_000 if _most == resource.RLIM_INFINITY else min(_most * 2 // 5, 10_000)
