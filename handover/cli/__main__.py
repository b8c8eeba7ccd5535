"""The command ``handover``: the language, the errors and the exit codes of all its commands."""

from __future__ import annotations

import sys
import traceback
from typing import NoReturn

from handover import i18n, preview
from handover.cli.exits import DONE, FAULT, INTERRUPTED, UNUSABLE, WRONG_USE
from handover.cli.talk import plain
from handover.errors import Cancelled, HandoverError, NotFound, NotLawful, NotValid
from handover.exchange.reading.limits import CHILD_ARGUMENT
from handover.i18n import tr


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code; see ``handover.cli.exits``."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == [CHILD_ARGUMENT]:  # a frozen program starts itself to read a workbook under limits
        from handover.exchange.reading import child

        sys.exit(child.main())
    if words[:1] == [preview.CHILD_ARGUMENT]:  # and another time to draw a page
        from handover.preview import child as artist

        sys.exit(artist.main())
    if not words:  # the window needs none of the commands, nor what they load
        from ui.__main__ import open_window

        sys.exit(open_window([]))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    i18n.use(_language(words) or i18n.system_language())
    # The commands carry their help texts, so that they are imported once the language is known.
    from handover.cli.commands import app

    try:
        app(words, prog_name="handover")
    except (NotFound, NotValid, NotLawful) as error:
        _say(error)
        sys.exit(WRONG_USE)
    except (Cancelled, KeyboardInterrupt):
        print(tr("Stopped. Nothing was changed."), file=sys.stderr)  # noqa: T201 - the command line speaks by printing
        sys.exit(INTERRUPTED)
    except HandoverError as error:
        _say(error)
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except Exception:  # noqa: BLE001 - the last place where a fault can be told from a result
        print(tr("A fault of the program stopped it. Please report it with these lines:"), file=sys.stderr)  # noqa: T201
        print(plain(traceback.format_exc()), file=sys.stderr)  # noqa: T201 - as above
        sys.exit(FAULT)
    sys.exit(DONE)


def _language(words: list[str]) -> str:
    for at, word in enumerate(words):
        if word == "--speak" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--speak="):
            return word.partition("=")[2]
    return ""


def _say(error: HandoverError) -> None:
    for text in filter(None, (str(error), error.detail)):
        print(plain(text), file=sys.stderr)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
