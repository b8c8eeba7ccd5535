"""The sample project: a vehicle plant's body and battery lines on their way from commissioning into operation."""

from typing import Final

from handover.sample.workspace import build

#: What the sample workspace is called where nobody names it.
FILE_NAME: Final = "Sample.handover"

__all__ = ["FILE_NAME", "build"]
