"""What there is to see, one module a subject; a module in this folder with ``scenes()`` is drawn by itself.

The pages come first, as they are at a first start; what other scenes leave open on them would show.
"""

from __future__ import annotations

import importlib
import pkgutil

from tests.gallery.opening import Scenes


def every_scene() -> Scenes:
    """Everything there is to see on the sample workspace, by name."""
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    for name in sorted(names, key=lambda name: (name != "pages", name)):
        yield from importlib.import_module(f"{__name__}.{name}").scenes()
