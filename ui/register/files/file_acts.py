"""What the user does to the files of a row: add, link, paste, open, save, name, move, remove, find again."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from handover import clock
from handover.errors import HandoverError
from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.registers.declare import Register
from handover.registers.files import attachments
from handover.registers.files.attached_files import FileRow, files_of
from handover.registers.files.attachments import Attached
from handover.registers.files.opening_files import ToOpen, program_of, save_as, to_open
from handover.store.files.attached import Carried
from ui.register.files.file_name import FileName
from ui.settings import largest_file
from ui.shell.another_name import write_file
from ui.shell.message import Message, MessageChoice
from ui.shell.page import Context


def local_files(data: QMimeData) -> list[Path]:
    """The files of this machine that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileActs(QObject):
    """Acts on the files of one row.

    Attributes:
        row_id: whose files they are.
        dialog: what was shown last, so that tests find it.
    """

    def __init__(self, context: Context, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._register, self._parent = context, register, parent
        self.row_id = ""
        self.dialog: QDialog | None = None

    # -- adding -------------------------------------------------------------------------------------------------

    def choose(self, *, link: bool = False) -> None:
        """Ask which files to attach, or to link."""
        dialog = QFileDialog(self._parent, tr("Link files") if link else tr("Attach files"), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(tr("All files (*)"))
        dialog.filesSelected.connect(lambda paths: self.add([Path(p) for p in paths], link=link))
        self._show(dialog)

    def add(self, paths: Sequence[Path], *, link: bool = False) -> None:
        """Attach or link files; those that can't be are told, and the others offered."""
        if not paths:
            return
        self._context.settings.put("files/folder", str(paths[0].parent))
        good, unfit = attachments.sift(paths, 0 if link else largest_file(self._context.settings))
        if not unfit:
            self._take(good, link=link)
            return
        reasons = "\n".join(str(u.reason) for u in unfit)
        others = MessageChoice(
            trn("Attach the other file", "Attach the other {n} files", len(good)),
            lambda: self._take(good, link=link),
            "primary",
        )
        title = trn("{n} file can't be attached", "{n} files can't be attached", len(unfit))
        choices = (others, MessageChoice(tr("Cancel"))) if good else (MessageChoice(tr("Close")),)
        shown, rest = reasons.split("\n")[:5], len(unfit) - 5
        sentence = "\n".join([*shown, *([tr("… and {n} more", n=rest)] if rest > 0 else [])])
        self._show(Message(title, sentence, *choices, tone="warning", detail=reasons if rest > 0 else "",
                           parent=self._parent))  # fmt: skip

    def _take(self, paths: Sequence[Path], *, link: bool, done: Callable[[], None] | None = None) -> None:
        workspace, project, row = self._context.workspace, self._context.project.id, self.row_id
        pairs = [(row, path) for path in paths]
        most = largest_file(self._context.settings)

        def work(progress: Progress) -> Attached:
            if link:
                return attachments.link(workspace, self._register, project, pairs, progress)
            return attachments.attach(workspace, self._register, project, pairs, progress, most=most)

        def told(made: Attached) -> None:
            sentence = trn("{n} file linked.", "{n} files linked.", len(made.ids)) if link else trn(
                "{n} file attached.", "{n} files attached.", len(made.ids)
            )  # fmt: skip
            for before, after in made.renamed[:3]:
                sentence += " " + tr("“{before}” is kept as “{after}”.", before=before, after=after)
            self._context.tell(sentence, undo=True)

        job = self._context.run_job(tr("Linking files") if link else tr("Attaching files"), work, done=told)
        if done is not None:
            job.ended.connect(done)

    def drop(self, data: QMimeData, *, link: bool = False) -> None:
        """Take what was dropped or pasted: files, or a picture."""
        paths = local_files(data)
        if paths:
            self.add(paths, link=link)
        elif data.hasImage():
            image = QImage(data.imageData())
            if not image.isNull():
                self._take_picture(image)
        else:
            self._context.tell(tr("There is no file and no picture on the clipboard."))

    def paste(self) -> None:
        """Attach the files on the clipboard, or the picture as ``photo-2026-11-18-1.png``."""
        self.drop(QGuiApplication.clipboard().mimeData())

    @staticmethod
    def takes(data: QMimeData) -> bool:
        """Whether something of this can be attached."""
        return bool(local_files(data)) or data.hasImage()

    def _take_picture(self, image: QImage) -> None:
        folder = Path(tempfile.mkdtemp(prefix="handover-paste-"))
        path = folder / self._photo_name()
        if image.save(str(path)):
            self._take([path], link=False, done=lambda: shutil.rmtree(folder, ignore_errors=True))
        else:
            shutil.rmtree(folder, ignore_errors=True)
            self._context.complain(HandoverError(N_("The picture on the clipboard can't be used.")))

    def _photo_name(self) -> str:
        taken = {f.name for f in files_of(self._context.workspace, self.row_id)}
        names = (f"photo-{clock.today().isoformat()}-{n}.png" for n in itertools.count(1))
        return next(name for name in names if name not in taken)

    # -- using --------------------------------------------------------------------------------------------------

    def open(self, file: FileRow) -> None:
        """Open a file in its own program; a program only when the user says so."""
        program = program_of(file)
        if not program:
            self._open(file)
            return
        sentence = tr(
            "“{name}” is a program ({suffix}). It can do whatever you can do. Open it only if you know who made it.",
            name=file.name,
            suffix=program if program != "?" else tr("without a suffix"),
        )
        run = MessageChoice(tr("Open the program"), lambda: self._open(file), "danger")
        self._show(Message(tr("Open a program?"), sentence, run, MessageChoice(tr("Cancel")), tone="warning",
                           parent=self._parent))  # fmt: skip

    def _open(self, file: FileRow) -> None:
        self._context.run_job(
            tr("Opening {file}", file=file.name), lambda progress: to_open(file, progress), done=self._hand_over
        )

    def _hand_over(self, ready: ToOpen) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(ready.path))):
            self._context.complain(
                HandoverError(N_("No program opens “{name}”. Save it and open it there."), name=ready.path.name)
            )

    def save(self, file: FileRow) -> None:
        """Ask where, and write a file there."""
        dialog = QFileDialog(self._parent, tr("Save as"), str(Path(self._folder()) / file.name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.save_to(file, Path(path)))
        self._show(dialog)

    def save_to(self, file: FileRow, target: Path) -> None:
        """Write a file where the user wants it."""
        write_file(
            self._context,
            self._parent,
            target,
            lambda path, progress: save_as(file, path, progress),
            lambda path, _none: self._context.tell(tr("Saved as {file}", file=str(path))),
        )

    # -- changing -----------------------------------------------------------------------------------------------

    def rename(self, file: FileRow) -> None:
        """Ask for another name and caption."""

        def store(name: str, caption: str) -> None:
            attachments.change(self._context.workspace, self._context.project.id, file.id, name=name, caption=caption)

        self._show(FileName(file.name, file.caption, store, self._parent))

    def move(self, file: FileRow, places: int) -> None:
        """Move a file up or down among the files of its row."""
        self._context.act(lambda: attachments.move(self._context.workspace, self._context.project.id, file.id, places))

    def remove(self, files: Sequence[FileRow]) -> None:
        """Put files into the bin."""
        ids = [file.id for file in files]
        gone = self._context.act(lambda: attachments.detach(self._context.workspace, self._context.project.id, ids))
        if gone:
            self._context.tell(trn("{n} file removed.", "{n} files removed.", gone), undo=True)

    def restore(self, files: Sequence[FileRow]) -> None:
        """Take files out of the bin."""
        ids = [file.id for file in files]
        back = self._context.act(lambda: attachments.restore(self._context.workspace, self._context.project.id, ids))
        if back:
            self._context.tell(trn("{n} file restored.", "{n} files restored.", back), undo=True)

    # -- what is missing ----------------------------------------------------------------------------------------

    def renew(self, file: FileRow, path: Path | None = None) -> None:
        """Take a linked file as it is now, or from where it lies now."""
        workspace, project = self._context.workspace, self._context.project.id
        self._context.run_job(
            tr("Reading {file}", file=file.name),
            lambda progress: attachments.renew(workspace, project, file.id, path, progress),
            done=lambda _none: self._context.tell(tr("“{name}” is linked as it is now.", name=file.name), undo=True),
        )

    def point(self, file: FileRow) -> None:
        """Ask where a linked file lies now."""
        dialog = QFileDialog(self._parent, tr("Where {file} lies now", file=file.name), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.renew(file, Path(path)))
        self._show(dialog)

    def find(self) -> None:
        """Ask in which folder missing files may lie."""
        dialog = QFileDialog(self._parent, tr("Folder in which the missing files lie"), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.find_in(Path(path)))
        self._show(dialog)

    def find_in(self, folder: Path) -> None:
        """Bring missing files back from a folder."""
        workspace = self._context.workspace

        def told(found: Carried) -> None:
            if found.missing:
                self._context.tell(trn("{n} file is still missing.", "{n} files are still missing.", found.missing))
            else:
                self._context.tell(tr("All files are there again."))
            self._context.changed.emit(frozenset({"attachment"}))

        self._context.run_job(
            tr("Looking for files"), lambda progress: attachments.find_again(workspace, folder, progress), done=told
        )

    # -- within -------------------------------------------------------------------------------------------------

    def _folder(self) -> str:
        known = str(self._context.settings.get("files/folder", "") or "")
        return known if known and Path(known).is_dir() else str(self._context.workspace.path.parent)

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
