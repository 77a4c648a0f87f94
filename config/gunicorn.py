"""gunicorn for production, behind a proxy that buffers requests (nginx)."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 30
keepalive = 5

# A worker is replaced now and then, not all at once, so that no slow leak becomes an outage.
max_requests = 20_000
max_requests_jitter = 2_000

# The control socket would need a writable home.
control_socket_disable = True

# The application logs its own requests, without addresses and queries.
accesslog = None
