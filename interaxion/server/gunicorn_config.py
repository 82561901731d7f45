"""How gunicorn serves the site: `gunicorn --config python:interaxion.server.gunicorn_config` (make run, compose)."""

import resource

from interaxion import environment
from interaxion.server.worker import choose_part

wsgi_app = "interaxion.wsgi"
bind = f"127.0.0.1:{environment.text('PORT', '8000')}"
#: Two for readers, so that one goes on while the other begins anew, and one for those who write.
workers = int(environment.text("WEB_CONCURRENCY", "2")) + 1
worker_class = "interaxion.server.worker.Worker"
pre_fork = choose_part
threads = 4
# The site is loaded once, so a successor is there at once and memory is shared.
preload_app = True
#: For the work on one request, in seconds.
timeout = 30
control_socket_disable = True
loglevel = "warning"
# `SCRIPT_NAME` is a proxy's to say, and no proxy of ours says it.
forwarder_headers = ""
# A listener takes two descriptors: as many as the system lets us have.
_most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (_most, _most))
