"""What migration 0008 does with texts that become links: people, companies, and the milestones that things are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handover.i18n import N_, tr
from handover.store.upgrading.logged import UpgradeWork
from handover.values.cells import folded

#: The project's people and companies: the field, what it is called, and what a new row is besides its name.
_PEOPLE = (
    ("manager", N_("Project manager"), {"side": "project"}),
    ("operations_manager", N_("Operations manager"), {"side": "operations"}),
    ("chief_engineer", N_("Chief engineer"), {"side": "project"}),
)
_COMPANIES = (
    ("client", N_("Client"), {"side": "project", "role": "owner"}),
    ("contractor", N_("General contractor"), {"side": "project", "role": "contractor"}),
    ("commissioning", N_("Commissioning contractor"), {"side": "project", "role": "commissioning"}),
    ("operator", N_("Operator"), {"side": "operations", "role": "operator"}),
)
#: The tables of which each row says for which milestone it is required.
_REQUIRED = ("document", "knowledge_item")


@dataclass(frozen=True)
class Texts:
    """The texts as they stood, read before their columns go: the rows of projects, and of what is required."""

    projects: tuple[dict[str, Any], ...]  # Any: the columns of a project
    required: dict[str, tuple[tuple[str, str, str], ...]]  # by table: key, project, text

    @classmethod
    def read(cls, connection: Connection) -> Texts:
        """All of them."""
        names = [field for field, *_ in (*_PEOPLE, *_COMPANIES)]
        projects = connection.exec_driver_sql(f"SELECT id, notes, {', '.join(names)} FROM project ORDER BY id")  # noqa: S608 - our own names
        required = {
            table: tuple(
                (row[0], row[1], row[2])
                for row in connection.exec_driver_sql(
                    f"SELECT id, project_id, required_for FROM {table} "  # noqa: S608 - as above
                    "WHERE trim(coalesce(required_for, '')) <> '' ORDER BY id"
                )
            )
            for table in _REQUIRED
        }
        return cls(tuple(dict(row) for row in projects.mappings()), required)


def convert(work: UpgradeWork, texts: Texts) -> None:
    """Make links of the texts, and log how many were matched, made and kept in the notes."""
    told = {}
    for project in texts.projects:
        told[project["id"]] = _Conversion(work, project).run(texts)
    work.finish(N_("Link people, companies and milestones: {linked} found, {made} made, {kept} kept in notes"), told)


class _Conversion:
    """The texts of one project on their way."""

    def __init__(self, work: UpgradeWork, project: dict[str, Any]) -> None:  # Any: as above
        self._work = work
        self._project = project
        self._id = str(project["id"])
        self.told = {"linked": 0, "made": 0, "kept": 0}

    def run(self, texts: Texts) -> dict[str, int]:
        """Convert all; how many texts found a row, got one, and went to the notes."""
        self._parties()
        milestones = self._milestones(
            text for table in texts.required.values() for _, of, text in table if of == self._id
        )
        for table, rows in texts.required.items():
            for key, of, text in rows:
                if of == self._id:
                    link = {"required_for_id": (None, milestones[folded(text)])}
                    self._work.update(self._id, table, key, link, gone={"required_for": text})
        return self.told

    def _parties(self) -> None:
        people = self._called("person", "name")
        companies = self._called("organisation", "name", "short_name")
        links: dict[str, tuple[Any, Any]] = {}
        gone: dict[str, str] = {}
        kept: list[str] = []
        for table, prefix, known, fields in (
            ("person", "PER", people, _PEOPLE),
            ("organisation", "ORG", companies, _COMPANIES),
        ):
            for field, label, values in fields:
                text = self._project[field]
                if text is None:
                    continue
                gone[field] = text
                if not text.strip():
                    continue
                found = known[folded(text)]
                if len(found) > 1:
                    self.told["kept"] += 1
                    kept.append(f"{tr(label)}: {text.strip()} ({', '.join(ref for _, ref in found)})")
                    continue
                links[f"{field}_id"] = (None, self._row(table, prefix, known, text.strip(), values))
        if kept:
            before = self._project["notes"]
            links["notes"] = (before, "\n".join(filter(None, (before, *kept))))
        self._work.update(self._id, "project", self._id, links, gone=gone)

    def _row(
        self, table: str, prefix: str, known: dict[str, list[tuple[str, str]]], text: str, values: dict[str, str]
    ) -> str:
        """The one row that is called so, or a new one."""
        if found := known[folded(text)]:
            self.told["linked"] += 1
            return found[0][0]
        self.told["made"] += 1
        (key,) = self._work.insert(self._id, table, prefix, [{"name": text, **values}])
        known[folded(text)].append((key, ""))
        return key

    def _milestones(self, texts: Iterable[str]) -> dict[str, str]:
        """A milestone for each text, linked to the one milestone of the plan that is called so."""
        wanted = {folded(text): text.strip() for text in texts}
        tasks = self._called("task", "name", "wbs", "source_id", where="kind = 'milestone'") if wanted else {}
        made = {}
        for word, text in wanted.items():
            found = tasks.get(word, [])
            values: dict[str, Any] = {"name": text}  # Any: the columns of a milestone
            if len(found) == 1:
                values["task_id"] = found[0][0]
                self.told["linked"] += 1
            elif found:
                refs = ", ".join(ref for _, ref in found)
                values["notes"] = tr("Several milestones of the plan are called so: {refs}.", refs=refs)
                self.told["kept"] += 1
            (made[word],) = self._work.insert(self._id, "milestone", "MLS", [values])
            self.told["made"] += 1
        return made

    def _called(self, table: str, *columns: str, where: str = "1") -> dict[str, list[tuple[str, str]]]:
        """The living rows of a table, key and reference, by what they are called; each once a word."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        condition = f"project_id = ? AND deleted_at IS NULL AND {where}"
        for row in self._work.rows(table, f"id, ref, {', '.join(columns)}", condition, (self._id,)):
            for word in {folded(str(w)) for w in row[2:] if w}:
                found[word].append((row[0], row[1]))
        return found
