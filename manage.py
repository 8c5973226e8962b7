#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

# Commands that serve. The others may run statements as long as they need, as migrations do.
SERVERS = {"serve", "streams", "stream_events"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.local")
    if not SERVERS & set(sys.argv[1:2]) and not os.environ.get("DATABASE_STATEMENT_SECONDS"):
        os.environ["DATABASE_STATEMENT_SECONDS"] = "0"
    from django.core.exceptions import ImproperlyConfigured

    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
    except ImproperlyConfigured as wrong:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
