"""Run a module with a clock that is ahead: `python -m tests.faults.skewed SECONDS MODULE …`."""

import runpy
import sys
import time

import time_machine


def main() -> None:
    seconds, module, *arguments = sys.argv[1:]
    time_machine.travel(time.time() + float(seconds), tick=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
