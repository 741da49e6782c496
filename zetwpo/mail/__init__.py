"""Mail: queued with what it tells about, sent afterwards by a worker."""
