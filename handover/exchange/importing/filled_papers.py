"""Workbooks of knowledge that come home filled in: the answers of an interview, and what verifications showed.

Each sheet becomes an act of its own, as when it is typed back in the window; what can't be taken is told with its
reason, and the others are taken all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from handover.errors import HandoverError, UnusableFile
from handover.exchange.programs.own_export import Export, ExportedSheet, read_export
from handover.exchange.programs.recognise import MARK_SHEET
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import Source, open_source
from handover.i18n import N_, in_language, tr, trn
from handover.jobs import Progress, unattended
from handover.model import KnowledgeItem, Project
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.registers import entry
from handover.registers.acts import editing
from handover.registers.acts.taking import key_of
from handover.registers.catalogue import register
from handover.registers.knowing.questions import ASKED_SHEET, asked_item, note_answers
from handover.registers.knowing.results import RESULT_FIELDS, RESULT_SHEET
from handover.store import Workspace
from handover.values.cells import as_text, folded

_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class PaperRefusal:
    """What a sheet or a row of the workbook says that can't be taken, and why."""

    ref: str
    reason: str


@dataclass
class FilledIn:
    """What came of a workbook: the references of the items or receivers that something was taken for."""

    taken: list[str] = field(default_factory=list)
    refused: list[PaperRefusal] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What was taken, as a sentence."""
        refs = ", ".join(self.taken) or "–"
        return trn("{n} sheet taken: {refs}.", "{n} sheets taken: {refs}.", len(self.taken), refs=refs)


def take_answers(workspace: Workspace, project: Project, path: Path, progress: Progress = unattended) -> FilledIn:
    """Write the answers in an interview guide that was filled in as a workbook into its items.

    Raises:
        UnusableFile: it can't be read, or is no guide of this project.
    """
    done = FilledIn()
    for sheet, grid in _sheets(path, project, ASKED_SHEET, progress):
        ref = sheet.register.removeprefix(ASKED_SHEET)
        try:
            with workspace.read() as connection:
                key = key_of(connection, project.id, ref, KnowledgeItem, N_("{ref} is no knowledge item."))
                asked = asked_item(connection, key).questions()
            answers = _answers(grid, sheet, asked)
            if any(answers.values()):
                note_answers(workspace, project.id, key, answers)
                done.taken.append(ref)
        except HandoverError as error:
            done.refused.append(PaperRefusal(ref, str(error)))
    return done


def take_results(workspace: Workspace, project: Project, path: Path, progress: Progress = unattended) -> FilledIn:
    """Record what a workbook of verification sheets says of each receiver; rows that nobody filled in are passed by.

    Raises:
        UnusableFile: it can't be read, or holds no sheets of this project.
    """
    done = FilledIn()
    for sheet, grid in _sheets(path, project, RESULT_SHEET, progress):
        for ref, said in _results(grid, sheet):
            try:
                with workspace.read() as connection:
                    values = _verification(connection, project.id, ref, said)
                editing.add(workspace, register("verifications"), project.id, values)
                done.taken.append(ref)
            except HandoverError as error:
                done.refused.append(PaperRefusal(ref, str(error)))
    return done


def _sheets(path: Path, project: Project, key: str, progress: Progress) -> Iterator[tuple[ExportedSheet, Grid]]:
    source = open_source(path, progress)
    export = _export(source)
    found = [] if export is None else [each for each in export.sheets.values() if each.register.startswith(key)]
    if export is None or not found:
        raise UnusableFile(N_("{file} isn't a workbook of this kind that Handover wrote."), file=source.file)
    if export.project not in (project.id, project.code):
        raise UnusableFile(N_("{file} was written from another project."), file=source.file)
    for each in found:
        yield each, read_grid(source, each.sheet, progress)


def _export(source: Source) -> Export | None:
    marks = next((s.name for s in source.sheets if s.name.casefold() == MARK_SHEET), None)
    return read_export(read_grid(source, marks)) if marks is not None else None


def _lines(grid: Grid, sheet: ExportedSheet) -> Iterator[dict[str, str]]:
    """The rows below the headings, as texts by field."""
    for cells in grid.rows[sheet.header_row :]:
        yield {name: as_text(cells[n]).strip() if n < len(cells) else "" for n, name in sheet.fields.items()}


def _answers(grid: Grid, sheet: ExportedSheet, asked: Mapping[str, str]) -> dict[str, str]:
    """The answers by the keys of their questions, which stand there in one language or in both."""
    by_words: dict[str, str] = {}
    for code in _LANGUAGES:
        with in_language(code):
            by_words |= {folded(tr(question)): key for key, question in asked.items()}
    found: dict[str, str] = {}
    for line in _lines(grid, sheet):
        words = folded(line.get("question", ""))
        key = by_words.get(words) or next((k for w, k in by_words.items() if w in words), None)
        if key is not None and line.get("answer"):
            found[key] = line["answer"]
    return found


def _results(grid: Grid, sheet: ExportedSheet) -> Iterator[tuple[str, dict[str, str]]]:
    for line in _lines(grid, sheet):
        said = {name: text for name in RESULT_FIELDS if (text := line.get(name, ""))}
        if line.get("ref") and set(said) - {"pass_mark"}:  # the pass mark stands there from the beginning
            yield line["ref"], said


def _verification(
    connection: Connection, project_id: str, ref: str, said: Mapping[str, str]
) -> dict[str, Any]:  # Any: what fields hold
    verifications = register("verifications")
    receiver = key_of(connection, project_id, ref, KnowledgeReceiver, N_("{ref} is no receiver of knowledge."))
    values = {name: entry.parse(connection, project_id, verifications[name], text) for name, text in said.items()}
    return {"receiver": receiver, **values}
