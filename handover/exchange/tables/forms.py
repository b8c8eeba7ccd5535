"""Sheets that are forms: what kind of form one is, and the fields of its head, apart from its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.explaining_rows import is_form
from handover.exchange.tables.finding import Table
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_, tr
from handover.values.cells import Cell, as_text, is_nothing, normal


@dataclass(frozen=True, slots=True)
class FormKind:
    """A kind of form, and how it is titled.

    Attributes:
        taken_whole: how it is taken in with its head, a catalogue sentence; empty where it can't be.
        verb: what the button says that does so, a catalogue sentence.
        chapter: the key of the chapter whose rows it becomes.
        of_rows: its head says something of each row of its table, which an import takes along.
    """

    key: str
    name: str
    titled: re.Pattern[str]
    taken_whole: str = ""
    verb: str = ""
    chapter: str = ""
    of_rows: bool = False


@dataclass(frozen=True, slots=True)
class HeadField:
    """A field of a form's head as it stands there; the row and the column of its value are counted from 0."""

    label: str
    value: Cell
    row: int
    column: int

    @property
    def text(self) -> str:
        """Its value as it is shown; a day without an hour."""
        return as_text(self.value).removesuffix(" 00:00")

    def __str__(self) -> str:
        return tr("{label}: {text}", label=self.label, text=self.text)


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet that is one form; ``kind`` is None where nothing says which."""

    sheet: str
    kind: FormKind | None
    head: tuple[HeadField, ...]

    @property
    def what(self) -> str:
        """What it is, with the first fields of its head."""
        kind = tr(self.kind.name) if self.kind else tr("a form")
        return tr("{kind} ({head})", kind=kind, head=self.told) if self.head else kind

    @property
    def told(self) -> str:
        """The first fields of its head in a line."""
        return tr("; ").join([*map(str, self.head[:_TOLD]), *(["…"] if len(self.head) > _TOLD else [])])


_KINDS = (
    FormKind(
        "transmittal",
        N_("a transmittal"),
        re.compile(
            r"\btransmittals?\b|\bdelivery note\b|\bplanversand\b|\bbordereau\b"
            r"|(?:传递|传送|发放|交接|移交|送审|收发|发文|送达)单|传递函|送付状"
        ),
        N_(
            "Taken in as a transmittal, with “handover transmittal-in” or the button of the import window, its head is"
            " taken, too."
        ),
        N_("Take it in as a transmittal…"),
        "transmittals",
    ),
    FormKind(
        "minutes",
        N_("the minutes of a meeting"),
        re.compile(
            r"\bminutes\b(?! of work)|\bmom\b|\bmeeting (?:notes|record|report)\b"
            r"|\b(?:sitzungs|besprechungs)?protokoll\b|\bcompte rendu\b"
            r"|\bacta de reunion\b|\bata de reuniao\b|会议(?:纪要|记录)|例会纪要|議事録"
        ),
        N_(
            "Taken in as minutes, with “handover minutes-in” or “Take minutes in…” among the meetings, its head is"
            " taken, too."
        ),
        N_("Take it in as minutes…"),
        "meetings",
    ),
    FormKind(
        "training",
        N_("a training sheet"),
        re.compile(
            r"\btraining (?:record|report|sheet|attendance|sign[- ]?in)\b|\battendance (?:sheet|record|form)\b"
            r"|\bsign[- ]?in sheet\b|培训(?:记录|签到|考核|成绩)|签到表"
        ),
        of_rows=True,
    ),
    FormKind(
        "inspection",
        N_("an inspection record"),
        re.compile(
            r"\binspection (?:record|report|form|sheet|certificate|check ?list|request)\b"
            r"|\btest (?:record|report|sheet|certificate)\b|\bcheck ?(?:list|sheet) (?:for|no|number)\b"
            r"|\bprufprotokoll\b"
            r"|(?:检查|检验|验收|试验|测试|调试|报验)(?:记录|报告|表|单|申请)"
        ),
        of_rows=True,
    ),
    FormKind(
        "checklist",
        N_("a check list"),
        re.compile(r"\bcheck ?lists?\b|检查清单|(?:条件|检查)?确认(?:表|单)"),
        of_rows=True,
    ),
)
#: What calls a sheet a list of many, whatever it lists.
_OF_MANY = re.compile(
    r"\b(?:registers?|logs?|trackers?|index|schedules?|plans?|matrix)\b|台账|登记|一览|目录|汇总|计划|跟踪"
)
_PAIR = re.compile(r"([^:：]{2,40})[:：]\s*(?!//)(\S.*)", re.DOTALL)
_LABEL = re.compile(r"([^:：]{1,40})[:：]")
_PARTS = re.compile(r"[\n\r]+|\s{4,}|\u3000{2,}")
_BLANKS = re.compile(r"[_＿.…\s/]*")
_OF = (
    r"transmittal|report|check ?list|record|meeting|inspection|test|contract|project|package|po|order|ref|reference"
    r"|document|doc|our|your"
)
#: Labels behind which no colon is needed.
_KNOWN = re.compile(
    rf"(?:{_OF})? ?(?:no|nr|number|ref|reference|date|name|title)|project|contract|time|venue|place|location|to|from|cc"
    r"|attn|attention|subject|purpose|chair(?:man|person|ed by)?|(?:minutes|taken|recorded|prepared|checked|issued|sent"
    r"|delivered|inspected|chaired) by|issued (?:to|for)|attendees|present|participants|apologies|system|tag(?: no)?"
    r"|equipment(?: no| name)?|inspector|inspected by|tested by|tester|witness(?:ed by)?|shift|instrument(?: no)?|gate"
    r"|course|trainer|instructor|client|contractor|consignee|receiver|sender"
    r"|(?:传递单?|移交单?|交接单?|发放单?|会议|检查|检验|验收|试验|测试|报告|文件|单据|记录|工程|项目|合同|设备|系统)?"
    r"(?:编号|单号|名称|日期|时间|地点|主题|位号|部位)|收件人|收件单位|发件人|发件单位|主送|抄送|接收人|接收单位|移交人|移交单位"
    r"|交接人|主持人|主持|记录人|记录|参会人员|参加人员|出席人员|与会人员|缺席|项目|工程|系统|施工单位|监理单位|建设单位|检[查验测](?:人员?|员)|[测试]试人员?|试验人|见证人|旁站人?|班次|班组"
    r"|(?:测量|检测)?仪器(?:编号)?|量具|课程(?:名称)?|培训(?:课程|内容|日期|时间|讲师)|讲师|授课人|学时|关口|确认人"
)
#: The title stands in so many rows and is no longer than this.
_TOP, _LONGEST, _ROWS = 10, 60, 60
#: So many fields make a head; so many are told.
_LEAST, _TOLD = 2, 6
_LONGEST_VALUE = 300


def form_of(grid: Grid, table: Table | None = None) -> Form | None:
    """The form that a sheet is, None for a list of many.

    Args:
        table: the table that is taken of it; without one the whole sheet counts, and lines to sign make it a form.
    """
    rows = _above(grid, table) if table is not None and table.header_rows else list(range(min(grid.height, _ROWS)))
    said = [(plain(grid.sheet), True), *_short_texts(grid, rows[:_TOP])]
    many = any(alone and _OF_MANY.search(text) for text, alone in said)
    kind = None if many else _kind_in(text for text, _ in said)
    if kind is None and (table is not None or not is_form(grid)):
        return None
    head = tuple(head_fields(grid, rows))
    return Form(grid.sheet, kind, head) if len(head) >= _LEAST or is_form(grid) else None


def _above(grid: Grid, table: Table) -> list[int]:
    """The rows above the headings of a table; a label with its value right above them is no heading."""
    two = (row for row in table.header_rows[:-1] if sum(value is not None for value in grid.rows[row]) == 2)
    return [*range(table.header_rows[0]), *two]


def head_fields(grid: Grid, rows: Iterable[int]) -> Iterator[HeadField]:
    """The fields in rows of a sheet: a label and its value in one cell, or in two side by side."""
    for row in rows:
        cells = [
            (column, value)
            for column, value in enumerate(grid.rows[row])
            if value is not None and (row, column) not in grid.repeats
        ]
        place, sure = 0, True
        while place < len(cells):
            column, value = cells[place]
            place += 1
            pairs, open_, sure = list(_pairs(value)), sure, False
            if pairs:
                sure = True
                yield from (HeadField(label, text, row, column) for label, text in pairs)
                continue
            label, colon = _label(value)
            if label and not colon and place < len(cells) and cells[place][1] in (":", "："):
                place, colon = place + 1, True
            if not label or place == len(cells) or not (colon or (open_ and _KNOWN.fullmatch(plain(label)))):
                continue
            column, value = cells[place]
            if not _is_label(value, by_colon=colon) and _says(value):
                yield HeadField(label, value, row, column)
                place, sure = place + 1, True


def _short_texts(grid: Grid, rows: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """The texts in rows that may be a title or a label, and whether each stands alone in its row."""
    for row in rows:
        said = dict.fromkeys(value for value in grid.rows[row] if value is not None)
        for value in said:
            if isinstance(value, str) and len(value) <= _LONGEST:
                yield plain(value.partition(":")[0].partition("：")[0]), len(said) == 1


def _kind_in(said: Iterable[str]) -> FormKind | None:
    for text in said:
        for kind in _KINDS:
            if kind.titled.search(text):
                return kind
    return None


def _pairs(value: Cell) -> Iterator[tuple[str, str]]:
    """The labels with values that one cell holds: ``Date: 3 March``, one or several."""
    if not isinstance(value, str) or len(value) > _LONGEST_VALUE:
        return
    for part in _PARTS.split(value.strip()):
        match = _PAIR.fullmatch(part.strip())
        if match and any(ch.isalpha() for ch in match[1]) and _says(match[2]):
            yield normal(match[1]), normal(match[2])


def _label(value: Cell) -> tuple[str, bool]:
    """What a cell says as a label, and whether with a colon; empty for what is none."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return "", False
    match = _LABEL.fullmatch(value.strip())
    return (normal(match[1]), True) if match else (normal(value), False)


def _is_label(value: Cell, by_colon: bool) -> bool:
    """Whether a label follows another; behind one with a colon only such a one does."""
    label, colon = _label(value)
    return colon or bool(list(_pairs(value))) or bool(label and not by_colon and _KNOWN.fullmatch(plain(label)))


def _says(value: Cell) -> bool:
    """Whether anything stands there: no line to write on, no dash."""
    return not is_nothing(value) and not (isinstance(value, str) and _BLANKS.fullmatch(value))
