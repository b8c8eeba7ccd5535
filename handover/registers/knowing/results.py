"""What a sheet of verification asks for, as it is typed back: the fields of a verification, in their order."""

from __future__ import annotations

#: The key of the sheet in a workbook on which the results of several receivers are filled in.
RESULT_SHEET = "results"
RESULT_FIELDS = (
    "result", "level", "verifier", "witness", "verified_on", "method", "score", "pass_mark", "valid_until", "evidence",
    "next_step", "notes",
)  # fmt: skip
