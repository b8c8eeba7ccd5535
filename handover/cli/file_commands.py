"""Commands on the files of rows: attach or link them, list them, find them again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.cli.documents.folder_command import FolderWanted, attach_folder
from handover.cli.exits import FINDINGS
from handover.errors import NotFound, NotLawful
from handover.i18n import N_, tr, trn
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.files import attachments
from handover.registers.files.attached_files import FileRow, Presence, files_of, files_of_project
from handover.store.files.incoming_file import LARGEST, size_words
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "attach",
        help=tr(
            "Attach files to a row: copies of them are kept beside the workspace; or link them where they lie. "
            "With a folder in the place of the row, find the row of each file in it and attach those that are sure; "
            "exit code 1 where some are left. JSON: {shape}, of a folder {folder}.",
            shape='{"attached":[{"ref","name"}]}',
            folder='{"dry_run","attached","counts","missing","unfit","files":[{"path","verdict","ref","revision",'
            '"confidence","by","note","near"}]}',
        ),
    )(attach)
    app.command(
        "files",
        help=tr(
            "List the files of a row or of all rows and tell which are missing or changed; exit code 1 where some are. "
            "JSON: a list of {shape}.",
            shape='{"ref","row","name","kept","size","sha256","media_type","caption","presence","added_on","added_by",'
            '"path"}',
        ),
    )(files)


def attach(
    workspace: WorkspaceFile,
    target: Annotated[
        str, typer.Argument(help=tr("The reference of the row, such as DOC-0042, or a folder."), metavar="REF|FOLDER")
    ],
    project: ProjectCode,
    paths: Annotated[list[Path] | None, typer.Argument(help=tr("The files of the row."), metavar="[FILE...]")] = None,
    link: Annotated[bool, typer.Option("--link", help=tr("Leave the files where they lie."))] = False,
    largest: Annotated[
        int, typer.Option(help=tr("The bytes that a file may have that is copied; 0 without limit."), metavar="BYTES")
    ] = LARGEST,
    register: Annotated[
        str, typer.Option(help=tr("The register of whose rows the files of the folder are."), metavar="REGISTER")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=tr("Only say what would be attached from the folder."))
    ] = False,
    read_all: Annotated[
        bool, typer.Option("--read-all", help=tr("Read the first page of every PDF, also where its name is enough."))
    ] = False,
    listed_in: Annotated[
        Path | None, typer.Option("--list", help=tr("Write what was found in the folder as CSV."), metavar="FILE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Attach files to a row, all of them or none; or those of a folder to their rows."""
    if not paths:
        if not Path(target).is_dir():
            raise NotFound(N_("There is no folder {folder}."), folder=target)
        wanted = FolderWanted(Path(target), register, link, largest, dry_run, read_all, listed_in)
        attach_folder(workspace, project, wanted, as_json=as_json)
        return
    with at_work(workspace) as opened:
        owner = opened.project(project)
        of, key = row_of(opened, owner.id, target)
        pairs = [(key, path) for path in paths]
        if link:
            made = attachments.link(opened, of, owner.id, pairs, talk.progress(), source="cli")
        else:
            made = attachments.attach(opened, of, owner.id, pairs, talk.progress(), most=largest, source="cli")
        rows = [row for row in files_of(opened, key) if row.id in made.ids]
    if as_json:
        talk.data({"attached": [{"ref": row.ref, "name": row.name} for row in rows]})
        return
    for before, after in made.renamed:
        talk.line(tr("“{before}” is kept as “{after}”.", before=before, after=after))
    sentence = (
        trn("{n} file was linked to {ref}.", "{n} files were linked to {ref}.", len(rows), ref=target.upper())
        if link
        else trn("{n} file was attached to {ref}.", "{n} files were attached to {ref}.", len(rows), ref=target.upper())
    )
    talk.line(sentence)


def files(
    workspace: WorkspaceFile,
    project: ProjectCode,
    ref: Annotated[str, typer.Argument(help=tr("The reference of one row; all without it."), metavar="[REF]")] = "",
    find_in: Annotated[
        Path | None,
        typer.Option("--find-in", help=tr("Bring missing files back from this folder first."), metavar="FOLDER"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the files of a row, or of all rows of a project."""
    with Workspace.open(workspace, "read") if find_in is None else at_work(workspace) as opened:
        owner = opened.project(project)
        if find_in is not None:
            if not find_in.is_dir():
                raise NotFound(N_("There is no folder {folder}."), folder=str(find_in))
            attachments.find_again(opened, find_in, talk.progress())
        if ref:
            found = files_of(opened, row_of(opened, owner.id, ref)[1], talk.progress())
        else:
            found = files_of_project(opened, owner.id, talk.progress())
        refs = _refs(opened, owner.id, {row.owner_id for row in found})
    if as_json:
        talk.data([_plain(row, refs) for row in found])
    else:
        _print(found, refs)
    if any(row.presence is not Presence.HERE for row in found):
        raise typer.Exit(FINDINGS)


def row_of(workspace: Workspace, project_id: str, ref: str) -> tuple[Register, str]:
    """The register and the key of a row by its reference.

    Raises:
        NotFound: there is no such row.
        NotLawful: rows of its register take no files.
    """
    wanted = ref.strip().upper()
    for register in registers():
        if wanted.startswith(f"{register.model.prefix}-"):
            model = register.model
            with workspace.read() as connection:
                key = connection.execute(
                    select(model.id).where(model.project_id == project_id, model.ref == wanted)
                ).scalar()
            if key is None:
                break
            if not register.files:
                raise NotLawful(N_("Rows of {register} take no files."), register=register.label)
            return register, key
    raise NotFound(N_("There is no row {ref}."), ref=ref)


def _refs(workspace: Workspace, project_id: str, keys: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for register in registers():
        if register.files:
            model = register.model
            with workspace.read() as connection:
                rows = connection.execute(select(model.id, model.ref).where(model.project_id == project_id))
                found.update((key, ref) for key, ref in rows if key in keys)
    return found


def _plain(row: FileRow, refs: dict[str, str]) -> dict[str, object]:
    return {
        "ref": row.ref,
        "row": refs.get(row.owner_id, ""),
        "name": row.name,
        "kept": row.kept,
        "size": row.size,
        "sha256": row.sha256,
        "media_type": row.media_type,
        "caption": row.caption,
        "presence": row.presence.value,
        "added_on": row.added_on,
        "added_by": row.added_by,
        "path": str(row.place),
    }


def _print(found: list[FileRow], refs: dict[str, str]) -> None:
    headings = [tr("Ref."), tr("Row"), tr("Name"), tr("Size"), tr("Kept"), tr("Added on"), tr("By")]
    rows = [
        [row.ref, refs.get(row.owner_id, ""), row.name[:60], size_words(row.size),
         tr("Linked") if row.kept == "linked" else tr("Stored"), row.added_on[:10], row.added_by]
        for row in found
    ]  # fmt: skip
    talk.table(headings, rows)
    for row in found:
        if row.remark:
            talk.line(f"{row.ref} {row.name}: {row.remark}")
    talk.line(trn("{n} file", "{n} files", len(found)))
