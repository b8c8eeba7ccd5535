"""Reads the files of strangers and prints what each came to: ``python -m tests.corpus``."""

from __future__ import annotations

from tests.corpus.reading import expectations, read
from tests.strangers import CORPUS


def main() -> int:
    """Print what every file came to."""
    if not CORPUS.is_dir():
        print("There is no corpus here; HANDOVER_CORPUS may name its folder.")
        return 0
    results = [read(CORPUS, name, expected) for name, expected in expectations().items()]
    for result in results:
        print(f"{'ok ' if not result.differences else 'BAD'} {result.name}: {result.summary}")
        for difference in result.differences:
            print(f"      {difference}")
    right = sum(not r.differences for r in results)
    print(f"{right} of {len(results)} files are read right without any correction ({right / len(results):.0%}).")
    return 0 if right == len(results) else 1


raise SystemExit(main())
