"""Inspection records, test records, check lists and training sheets as the forms that they are: one import of the table
with what the head says of its rows, and of what the head is about.

A record of measured parameters is parted into parameters and their readings, which take day, inspector, witness and
instrument of the head. A record of the steps of a test brings the test itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handover.exchange.columns.head_labels import HeadFact, head_facts, telling
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.dry_run.compared import ImportedFile
from handover.exchange.dry_run.comparing import RehearsedSheet, rehearse_lines
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.exchange.importing.form_head import FormHead, fill, first_row
from handover.exchange.importing.rehearse import rehearse_table
from handover.exchange.lists.best_list import ListChoice
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.rows.incoming import Lines
from handover.exchange.rows.lines import lines_of
from handover.exchange.tables.finding import Table
from handover.exchange.tables.forms import Form, form_of
from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.registers.catalogue import register
from handover.registers.declare import Register
from handover.store.workspace import Workspace
from handover.values.cells import Cell, as_text, is_nothing

#: Registers whose rows a head tells by what it says of another: the columns they need, and what has to be said.
_TOLD = (
    ("test-steps", "tests", {"action", "actual"}, {"code", "title"}),
    ("trainings", "trainings", {"person"}, {"course"}),
)
#: In which state rows come that a sheet of signatures tells of.
_COMES_AS = {"trainings": ("status", "attended")}
#: What a record says of a reading in the columns of a list of parameters.
_READ = {"measured": "value", "measured_at": "taken_at"}


def rehearse_form(
    workspace: Workspace,
    project: Project,
    file: ImportFile,
    choice: ListChoice,
    options: ImportOptions | None = None,
    progress: Progress = unattended,
) -> DryRun | SheetsDryRun:
    """The dry run of the table in hand; where its sheet is a form, with what the head says.

    Raises:
        Cancelled: the user stopped it.
    """
    options = options or ImportOptions()
    form = _form_of_rows(file, choice.table, progress)
    if form is None:
        return rehearse_table(workspace, project, file, choice, options, progress)
    taking = _FormTaking(workspace, project, file, choice, options, form, progress)
    if choice.register.key == "parameters":
        return taking.with_readings()
    if choice.register.key == "test-steps" and "trial" not in choice.mapping.by_field:
        return taking.with_its_test()
    return taking.alone()


def register_of_form(file: ImportFile, table: Table, progress: Progress = unattended) -> Register | None:
    """The register of the rows of a form, where its head says what they are of; None where the table has to say it."""
    form = _form_of_rows(file, table, progress)
    if form is None:
        return None
    for key, about, needed, told in _TOLD:
        rows, owner = register(key), register(about)
        named = {fact.field for fact in head_facts(form.head, owner)} & told
        if named and needed <= file.mapping(rows, table, progress).by_field.keys():
            return rows
    return None


def _form_of_rows(file: ImportFile, table: Table, progress: Progress) -> Form | None:
    """The form that a table is of, where its head says something of each row; a list that we wrote is none."""
    form = form_of(file.grid(table.sheet, progress), table) if file.export is None else None
    return form if form is not None and form.kind is not None and form.kind.of_rows else None


class _FormTaking:
    """A form on its way into one register or two."""

    def __init__(
        self,
        workspace: Workspace,
        project: Project,
        file: ImportFile,
        choice: ListChoice,
        options: ImportOptions,
        form: Form,
        progress: Progress,
    ) -> None:
        self.workspace, self.project, self.file, self.choice = workspace, project, file, choice
        self.options, self.form, self.progress = options, form, progress
        self.facts = head_facts(form.head, choice.register, telling(choice.register) | choice.mapping.by_field.keys())

    def alone(self) -> DryRun:
        """The rows of the table, each with what the head says; who isn't in the register yet was there."""
        if not self.facts:
            return self._table(None)
        run = self._table(FormHead(self.facts))
        state = _COMES_AS.get(self.choice.register.key)
        if state is None or state[0] in self.choice.mapping.by_field:
            return run
        return self._table(FormHead(self.facts, state=(*state, _new_rows(run))))

    def with_readings(self) -> DryRun | SheetsDryRun:
        """Parameters, and apart from them their readings where the head says something of these."""
        readings, by_field = register("readings"), self.choice.mapping.by_field
        of_readings = head_facts(self.form.head, readings, {_READ[key] for key in _READ if key in by_field})
        name = next((key for key in ("no", "name") if key in by_field), "")
        if not of_readings or not name or "measured" not in by_field:
            return self.alone()
        elsewhere = tuple((readings, fact) for fact in of_readings)
        parameters = self._table(FormHead(self.facts, elsewhere, frozenset(_READ)))
        grid, table = self.file.grid(self.choice.table.sheet), self.choice.table
        hidden = frozenset(row - 1 for row in self.options.hidden)
        lines = lines_of(grid, table, self.choice.mapping, self.options.corrections, hidden)
        read = _of_readings(lines, name)
        fill(read, of_readings, readings)
        into = {**_READ, name: "parameter"}
        columns = tuple(replace(m, field=into.get(m.field, "")) for m in self.choice.mapping.columns)
        measured = self._rows(readings, read, ColumnMapping(readings.key, columns), (parameters,))
        return self._both(parameters, measured)

    def with_its_test(self) -> DryRun | SheetsDryRun:
        """The steps, and before them the test that the head names."""
        tests = register("tests")
        head = head_facts(self.form.head, tests)
        told = {fact.field: fact.said.value for fact in head}
        called = next((told[key] for key in ("code", "title") if key in told), None)
        if called is None:
            return self.alone()
        cells: dict[str, list[Cell]] = {key: [value] for key, value in told.items()}
        cells.setdefault("title", [called])
        lines = Lines([first_row(self.form.head)], cells, headings={fact.field: fact.said.label for fact in head})
        test = self._rows(tests, lines, ColumnMapping(tests.key, ()), ())
        if "result" in self.choice.mapping.by_field and _new_rows(test):
            lines.cells["status"] = ["running"]
            test = self._rows(tests, lines, ColumnMapping(tests.key, ()), ())
        names = tuple(HeadFact("trial", each) for each in self.form.head if each.value is called)[:1]
        elsewhere = tuple((tests, fact) for fact in head)
        steps = self._table(FormHead((*self.facts, *names), elsewhere), (test,))
        return self._both(test, steps)

    def _table(self, head: FormHead | None, before: tuple[DryRun, ...] = ()) -> DryRun:
        return rehearse_table(
            self.workspace, self.project, self.file, self.choice, self.options, self.progress, before, head
        )

    def _rows(self, into: Register, lines: Lines, mapping: ColumnMapping, before: Sequence[DryRun]) -> DryRun:
        """The dry run of rows that come along with those of the table."""
        source, table = self.file.source, self.choice.table
        facts = ImportedFile(source.path, source.sha256, self.file.origin, table.sheet, table.header_row)
        options = replace(self.options, left_out=frozenset(), corrections={}, resolved={})
        return rehearse_lines(
            self.workspace, RehearsedSheet(self.project.id, into, facts, mapping, options, before=before), lines,
            self.progress,
        )  # fmt: skip

    def _both(self, first: DryRun, second: DryRun) -> SheetsDryRun:
        source = self.file.source
        return SheetsDryRun(ImportedFile(source.path, source.sha256, self.file.origin), [first, second])


def _new_rows(run: DryRun) -> frozenset[int]:
    """The rows, as Excel counts them, that aren't in the register yet."""
    found = run.found
    return frozenset(row for row, key in zip(found.incoming.rows, found.matched, strict=False) if key is None)


def _of_readings(lines: Lines, name: str) -> Lines:
    """The rows of a record in which something was measured, as readings of the parameters that they name."""
    places = [place for place, cell in enumerate(lines.cells["measured"]) if not is_nothing(cell)]
    taken = {**_READ, name: "parameter"}
    cells = {taken[key]: [told[p] for p in places] for key, told in lines.cells.items() if key in taken}
    cells["value"] = [as_text(cell) for cell in cells["value"]]
    return Lines(
        [lines.rows[p] for p in places], cells,
        {taken[key]: column for key, column in lines.columns.items() if key in taken},
        {taken[key]: heading for key, heading in lines.headings.items() if key in taken},
        date1904=lines.date1904,
    )  # fmt: skip
