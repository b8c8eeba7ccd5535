"""A child of the program in a fifth of the memory that it may take: what it reads must fit, or be refused in words."""

from __future__ import annotations

import importlib
import os
import resource
import sys

MEMORY = 200 * 1024 * 1024
MODULE = "tests.small_child"
#: The variable that names the child's module.
WHICH = "SMALL_CHILD"


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return int(importlib.import_module(os.environ[WHICH]).main())


if __name__ == "__main__":
    sys.exit(main())
