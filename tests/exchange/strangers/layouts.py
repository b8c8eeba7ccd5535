"""Habits of sheets: what stands above, below and beside a list, how its headings and rows are laid out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.exchange.strangers.pages import Page, PageColumn, PageRow


def title_block(page: Page) -> bool:
    """A title and the facts of the project above the table."""
    if page.above:
        return False
    page.above = [[page.word("title")], [page.word("project"), page.word("project name")]]
    if page.random.random() < 0.5:
        page.above.append([page.word("date"), date(2027, 1, 4), page.word("prepared"), page.truth.language.people[0]])
    page.above += [[]] * page.random.randint(0, 2)
    return True


def other_words(page: Page) -> bool:
    """The headings say the same in other words."""
    for column in page.columns:
        ways = page.truth.language.headings.get(column.key, ())
        if ways and column.heading == [ways[0]]:
            column.heading = [page.random.choice(ways)]
    return True


def begins_further_right(page: Page) -> bool:
    """The first columns of the sheet are empty."""
    if page.beside:
        return False
    page.left = page.random.randint(1, 2)
    return True


def numbered(page: Page) -> bool:
    """A column of running numbers before everything."""
    if page.has("no") or page.has("external_no") or page.has("wbs"):
        return False
    heading = page.truth.language.headings["no"][0]
    page.columns.insert(0, PageColumn("no", [heading]))
    for n, row in enumerate(page.records(), 1):
        row.cells["no"] = n
    return True


def two_row_heading(page: Page) -> bool:
    """Two headings stand under one: dates under a group."""
    if page.depth > 1 or not (page.has("start") and page.has("finish")):
        return False
    if page.index("finish") != page.index("start") + 1:
        return False
    for key in ("start", "finish"):
        column = page.columns[page.index(key)]
        column.heading = [page.word("dates"), *column.heading]
    return True


def three_row_heading(page: Page) -> bool:
    """The groups of the headings have a heading, too."""
    if (page.depth == 1 and not two_row_heading(page)) or page.depth > 2:
        return False
    for column in page.columns:
        if len(column.heading) == 2:
            column.heading = [page.word("work"), *column.heading]
    return True


def drawn_gantt(page: Page) -> bool:
    """Weeks are drawn to the right of the table."""
    if page.truth.register != "tasks" or page.beside:
        return False
    first = date(2027, 1, 4)
    for n in range(page.random.randint(8, 20)):
        page.columns.append(PageColumn(f"week {n}", [(first + timedelta(weeks=n)).strftime("%d.%m.")]))
    for row in page.records():
        row.cells[f"week {page.random.randint(0, 7)}"] = "x"
    return True


def legend_below(page: Page) -> bool:
    """What the signs mean stands under the table."""
    page.below += [[], [page.word("legend")], *([s] for s in page.truth.language.states)]
    return True


def signature_below(page: Page) -> bool:
    """A line to sign on stands under the table."""
    page.below += [[], [page.word("signed")]]
    return True


def total_below(page: Page) -> bool:
    """The days are summed up in the last row."""
    if not page.has("duration") or page.below:
        return False
    days = [r.row.values["duration"] for r in page.records() if r.row is not None]
    cells: list[Any] = [None] * len(page.columns)
    cells[0], cells[page.index("duration")] = page.word("total"), sum(days)
    page.below.append(cells)
    return True


def note_beside(page: Page) -> bool:
    """A box with a long text is merged beside the headings and rows."""
    if page.beside or page.left or any(c.key.startswith("week") for c in page.columns):
        return False
    column = len(page.columns) + 1
    top = max(page.heading_row - 1, 0)
    page.beside.append((top, column, f"{page.word('explains')}. {page.word('explains')}."))
    page.merges.append((top, column, top + 4, column + 2))
    return True


def rows_between(page: Page) -> bool:
    """An empty row stands between some of the rows."""
    at = page.random.randint(2, len(page.rows) - 1)
    page.rows.insert(at, PageRow({}))
    return True


def filter_left_on(page: Page) -> bool:
    """A filter is on and hides some rows: they belong to the list all the same."""
    page.filtered = True
    for n, row in enumerate(page.records()):
        row.hidden = n % 3 == 1
    return True


def hidden_column(page: Page) -> bool:
    """A column that nobody needs is hidden."""
    page.columns.append(PageColumn("hidden", ["Key"], hidden=True))
    for n, row in enumerate(page.records()):
        row.cells["hidden"] = f"x{n * 7919 % 1000:04}"
    return True


def instruction_row(page: Page) -> bool:
    """The row under the headings says how to fill them in."""
    page.rows.insert(0, PageRow({c.key: page.word("required") for c in page.columns}))
    return True


def second_table_below(page: Page) -> bool:
    """A small table with other headings stands under the list."""
    if page.below:
        return False
    headings = page.truth.language.headings
    page.below = [
        [], [], [headings["person"][0], headings["phone"][0]],
        *([name, f"+49 30 55{n:04}"] for n, name in enumerate(page.truth.language.people[:3])),
    ]  # fmt: skip
    return True


def read_me_first(page: Page) -> bool:
    """The first sheet explains the workbook."""
    lines: list[list[Any]] = [[page.word("read me")], [], [page.word("explains")], [page.word("note")]]
    page.other_sheets.append(("<" + "Info", lines))
    return True


def unnamed_numbers(page: Page) -> bool:
    """Running numbers stand before everything, without a heading."""
    if not numbered(page):
        return False
    page.columns[0].heading = [""]
    return True


def continued_sentence(page: Page) -> bool:
    """A long text goes on in the next row, which has nothing else."""
    at = page.random.randint(1, len(page.rows) - 1)
    if page.phases_seen or page.rows[at - 1].row is None:
        return False
    page.rows.insert(at, PageRow({page.main: page.word("goes on")}))
    return True
