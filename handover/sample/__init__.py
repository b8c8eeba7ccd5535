"""The sample project: a vehicle plant's body and battery lines on their way from commissioning into operation."""

from handover.sample.build import build

__all__ = ["build"]
