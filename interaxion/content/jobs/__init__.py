"""Work that takes long: a button queues a job, a worker process does it, a page shows how far it is."""
