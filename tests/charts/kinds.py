"""A chart of each kind in words of the trade, as the tests, the gallery and the sample pack show them."""

from __future__ import annotations

import datetime as dt

from handover.charts.data import (
    AnyChart,
    BurnChart,
    ColumnChart,
    Dot,
    DotSeries,
    HeatChart,
    LineChart,
    RadarChart,
    ScatterChart,
    Seat,
    SeatChart,
    SeatColumn,
    Series,
    StackChart,
    StripChart,
    StripSpan,
)
from handover.wording import Text

START = dt.date(2027, 1, 4)

SYSTEMS = (
    Text("Body welding line", "车身焊装线"),
    Text("Battery pack line", "电池包线"),
    Text("Paint-shop exhaust air treatment (RTO)", "涂装车间废气处理（RTO）"),
    Text("Compressed air", "压缩空气站"),
    Text("Cooling water", "循环冷却水"),
    Text("Fire alarm and suppression", "火灾报警与灭火"),
)
ITEMS = Text("items", "项")


def columns() -> ColumnChart:
    """Punch items of two classes by system."""
    return ColumnChart(
        title=Text("Punch items by system", "各系统尾项"),
        x=Text("System", "系统"), y=Text("Open punch items", "未关闭尾项"), unit=ITEMS, categories=SYSTEMS,
        series=(
            Series(Text("Category A", "A 类"), (4, 12, 0, 3, 7, 1), "danger", tuple(("A", n) for n in range(6))),
            Series(Text("Category B", "B 类"), (11, 25, 6, 9, None, 4), "warning", tuple(("B", n) for n in range(6))),
        ),
    )  # fmt: skip


def stack() -> StackChart:
    """Documents by state and system."""
    states = (
        (Text("Accepted", "已接受"), (48, 21, 30, 12, 9, 3), "ok"),
        (Text("Under review", "审查中"), (3, 14, 8, 0, 6, 2), "info"),
        (Text("Missing", "缺失"), (1, 25, 4, 2, 0, 8), "danger"),
    )
    series = tuple(
        Series(name, values, colour, tuple((colour, n) for n in range(6))) for name, values, colour in states
    )
    return StackChart(
        title=Text("Documents by state", "文件状态"), x=Text("System", "系统"), y=Text("Documents", "文件"),
        unit=Text("documents", "份"), categories=SYSTEMS, series=series,
    )  # fmt: skip


def lines() -> LineChart:
    """Shares of the work done, by week."""
    weeks = tuple(START + dt.timedelta(weeks=n) for n in range(20))
    planned = tuple(min(1.0, n * n / 300) for n in range(20))
    actual = tuple(min(1.0, n * n / 380) if n < 12 else None for n in range(20))
    forecast = tuple(None if n < 11 else min(1.0, n * n / 380) for n in range(20))
    return LineChart(
        title=Text("Progress of the work", "工程进度"), x=Text("Week", "周"), y=Text("Share of the work", "完成比例"),
        unit="%", periods=weeks, marks=((weeks[11], Text("Today", "今天")),),
        series=(
            Series(Text("Baseline", "基线"), planned, "neutral", tuple(("base", n) for n in range(20)), True),
            Series(Text("Actual", "实际"), actual, "accent", tuple(("done", n) for n in range(20))),
            Series(Text("Forecast", "预测"), forecast, "accent", tuple(("to do", n) for n in range(20)), True),
        ),
    )  # fmt: skip


def burn() -> BurnChart:
    """What still blocks the handover, by week."""
    days = tuple(START + dt.timedelta(weeks=n) for n in range(16))
    actual = (84, 90, 88, 81, 79, 70, 64, 65, 52, None, None, None, None, None, None, None)
    remaining = (*(None,) * 8, 52, 44, 36, 29, 21, 14, 6, 0)
    return BurnChart(
        title=Text("What blocks the handover", "移交障碍"), x=Text("Week", "周"), y=Text("Open", "未完成"), unit=ITEMS,
        days=days, marks=((days[8], Text("Today", "今天")), (days[14], Text("Planned handover", "计划移交"))),
        planned=Series("", tuple(max(0.0, 84 - 6 * n) for n in range(16))),
        actual=Series("", actual, keys=tuple(("open", n) for n in range(16))),
        remaining=Series("", remaining),
    )  # fmt: skip


def heat(*, steps: bool = False) -> HeatChart:
    """Missing knowledge by discipline and system."""
    disciplines = (
        Text("Mechanical", "机械"), Text("Electrical", "电气"), Text("Control and PLC", "自控"),
        Text("Process", "工艺"), Text("HSE", "安环"),
    )  # fmt: skip
    cells = tuple(tuple(None if (r + c) % 7 == 5 else (r * 7 + c * 5) % 13 for c in range(6)) for r in range(5))
    return HeatChart(
        title=Text("Knowledge gaps", "知识差距"), x=Text("System", "系统"), y=Text("Discipline", "专业"),
        rows=disciplines, columns=SYSTEMS, cells=cells, keys=tuple(tuple((r, c) for c in range(6)) for r in range(5)),
        steps=((0, "ok"), (4, "warning"), (9, "danger")) if steps else (),
    )  # fmt: skip


def scatter() -> ScatterChart:
    """Suppliers by documents due and lateness."""
    names = ("德玛克机械", "Nordic Leak Test AB", "华辰自动化", "Shanghai Tooling", "Kuka", "中冶安装", "Atlas Copco")
    dots = tuple(Dot(12 + n * 31 % 97, n * 17 % 41 - 6, name, ("supplier", n), n / 7) for n, name in enumerate(names))
    return ScatterChart(
        title=Text("Suppliers by documents and delay", "供应商文件数量与延误"), x=Text("Documents due", "应交文件"),
        x_unit=Text("documents", "份"), y=Text("Mean delay", "平均延误"), unit=Text("days", "天"),
        series=(
            DotSeries(Text("Equipment", "设备"), dots[:4]),
            DotSeries(Text("Installation", "安装"), dots[4:]),
        ),
    )  # fmt: skip


def risks() -> ScatterChart:
    """A risk map of five by five."""
    steps = (
        Text("Very low", "很低"), Text("Low", "低"), Text("Medium", "中"), Text("High", "高"),
        Text("Very high", "很高"),
    )  # fmt: skip
    tones = ("ok", "warning", "danger")
    zones = tuple(tuple(tones[min(2, (r + c) // 3)] for c in range(5)) for r in range(5))
    risks = tuple(Dot(1 + n * 3 % 5, 1 + n * 7 % 5, f"R-{n + 1:03}", ("risk", n)) for n in range(14))
    return ScatterChart(
        title=Text("Risks of the handover", "移交风险"), x=Text("Likelihood", "可能性"), y=Text("Impact", "影响"),
        x_steps=steps, y_steps=steps, zones=zones,
        series=(
            DotSeries(Text("Open", "未关闭"), risks[:9], "text"),
            DotSeries(Text("Treated", "已处置"), risks[9:], "accent"),
        ),
    )  # fmt: skip


def radar() -> RadarChart:
    """Readiness of operations by field."""
    spokes = (
        Text("Staff and shifts", "人员与班次"), Text("Training", "培训"), Text("Procedures", "规程"),
        Text("Spare parts", "备件"), Text("Maintenance system", "维护系统"), Text("Permits", "许可"),
        Text("Emergency response", "应急响应"),
    )  # fmt: skip
    return RadarChart(
        title=Text("Operational readiness", "运营准备度"), unit="%", spokes=spokes, top=1.0, x=Text("Field", "方面"),
        series=(
            Series(Text("Needed", "要求"), (0.9, 0.9, 0.95, 0.8, 0.8, 1.0, 1.0), "neutral", dashed=True),
            Series(
                Text("Reached", "现状"), (0.8, 0.55, 0.7, 0.3, 0.62, 0.9, 0.48), "accent",
                tuple(("field", n) for n in range(7)),
            ),
        ),
    )  # fmt: skip


def strip() -> StripChart:
    """A run of three days with what interrupted it."""
    trip, dip = Text("Trip of the robot cell", "机器人工位跳停"), Text("Grid dip", "电网晃电")
    spans = (
        StripSpan(0, 8, 20, 0, "", ("segment", 1)), StripSpan(0, 20, 23, 2, trip), StripSpan(0, 23, 24, 0),
        StripSpan(1, 0, 10.5, 0), StripSpan(1, 10.5, 13, 1, dip, ("stop", 2)), StripSpan(1, 13, 24, 0),
        StripSpan(2, 0, 24, 0),
    )  # fmt: skip
    return StripChart(
        title=Text("Clock of the run", "运行时钟"), y=Text("Day", "日期"),
        rows=("2027-01-14", "2027-01-15", "2027-01-16"),
        spans=spans,
        states=((Text("Counts", "计时"), "ok"), (Text("Stands", "暂停"), "warning"), (Text("Reset", "清零"), "danger")),
    )  # fmt: skip


def seats() -> SeatChart:
    """Two sides of a group under their sponsor."""
    return SeatChart(
        title=Text("Seats of the group", "小组席位"),
        above=(Seat("Zhang Wei", Text("Sponsor", "发起人"), key=("seat", 0)),),
        columns=tuple(
            SeatColumn(Text(*side), tuple(Seat(name, Text("Member", "成员"), key=("seat", name), lead=at == 0)
                                          for at, name in enumerate(names)), colour)
            for side, names, colour in ((("Project", "项目方"), ("Ben Li", "Wu Ting", "He Yong"), "info"),
                                        (("Operations", "运营方"), ("Anna Berg", "Yang Xudong"), "ok"))
        ),
    )  # fmt: skip


def every_kind() -> dict[str, AnyChart]:
    """A chart of each kind by name."""
    return {
        "columns": columns(), "stack": stack(), "lines": lines(), "burn": burn(), "heat": heat(),
        "heat-steps": heat(steps=True), "scatter": scatter(), "risks": risks(), "radar": radar(),
        "strip": strip(), "seats": seats(),
    }  # fmt: skip
