"""The entry of `python3 docker/engines`. Python runs the folder; we import it as a package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engines.command_line import main

sys.exit(main())
