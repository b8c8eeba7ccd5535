"""Writes the next migration, up to what the models say now: ``python tests/new_migration.py "what changed"``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from alembic import command  # noqa: E402 - the path comes first
from sqlalchemy import create_engine  # noqa: E402

from handover.store import file as files  # noqa: E402
from handover.store.migrate import alembic_config  # noqa: E402

VERSION_FILE = ROOT / "handover" / "store" / "file.py"


def main(what: str) -> int:
    """Write the migration with the next number and raise SCHEMA_VERSION to it; 1 where the models ask for none."""
    number = files.SCHEMA_VERSION + 1
    with create_engine("sqlite://").begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        written = command.revision(config, message=what, autogenerate=True, rev_id=f"{number:04d}")
    path = Path(written.path)  # type: ignore[union-attr]  # one revision was asked for
    text = path.read_text(encoding="utf-8")
    if "op." not in text.partition("def upgrade")[2]:
        path.unlink()
        print("Nothing to migrate: the models say what the newest migration says. Nothing was written.")
        print("A new model must be a module of handover/model, so that it is found.")
        return 1
    path.write_text(text.replace("handover.model.base.Moment(", "sa.String("), encoding="utf-8")
    source = VERSION_FILE.read_text(encoding="utf-8")
    VERSION_FILE.write_text(
        re.sub(r"^SCHEMA_VERSION = \d+", f"SCHEMA_VERSION = {number}", source, flags=re.MULTILINE), encoding="utf-8"
    )
    print(f"Wrote {path.relative_to(ROOT)}. Read it: Alembic can't tell a renamed column from a new one.")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
