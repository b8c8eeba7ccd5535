"""The tones in which something is shown."""

from typing import Literal

Tone = Literal["ok", "warning", "danger", "info", "neutral"]
