"""The dialog that writes invitations of sessions for calendars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from handover.i18n import tr, trn
from handover.pack.invitations import MailDraft
from handover.pack.knowing.session_mail import invite_to_sessions
from ui.shell.page import Context
from ui.transfer.into_folder import FolderDialog


class SessionInviteDialog(FolderDialog):
    """Writes a file for calendars (.ics) for each of some sessions into a folder."""

    def __init__(self, context: Context, sessions: Sequence[str], parent: QWidget) -> None:
        super().__init__(
            context,
            trn("Invite to {n} session", "Invite to {n} sessions", len(sessions)),
            tr("A file for calendars (.ics) is written. Written again after a change it replaces the former one."),
            parent,
        )
        self._sessions = list(sessions)
        self.ask_folder()

    def write(self) -> None:
        workspace, project, to, keys = (
            self.context.workspace,
            self.context.project.id,
            self.folder.path(),
            self._sessions,
        )
        self.work.run(
            tr("Writing the invitation"),
            lambda _progress: invite_to_sessions(workspace, project, keys, to),
            self._written,
            self.fail,
        )

    def _written(self, drafts: list[MailDraft]) -> None:
        said = trn("{n} invitation was written.", "{n} invitations were written.", len(drafts))
        nameless = list(dict.fromkeys(name for draft in drafts for name in draft.without_address))
        if nameless:
            said += " " + tr("Without an address: {names}.", names="; ".join(nameless))
        self.say_written(said, [draft.file for draft in drafts])
