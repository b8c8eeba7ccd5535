"""``python -m handover``: the same as the command ``handover``."""

from handover.cli.__main__ import main

main()
