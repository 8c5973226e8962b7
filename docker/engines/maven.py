"""Kafka's programs, from the repository that Maven's own settings name."""

import re
import shutil
import subprocess
from pathlib import Path

from engines.messages import Unavailable
from engines.processes import find_program

FETCH_SECONDS = 600
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


def fetch(version: str, target: Path) -> None:
    """Fetch the jars of a Kafka into `target`. Raises Unavailable if that is not possible."""
    program = find_program("mvn")
    if program is None:
        raise Unavailable("needs mvn (Debian's maven) to be fetched")
    folder = target.parent / "fetching"
    shutil.rmtree(folder / "jars", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pom.xml").write_text(project(version))
    copy_jars(program, folder)
    (folder / "jars").rename(target)
    shutil.rmtree(folder)


def project(version: str) -> str:
    versions = {"org.apache.kafka:kafka_2.13": version, "org.slf4j:slf4j-simple": "1.7.36"}
    dependencies = "".join(dependency(name, number) for name, number in versions.items())
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>busuu</groupId>"
        "<artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>"
        f"<dependencies>{dependencies}</dependencies></project>\n"
    )


def dependency(name: str, version: str) -> str:
    group, artifact = name.split(":")
    return (
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version></dependency>"
    )


def copy_jars(program: str, folder: Path) -> None:
    options = ["-B", "-q", "-Dstyle.color=never", f"-Dmaven.repo.local={folder / 'repository'}"]
    try:
        done = subprocess.run(
            [program, *options, PLUGIN, "-DincludeScope=runtime", "-DoutputDirectory=jars"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=folder,
            timeout=FETCH_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"mvn did not fetch it in {FETCH_SECONDS} s") from None
    if done.returncode != 0:
        raise Unavailable(f"mvn does not fetch it: {first_line(done.stdout)[:200]}")


def first_line(output: str) -> str:
    lines = re.sub(r"\x1b\[[0-9;]*m", "", output).splitlines()
    texts = (line.removeprefix("[ERROR]").strip() for line in lines)
    return next(filter(None, texts), "it says nothing")
