"""Fetch tools with their ordinary clients. Each function returns why a tool is missing, or ""."""

import shutil
import sys
from functools import cache
from pathlib import Path

from tests.clients.running import HERE, WORK, Failed, run

GENERATOR = "7.22.0"
_ARTIFACT = f"org.openapitools:openapi-generator-cli:{GENERATOR}"
JAR = WORK / f"openapi-generator-cli-{GENERATOR}.jar"
VENV = WORK / "venv"


@cache
def npm() -> str:
    if not (shutil.which("node") and shutil.which("npm")):
        return "there is no node with npm"
    wanted, installed = HERE / "package.json", WORK / "package.json"
    if _same(wanted, installed) and (WORK / "node_modules").exists():
        return ""
    WORK.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy(wanted, installed)
        run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
    except Failed as error:
        installed.unlink(missing_ok=True)
        return f"npm could not install the tools: {_last(error)}"
    return ""


@cache
def generator() -> str:
    if not (shutil.which("java") and shutil.which("mvn")):
        return "there is no java with mvn"
    if JAR.exists():
        return ""
    copy = f"-Dartifact={_ARTIFACT}:jar"
    WORK.mkdir(parents=True, exist_ok=True)
    try:
        run("mvn", "-q", "dependency:get", copy)
        run("mvn", "-q", "dependency:copy", copy, f"-DoutputDirectory={WORK}")
    except Failed as error:
        return f"mvn could not fetch openapi-generator: {_last(error)}"
    return ""


@cache
def python() -> str:
    wanted, installed = HERE / "requirements.txt", WORK / "requirements.txt"
    if _same(wanted, installed) and VENV.exists():
        return ""
    WORK.mkdir(parents=True, exist_ok=True)
    try:
        run(sys.executable, "-m", "venv", "--clear", VENV)
        run(VENV / "bin" / "pip", "install", "-q", "-r", wanted)
    except Failed as error:
        return f"pip could not install the tools: {_last(error)}"
    shutil.copy(wanted, installed)
    return ""


def generator_and_npm() -> str:
    return generator() or npm()


def generator_and_python() -> str:
    return generator() or python()


def generator_and_maven() -> str:
    return generator()


def _same(wanted: Path, installed: Path) -> bool:
    return installed.exists() and wanted.read_bytes() == installed.read_bytes()


def _last(error: Failed) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
