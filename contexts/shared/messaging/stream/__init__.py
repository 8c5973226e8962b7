"""The public stream: events as CloudEvents on Kafka, for other services.

The publisher's transaction writes the stream's deliveries into a table of their own, which Celery's
relay does not read. The broker's confirmation deletes a row. A message is sent only after the
previous one of its subject is confirmed. So a second streamer may repeat messages, but never
changes their order.
"""
