"""Habits of plans: phases and outlines, dates, durations and states."""

from __future__ import annotations

from datetime import date, timedelta

from tests.exchange.strangers.layouts import numbered
from tests.exchange.strangers.pages import WANTED, Page, PageColumn, PageRow
from tests.exchange.strangers.truths import TrueRow


def numbers_begin_again(page: Page) -> bool:
    """The numbers begin again with every phase."""
    if page.truth.register != "tasks" or not numbered(page):
        return False
    count: dict[str, int] = {}
    for row in page.records():
        assert row.row is not None
        count[row.row.phase] = count.get(row.row.phase, 0) + 1
        row.cells["no"] = count[row.row.phase]
    return True


def _may_show_phases(page: Page) -> bool:
    return page.truth.register == "tasks" and not page.phases_seen and len(page.truth.phases) > 1


def bands(page: Page) -> bool:
    """A row with nothing but the name of a phase stands above its tasks."""
    if not _may_show_phases(page):
        return False
    bold = page.random.random() < 0.7
    rows: list[PageRow] = []
    seen = ""
    for row in page.rows:
        if row.row is not None and row.row.phase != seen:
            seen = row.row.phase
            rows.append(PageRow({"name": seen}, band=seen, bold=bold))
        rows.append(row)
    page.rows, page.phases_seen = rows, True
    return True


def phase_column(page: Page) -> bool:
    """A column names the phase, in every row or in the first of each only."""
    if not _may_show_phases(page):
        return False
    heading = page.truth.language.headings["phase"][0]
    place = 1 if page.has("no") else 0
    page.columns.insert(place, PageColumn("phase", [heading], wanted=WANTED["phase"]))
    everywhere = page.random.random() < 0.5
    seen = ""
    for row in page.records():
        assert row.row is not None
        if everywhere or row.row.phase != seen:
            row.cells["phase"] = seen = row.row.phase
    page.phases_seen = True
    return True


def wbs_numbers(page: Page) -> bool:
    """WBS numbers tell the outline; the phases are rows with a number of their own."""
    if page.has("no") or not bands(page):
        return False
    page.columns.insert(0, PageColumn("wbs", [page.truth.language.headings["wbs"][0]], wanted=WANTED["wbs"]))
    phase = task = 0
    for row in page.rows:
        if row.band:
            phase, task = phase + 1, 0
            row.cells["wbs"] = str(phase)
        else:
            task += 1
            row.cells["wbs"] = f"{phase}.{task}"
    return True


def indented(page: Page) -> bool:
    """Tasks are indented under their phase."""
    if not bands(page):
        return False
    for row in page.rows:
        row.indent = 0 if row.band else 1
    return True


def levels_in_columns(page: Page) -> bool:
    """Phases stand in one column, tasks in the next, on rows of their own."""
    if not bands(page):
        return False
    heading = page.truth.language.headings["phase"][0]
    page.columns.insert(page.index("name"), PageColumn("level", [heading], wanted=("name", "phase", "parent", "-")))
    for row in page.rows:
        if row.band:
            row.cells = {"level": row.band}
    return True


def planned_and_actual(page: Page) -> bool:
    """Planned and actual dates stand side by side under a heading each."""
    if page.depth > 1 or not page.has("start") or page.index("finish") != page.index("start") + 1:
        return False
    headings = page.truth.language.headings
    start, finish = page.columns[page.index("start")], page.columns[page.index("finish")]
    start.heading = [page.word("planned"), headings["start"][0]]
    finish.heading = [page.word("planned"), headings["finish"][0]]
    after = page.index("finish") + 1
    for n, key in enumerate(("actual_start", "actual_finish")):
        heading = [page.word("actual"), headings["start" if n == 0 else "finish"][0]]
        page.columns.insert(after + n, PageColumn(key, heading, wanted=WANTED[key]))
    for n, row in enumerate(page.records()):
        if n < 3 and row.row is not None:
            row.cells["actual_start"] = row.row.values["start"]
            row.cells["actual_finish"] = row.row.values["finish"]
    return True


def day_of_record(page: Page) -> bool:
    """A date says when the row was written down: nothing is planned by it."""
    if page.truth.register != "tasks":
        return False
    page.columns.append(PageColumn("recorded", [page.word("recorded")]))
    for row in page.records():
        row.cells["recorded"] = date(2026, 12, 1)
    return True


def days_in_cells(page: Page) -> bool:
    """Durations say their unit in each cell: 5 days, 5天."""
    if not page.has("duration"):
        return False
    blank = "" if page.truth.language.key == "zh" else " "
    for row in page.records():
        row.cells["duration"] = f"{row.cells['duration']}{blank}{page.word('days')}"
    return True


def hours_in_heading(page: Page) -> bool:
    """Durations are hours, which the heading alone says."""
    if not page.has("duration"):
        return False
    column = page.columns[page.index("duration")]
    column.heading = [*column.heading[:-1], f"{page.truth.language.headings['duration'][0]} ({page.word('hours')})"]
    for row in page.records():
        assert row.row is not None
        row.cells["duration"] = row.row.values["duration"] * 8
    return True


def _dates_as(page: Page, shape: str) -> bool:
    keys = [c.key for c in page.columns if c.key in ("start", "finish", "due_on", "raised_on")]
    if not keys:
        return False
    for row in page.records():
        for key in keys:
            if isinstance(day := row.cells.get(key), date):
                row.cells[key] = shape.format(d=day)
    return True


def dates_as_iso_text(page: Page) -> bool:
    """Dates are text: 2027-03-02."""
    return _dates_as(page, "{d:%Y-%m-%d}")


def dates_as_dotted_text(page: Page) -> bool:
    """Dates are text: 02.03.2027."""
    return page.truth.language.key in ("de", "fr") and _dates_as(page, "{d:%d.%m.%Y}")


def dates_in_chinese(page: Page) -> bool:
    """Dates are text: 2027年3月2日."""
    return page.truth.language.key == "zh" and _dates_as(page, "{d.year}年{d.month}月{d.day}日")


def no_date_yet(page: Page) -> bool:
    """One row has a word for 'no date yet' in place of its dates."""
    if not page.has("finish"):
        return False
    row = page.random.choice(list(page.records()))
    assert row.row is not None
    row.cells["start"] = row.cells["finish"] = page.word("tbc")
    row.row.shown = {**row.row.shown, "start": None, "finish": None}
    return True


def start_and_finish_in_one_cell(page: Page) -> bool:
    """2027.3.2-2027.3.6 stands in one cell."""
    if not page.has("start") or page.depth > 1 or page.has("actual_start"):
        return False
    place = page.index("start")
    headings = page.truth.language.headings
    both = PageColumn("span", [f"{headings['start'][0]}/{headings['finish'][0]}"], wanted=WANTED["span"])
    page.columns = [c for c in page.columns if c.key not in ("start", "finish")]
    page.columns.insert(place, both)
    for row in page.records():
        a, b = row.cells.get("start"), row.cells.get("finish")
        if isinstance(a, date) and isinstance(b, date):
            row.cells["span"] = f"{a.year}.{a.month}.{a.day}-{b.year}.{b.month}.{b.day}"
    return True


def state_beside_empty_share(page: Page) -> bool:
    """A column for the percentage is there and empty; a state says how far each row is."""
    if not page.has("status") or page.has("percent"):
        return False
    if page.truth.register != "tasks":
        return False
    heading = page.truth.language.headings["percent"][0]
    page.columns.append(PageColumn("empty", [heading], wanted=("percent", "-")))
    return True


def category_in_every_row(page: Page) -> bool:
    """A category A, B or C changes from row to row: no outline."""
    if page.truth.register != "tasks" or page.phases_seen:
        return False
    page.columns.insert(0, PageColumn("category", [page.truth.language.headings["category"][0]]))
    page.columns[0].wanted = ()
    for row in page.records():
        row.cells["category"] = page.random.choice("ABC")
    return True


def predecessors_by_number(page: Page) -> bool:
    """Each row waits for the one before it, named by its number."""
    if page.truth.register != "tasks" or not numbered(page):
        return False
    heading = page.truth.language.headings["predecessors"][0]
    page.columns.append(PageColumn("predecessors", [heading], wanted=WANTED["predecessors"]))
    for n, row in enumerate(page.records()):
        row.cells["predecessors"] = n or None
    return True


def hours_without_brackets(page: Page) -> bool:
    """The unit follows the word of the heading: Duration hours."""
    if not hours_in_heading(page):
        return False
    column = page.columns[page.index("duration")]
    column.heading = [*column.heading[:-1], column.heading[-1].replace("(", "").replace(")", "")]
    return True


def range_of_days(page: Page) -> bool:
    """One duration is a range: 2-3 days."""
    if not page.has("duration"):
        return False
    row = page.random.choice(list(page.records()))
    assert row.row is not None
    row.cells["duration"] = f"2-3 {page.word('days')}"
    row.row.shown["duration"] = "any"
    return True


def milestone_before_phase(page: Page) -> bool:
    """A bold milestone stands right before the next phase: it has no parts."""
    if not bands(page):
        return False
    last = next(p for p, r in enumerate(page.rows) if p and r.band)
    before = page.rows[last - 1].row
    assert before is not None
    day = before.values["finish"]
    row = TrueRow({"name": f"{page.word('milestone')} 1", "start": day, "finish": day}, before.phase, loose=True)
    row.shown["duration"] = "any"
    page.rows.insert(last, PageRow(dict(row.values), row, bold=True))
    for each in page.rows:
        each.bold = bool(each.band) or each.row is row
    return True


def stage_pairs(page: Page) -> bool:
    """Each of two stages has a start and a finish of its own."""
    if page.depth > 1 or not page.has("start") or page.has("duration"):
        return False
    if page.index("finish") != page.index("start") + 1:
        return False
    start, finish = page.columns[page.index("start")], page.columns[page.index("finish")]
    start.heading = [page.truth.language.phases[0], start.heading[-1]]
    finish.heading = [page.truth.language.phases[0], finish.heading[-1]]
    finish.wanted = ("-", *finish.wanted)
    later = page.truth.language.phases[1]
    after = page.index("finish") + 1
    page.columns.insert(after, PageColumn("start 2", [later, start.heading[-1]], wanted=("-",)))
    page.columns.insert(after + 1, PageColumn("finish 2", [later, finish.heading[-1]], wanted=("-", "finish")))
    for row in page.records():
        assert row.row is not None
        row.cells["start 2"] = row.row.values["finish"] + timedelta(days=7)
        row.cells["finish 2"] = row.row.shown["finish"] = row.row.values["finish"] + timedelta(days=9)
    return True
