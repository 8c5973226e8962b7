"""The checks: linters, generated clients that take a lesson, and judges of GraphQL."""

import json
import shutil
import sys

from tests.clients.fetching import JAR, VENV
from tests.clients.running import HERE, ROOT, SCHEMA, WORK, Failed, copied, run

__all__ = ["Failed"]
_TSCONFIG = {
    "compilerOptions": {
        "target": "ES2022",
        "module": "NodeNext",
        "moduleResolution": "NodeNext",
        "lib": ["ES2022", "DOM", "DOM.Iterable"],
        "types": ["node"],
        "strict": True,
        "outDir": "out",
    },
    "include": ["*.ts", "generated/**/*.ts"],
}
_NPX = ("npx", "--no-install")


def redocly(_url: str) -> None:
    (WORK / "redocly.yaml").write_text("extends: [recommended-strict]\n", encoding="utf-8")
    run(*_NPX, "redocly", "lint", "--config", "redocly.yaml", SCHEMA, REDOCLY_TELEMETRY="off")


def spectral(_url: str) -> None:
    (WORK / "spectral.yaml").write_text('extends: ["spectral:oas"]\n', encoding="utf-8")
    run(*_NPX, "spectral", "lint", "-r", "spectral.yaml", "--fail-severity", "hint", SCHEMA)


def relay(_url: str) -> None:
    folder = WORK / "relay"
    copied("Lesson.js", folder)
    config = {"src": "./relay", "schema": "./schema.graphql", "language": "javascript"}
    shutil.copy(ROOT / "docs" / "schema.graphql", WORK / "schema.graphql")
    (WORK / "relay.config.json").write_text(json.dumps(config), encoding="utf-8")
    run(*_NPX, "relay-compiler", "relay.config.json")
    if not (folder / "__generated__" / "LessonQuery.graphql.js").exists():
        raise Failed("relay-compiler wrote no artifact")


def audit(url: str) -> None:
    run("node", copied("audit.mjs", WORK), f"{url}/graphql")


def types(_url: str) -> None:
    folder = WORK / "types"
    (folder / "generated").mkdir(parents=True, exist_ok=True)
    run(*_NPX, "openapi-typescript", SCHEMA, "-o", folder / "generated" / "types.ts")
    _typescript("types", "lesson_types")


def fetch(_url: str) -> None:
    _generate("typescript-fetch", "fetch/generated", "importFileExtension=.js")
    _typescript("fetch", "lesson_fetch")


def _typescript(name: str, program: str) -> None:
    folder = WORK / name
    copied(f"{program}.ts", folder)
    (folder / "tsconfig.json").write_text(json.dumps(_TSCONFIG), encoding="utf-8")
    run(*_NPX, "tsc", "-p", folder)
    run("node", folder / "out" / f"{program}.js")


def generator(_url: str) -> None:
    # Without it, the client tries one shape after another and fails at another shape's `gaps`.
    _generate("python", "python", "useOneOfDiscriminatorLookup=true")
    run(VENV / "bin" / "python", copied("lesson_generator.py", WORK / "python"))


def httpx(_url: str) -> None:
    folder = WORK / "httpx"
    shutil.rmtree(folder, ignore_errors=True)
    generate = (VENV / "bin" / "openapi-python-client", "generate")
    run(*generate, "--path", SCHEMA, "--output-path", folder, "--config", HERE / "httpx.yaml")
    run(sys.executable, "-m", "compileall", "-q", folder)
    run(VENV / "bin" / "python", copied("lesson_httpx.py", folder))


def java(_url: str) -> None:
    _generate("java", "java", "library=native,useJakartaEe=true,openApiNullable=false")
    folder = WORK / "java"
    copied("TakeLesson.java", folder / "src" / "main" / "java")
    run("mvn", "-q", "-B", "compile", "-Dmaven.compiler.release=17", cwd=folder)
    classes = folder / "classpath"
    run(
        *("mvn", "-q", "-B", "dependency:build-classpath", f"-Dmdep.outputFile={classes}"),
        cwd=folder,
    )
    path = f"{folder / 'target' / 'classes'}:{classes.read_text(encoding='utf-8')}"
    run("java", "-cp", path, "TakeLesson")


def _generate(language: str, folder: str, properties: str = "") -> None:
    shutil.rmtree(WORK / folder, ignore_errors=True)
    command = ["java", "-jar", JAR, "generate", "-i", SCHEMA, "-g", language, "-o", WORK / folder]
    options = [f"--additional-properties={properties}"] if properties else []
    run(*command, *options)
