"""A transmittal that is a sheet: the fields of its head, and the documents that its table lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from handover.errors import NotValid, UnusableFile
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.importing.session import Intake
from handover.exchange.notice import Notice
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.forms import Form, HeadField, form_of, head_fields
from handover.exchange.tables.heading_text import plain
from handover.exchange.transmittals.parcel import Head, ParcelLine
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.store.workspace import Workspace
from handover.values.cells import as_text
from handover.values.moments import day_of
from handover.values.typed_dates import typed_day

#: What workbooks read as a list end in.
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})
_NUMBER = re.compile(
    r"(?:transmittal|delivery note|letter|our|document)? ?(?:no|nr|number|ref|reference)"
    r"|(?:传递|传送|发放|交接|移交|送审|收发|发文|送达|文件传递)?单?(?:编号|单号|号)"
)
_TRANSMITTAL_NUMBER = re.compile(
    r"transmittal ?(?:no|nr|number|ref|reference)|(?:传递|传送|发放|交接|移交|送审|发文)单?(?:编号|单号|号)"
)
_DATE = re.compile(
    r"(?:transmittal |issue |sent |dispatch )?date(?: sent| of issue)?|(?:sent|issued) on"
    r"|(?:移交|发放|发文|传递|交接|发出)?(?:日期|时间)"
)
_FROM = re.compile(
    r"from|sender|(?:issued|sent|delivered) by|发件人|发件单位|移交人|移交单位|移交方|发文单位|发出单位|提交单位"
)
_TO = re.compile(
    r"to|receiver|recipient|consignee|attn|attention|issued to|cc"
    r"|收件人|收件单位|接收人|接收单位|接收方|收文单位|主送|抄送"
)
_PURPOSE = re.compile(r"purpose|(?:purpose of|reason for) issue|issued for|目的|发布目的|用途|发文目的")
_SUBJECT = re.compile(r"subject|re|title|description|主题|事由|标题|内容")
_BETWEEN = re.compile(r"[;；/、\n]|,\s|，")


def read_sheet(
    workspace: Workspace, project_code: str, path: Path, progress: Progress = unattended
) -> tuple[Head, list[ParcelLine], list[Notice]]:
    """Read the head and the lines of a transmittal.

    Raises:
        UnusableFile: it can't be read, or lists no documents.
        Cancelled: the user stopped it.
    """
    intake = Intake(workspace, project_code, "documents")
    intake.read(path, progress)
    run = intake.rehearse(progress)
    if not isinstance(run, DryRun) or intake.table is None:
        raise UnusableFile(N_("{file} is no transmittal: it holds several lists."), file=path.name)
    grid = intake.grid()
    form = form_of(grid, intake.table)
    lines = [*_lines(run)]
    if not lines:
        raise UnusableFile(N_("{file} lists no documents: no row has a number or a title."), file=path.name)
    notices = [] if form is not None and form.kind is not None else [_no_form(grid)]
    return head_of(_fields(grid, intake.table.header_rows, form)), lines, notices


def head_of(fields: Iterable[HeadField]) -> Head:
    """What the fields of a head say."""
    said: dict[str, list[Any]] = {}  # Any: cells
    for field in fields:
        label = plain(field.label)
        kinds = (("number", _NUMBER), ("date", _DATE), ("from", _FROM), ("to", _TO), ("purpose", _PURPOSE),
                 ("subject", _SUBJECT))  # fmt: skip
        kind = next((key for key, words in kinds if words.fullmatch(label)), "")
        if kind == "number" and _TRANSMITTAL_NUMBER.fullmatch(label):
            said.setdefault(kind, []).insert(0, field.value)
        elif kind:
            said.setdefault(kind, []).append(field.value)
    return Head(
        number=as_text((said.get("number") or [""])[0])[:100].strip(),
        sent_on=next((day for value in said.get("date", ()) if (day := _day(value)) is not None), None),
        subject=as_text((said.get("subject") or [""])[0])[:300].strip(),
        purpose=as_text((said.get("purpose") or [""])[0])[:100].strip(),
        sender=as_text((said.get("from") or [""])[0])[:200].strip(),
        receivers=tuple(dict.fromkeys(name.strip() for value in said.get("to", ())
                                      for name in _BETWEEN.split(as_text(value)) if name.strip())),
    )  # fmt: skip


def _fields(grid: Grid, header_rows: tuple[int, ...], form: Form | None) -> Iterable[HeadField]:
    if form is not None:
        return form.head
    return head_fields(grid, range(header_rows[0] if header_rows else 0))


def _lines(run: DryRun) -> Iterable[ParcelLine]:
    incoming = run.found.incoming
    values = incoming.values

    def held(key: str, place: int) -> Any:  # Any: what the field holds
        return values[key][place] if key in values else None

    for place, row in enumerate(incoming.rows):
        number, title = (as_text(held(key, place) or "").strip() for key in ("number", "title"))
        if (place in incoming.skipped and not number) or not (number or title):
            continue
        day, pages, copies = (held(key, place) for key in ("revision_on", "pages", "copies"))
        yield ParcelLine(
            number, as_text(held("revision", place) or "").strip()[:20], title, str(row),
            day if isinstance(day, dt.date) else None, _whole(pages), _whole(copies),
        )  # fmt: skip


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return day_of(value)
    try:
        found = typed_day(as_text(value))  # type: ignore[arg-type]  # a cell
    except NotValid:
        return None
    return day_of(found) if found is not None else None


def _no_form(grid: Grid) -> Notice:
    return Notice(N_("Sheet {sheet} isn't titled as a transmittal; its list of documents is taken all the same."),
                  {"sheet": grid.sheet})  # fmt: skip
