"""System packages: which are missing, and their installation by apt-get."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from engines.engine import Engine
from engines.messages import Refused, say
from engines.processes import find_program

POLICY = Path("/usr/sbin/policy-rc.d")


def install_missing(engines: list[Engine]) -> None:
    """Install missing packages as root. Otherwise raises Refused and names them."""
    servers, headers = missing_servers(engines), missing_headers()
    if not servers and not headers:
        return
    if os.geteuid() == 0 and find_program("apt-get"):
        apt_install(servers + headers)
    elif servers:
        raise Refused(f"not installed: {', '.join(servers)} (Debian's package names)")
    else:
        say(f"note: building mysqlclient needs {', '.join(headers)}")


def missing_servers(engines: list[Engine]) -> list[str]:
    private = [one for one in engines if not one.own_url and not one.optional]
    return [one.package for one in private if one.program() is None]


def missing_headers() -> list[str]:
    """Return the missing packages that building mysqlclient needs."""
    programs = {
        "default-libmysqlclient-dev": find_program("mariadb_config", "mysql_config"),
        "build-essential": find_program("cc", "gcc"),
        "pkg-config": find_program("pkg-config"),
    }
    return [package for package, program in programs.items() if program is None]


def apt_install(packages: list[str]) -> None:
    say(f"installing {' '.join(packages)}")
    variables = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    patience = ["-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    with services_held_back():
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run(["apt-get", *patience, *step], env=variables, check=False)
            if done.returncode != 0:
                raise Refused(f"apt-get {step[0]} failed (exit {done.returncode}), see above")


@contextlib.contextmanager
def services_held_back() -> Iterator[None]:
    """Keep a new package from starting its own server within the block."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
