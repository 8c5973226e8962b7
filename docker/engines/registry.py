"""All engines, in the order in which they are listed."""

from engines.engine import Engine
from engines.kafka import Kafka
from engines.mariadb import MariaDB
from engines.postgresql import PostgreSQL
from engines.rabbitmq import RabbitMQ
from engines.redis import Redis
from engines.state import State


def make_engines(state: State) -> list[Engine]:
    return [kind(state) for kind in (PostgreSQL, MariaDB, RabbitMQ, Redis, Kafka)]
