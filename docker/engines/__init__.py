"""Private PostgreSQL, MariaDB, RabbitMQ, Redis and Kafka, without Docker or systemd.

Only the standard library is used: the package runs on plain Python 3.11, before any virtual
environment exists.
"""
