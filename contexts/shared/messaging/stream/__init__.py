"""The public stream: events as CloudEvents on Kafka, for services that are not part of this one.

The stream is one more subscriber. Its deliveries are rows of the publisher's transaction in a table
of their own, which Celery's relay never sees; a row goes when the broker has confirmed its message.
What must hold does not hang on there being one streamer: a message of a subject is only sent when
the one before it is confirmed, so a second streamer repeats messages and never overtakes any.
"""
