"""A pack with everything that an outline can hold, in real words of both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from handover.charts.drawing import Drawing, Label, Line, Polygon, Rect
from handover.pack.blocks.signing import Party, SignatureLine, SignOff
from handover.pack.drawing import DrawingPages
from handover.pack.outline import (
    Bar,
    Bars,
    Cell,
    Cover,
    Fact,
    Facts,
    Indented,
    KeyNumber,
    KeyNumbers,
    Marked,
    Note,
    PackOutline,
    Paragraph,
    Row,
    Rows,
    Section,
    Status,
    TableBlock,
    TableColumn,
)
from handover.values import print_forms
from handover.wording import Language, Text

DONE = Status(Text("Complete", "已完成"), "ok")
RUNNING = Status(Text("In progress", "进行中"), "info")
LATE = Status(Text("Overdue", "已逾期"), "danger")
RISK = Status(Text("At risk", "有风险"), "warning")
OPEN = Status(Text("Not started", "未开始"), "neutral")
STATUSES = (OPEN, RUNNING, RISK, LATE, DONE)
DAY = date(2026, 3, 2)

PARTIES = (
    Party(
        Text("Handing over: the project", "移交方：项目部"),
        "华东新能源汽车有限公司 工程建设指挥部",
        (
            SignatureLine(Text("Project manager", "项目经理"), "张建国", "项目部总监"),
            SignatureLine(Text("Commissioning lead", "调试负责人"), "Maria Lindqvist"),
            SignatureLine(Text("Quality", "质量负责人")),
        ),
    ),
    Party(
        Text("Taking over: operations", "接收方：生产运营"),
        "华东新能源汽车有限公司 电池车间",
        (
            SignatureLine(Text("Plant manager", "厂长"), "王丽华"),
            SignatureLine(Text("Maintenance lead", "设备维护负责人"), "李强"),
        ),
    ),
)

TASK_COLUMNS = (
    TableColumn("ref", Text("Ref.", "编号")),
    TableColumn("wbs", Text("WBS", "WBS 编码")),
    TableColumn("name", Text("Task", "任务名称"), weight=3.0),
    TableColumn("owner", Text("Owner", "负责人")),
    TableColumn("start", Text("Start", "开始"), print_forms.DAY),
    TableColumn("finish", Text("Finish", "完成"), print_forms.DAY),
    TableColumn("days", Text("Days", "工期（天）"), print_forms.NUMBER),
    TableColumn("progress", Text("Progress", "进度"), print_forms.SHARE),
    TableColumn("status", Text("Status", "状态"), print_forms.STATUS, choices=STATUSES),
)

NAMES = (
    "车身焊装线 1# 机器人单机调试",
    "Battery pack line: leak test of cooling plates",
    "电池包线 EOL 下线检测设备联机调试（含 MES 数据追溯接口验证，双班连续 72 小时运行考核）",
    "PLC 程序备份与版本冻结；变频器参数清单归档",
    "Hand over as-built drawings of the paint-shop exhaust air treatment (RTO), including P&IDs and loop sheets",
    "备件清单核对：伺服电机、减速机、焊枪电极帽",
)


def task_rows(many: int) -> list[Row]:
    rows: list[Row] = []
    for n in range(many):
        start = DAY + timedelta(days=n * 3 % 400)
        finish = start + timedelta(days=5 + n % 23)
        status = STATUSES[n % 5]
        shown: Cell = Marked(finish, "danger", Text("12 days late", "逾期 12 天")) if status is LATE else finish
        level = min(n % 6, 2)
        rows.append(
            (
                f"TSK-{n + 1:04}",
                f"1.{n // 6 + 1}" + (f".{n % 6}" if n % 6 else ""),
                Indented(NAMES[n % 6], level, n % 6 == 0),
                ("张建国", "Maria Lindqvist", "李强；王丽华", "")[n % 4],
                start,
                shown,
                5 + n % 23,
                (n % 11) / 10,
                status,
            )
        )
    return rows


DOCUMENT_COLUMNS = (
    TableColumn("ref", Text("Ref.", "编号")),
    TableColumn("number", Text("Document number", "文件编号")),
    TableColumn("title", Text("Title", "文件名称"), print_forms.LONG, weight=3.0),
    TableColumn("system", Text("System", "所属系统")),
    TableColumn("revision", Text("Rev.", "版次")),
    TableColumn("due", Text("Due", "应交日期"), print_forms.DAY),
    TableColumn("received", Text("Received", "收到"), print_forms.YES_OR_NO),
    TableColumn("status", Text("Status", "状态"), print_forms.STATUS, choices=STATUSES),
    TableColumn("remark", Text("Remarks", "备注"), print_forms.LONG, weight=2.0),
    TableColumn("internal", Text("Keywords", "关键词"), in_print=False),
)


def document_rows(many: int) -> list[Row]:
    systems = ("BIW-01 焊装主线", "BAT-02 电池包线", "UTL-05 Compressed air 压缩空气站")
    return [
        (
            f"DOC-{n + 1:04}",
            f"NEV-BAT-{n % 12:02}-EL-{n + 1:05}-R{n % 4}",
            ("电池包装配线电气原理图（第三册：安全回路与急停）", "Operation and maintenance manual of the leak tester")[
                n % 2
            ],
            systems[n * 3 // max(many, 1)],
            "ABC0"[n % 4],
            DAY + timedelta(days=n),
            n % 3 == 0,
            STATUSES[n % 5],
            "供应商承诺 3 月 15 日前补交竣工版；扫描件已收，原件待寄。" if n % 7 == 0 else "",
            "电气;安全",
        )
        for n in range(many)
    ]


def gantt_page(page: int) -> Drawing:
    shapes: list[Line | Rect | Polygon | Label] = [Rect(0, 0, 728, 22, fill="#F3F7F7")]
    for week in range(12):
        x = 200 + week * 44
        shapes.append(Line(((x, 0), (x, 420)), "#E6EBED"))
        shapes.append(Label(x + 3, 15, f"W{week + 1}", 7))
    for n in range(20):
        y = 40 + n * 19
        shapes.append(Label(4, y, f"{page + 1}.{n + 1} {NAMES[n % 6]}", 7.5, max_width=190))
        if n % 7 == 6:
            x = 230 + n * 18
            shapes.append(Polygon(((x, y - 8), (x + 6, y - 2), (x, y + 4), (x - 6, y - 2)), fill="#1F2933"))
        else:
            shapes.append(Rect(210 + n * 18, y - 8, 90, 9, fill="#A8380B" if n % 4 == 0 else "#0B6E75", radius=1.5))
    shapes.append(Line(((430, 22), (430, 420)), "#A8380B", 0.8, (3.0, 2.0)))
    return Drawing(728, 420, tuple(shapes), Text("Gantt chart, sheet {0}", "甘特图，第 {0} 张"))


def a_pack(tasks: int = 60, documents: int = 80, language: Language = "both") -> PackOutline:
    facts = (
        Fact(Text("Site", "地点"), "江苏省盐城市经济技术开发区希望大道 88 号"),
        Fact(
            Text("Planned handover", "计划移交日期"),
            Marked(date(2026, 6, 30), "warning", Text("9 days left", "还剩 9 天")),
        ),
        Fact(Text("Systems", "系统数"), 12),
    )
    summary = Section(
        "summary",
        Text("Summary of the project", "项目概况"),
        (
            Paragraph(
                Text(
                    "The body and battery lines go from commissioning into operation. This pack states what was handed "
                    "over, what is still open and who is responsible for it.",
                    "车身与电池产线由调试阶段转入生产运营。本移交包列明已移交的内容、尚未关闭的事项及其责任人；"
                    "“有条件接收”的系统见第 5 章，相关保留项须在质保期（12 个月）内关闭。",
                )
            ),
            KeyNumbers(
                (
                    KeyNumber(Text("tasks complete", "已完成任务"), 124, "ok", Text("of 150", "共 150 项")),
                    KeyNumber(Text("tasks overdue", "逾期任务"), 7, "danger"),
                    KeyNumber(Text("documents missing", "缺失文件"), 23, "warning"),
                    KeyNumber(Text("days to handover", "距移交天数"), 9),
                )
            ),
            Bars(
                (
                    Bar("BIW-01 焊装主线", 48, 52, "ok"),
                    Bar("BAT-02 电池包线", 21, 60, "warning", Text("2 blocking", "2 项阻碍")),
                    Bar(Text("Utilities", "公用工程"), 0, 12, "danger"),
                ),
                Text("Documents received, by system", "各系统文件接收情况"),
            ),
            Note(Text("Two systems can't be handed over yet.", "有两个系统尚不具备移交条件。"), "warning"),
            Facts((*facts, Fact(Text("Status", "状态"), RISK))),
        ),
    )
    group_columns = (
        TableColumn("ref", Text("Ref.", "编号")),
        TableColumn("name", Text("Name", "姓名")),
        TableColumn("side", Text("Side", "所属方")),
        TableColumn("role", Text("Role", "职责"), print_forms.LONG),
    )
    groups = TableBlock(
        "members",
        Text("Members", "成员"),
        group_columns,
        [
            ("PER-0001", "张建国", Text("Project", "项目"), "组长"),
            ("PER-0002", "Maria Lindqvist", Text("Project", "项目"), "Commissioning"),
        ],
    )
    tasks_table = TableBlock(
        "tasks",
        Text("Task plan", "任务计划"),
        TASK_COLUMNS,
        Rows(lambda: task_rows(tasks)),
        count=tasks,
        caption=Text("All tasks of the plan in the order of their outline.", "计划中的全部任务，按大纲顺序排列。"),
    )
    documents_table = TableBlock(
        "documents",
        Text("Document register", "文件登记册"),
        DOCUMENT_COLUMNS,
        document_rows(documents),
        group_by="system",
        caption=Text("Documents to transfer, by system.", "待移交文件，按系统分组。"),
        filter=Text("Not yet accepted", "尚未接受"),
        left_out=12,
    )
    empty = TableBlock(
        "gaps",
        Text("Knowledge gaps", "知识差距"),
        (TableColumn("ref", "Ref"), TableColumn("gap", Text("Gap", "差距"))),
        (),
    )
    return PackOutline(
        title=Text("Handover pack", "投产移交包"),
        subtitle=Text("From commissioning into operation", "由调试转入生产运营"),
        cover=Cover("盐城新能源汽车工厂 车身与电池产线 NEV Plant Yancheng", "NEV-YC", PARTIES, facts),
        number="NEV-YC-HP-003",
        made_at=datetime(2026, 6, 21, 9, 30),
        language=language,
        edition=3,
        source="盐城工厂.handover",
        sections=(
            summary,
            Section("groups", Text("Joint working groups", "联合工作组")),
            Section("group-1", Text("Battery line group", "电池线工作组"), (groups,), level=2),
            Section("plan", Text("Task plan", "任务计划"), (tasks_table,)),
            Section("gantt", Text("Gantt chart", "甘特图"), (DrawingPages(tuple(gantt_page(n) for n in range(3))),)),
            Section("documents", Text("Document register", "文件登记册"), (documents_table,)),
            Section("gaps", Text("Knowledge gaps", "知识差距"), (empty,)),
            Section(
                "signoff",
                Text("Sign-off", "签署确认"),
                (
                    SignOff(
                        PARTIES,
                        Text(
                            "Both sides confirm that the systems listed were handed over in the state described.",
                            "双方确认：上述系统已按本移交包所述状态完成移交，保留项按约定期限关闭。",
                        ),
                    ),
                ),
            ),
        ),
    )


def with_table(table: TableBlock, language: Language = "zh") -> PackOutline:
    """A pack of a single table."""
    pack = a_pack(0, 0, language)
    return replace(pack, sections=(Section(table.key, table.title, (table,)),))
