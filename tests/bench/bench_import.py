"""How long an import takes beside reading alone: ``python tests/bench/bench_import.py [ROWS] [--file FILE]``.

Prints the time of python-calamine merely reading the workbook, of openpyxl in read-only mode on request, and of the
whole import (read, recognised, mapped, checked, stored), each in a process of its own, with the ratio and the most
memory that the process and its reading child hold together (looked at fifty times a second, on Linux).
"""

# ruff: noqa: E501 - a row of made data to a line
from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEADINGS = (
    "序号", "文件编号", "文件名称", "专业", "系统编码", "子系统", "文件类型", "版本", "页数", "移交方", "接收方", "责任人",
    "计划移交日期", "实际移交日期", "状态", "密级", "缺陷数", "完成率", "金额(元)", "备注",
)  # fmt: skip
TASK_HEADINGS = (
    "ID",
    "WBS",
    "任务名称",
    "工期(天)",
    "开始时间",
    "完成时间",
    "前置任务",
    "负责人",
    "完成百分比",
    "备注",
)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=10_000)
    parser.add_argument("--register", default="documents", choices=("documents", "tasks"))
    parser.add_argument("--openpyxl", action="store_true", help="measure openpyxl in read-only mode as well")
    parser.add_argument("--file", type=Path, help="an existing workbook instead of a made one")
    parser.add_argument("--one", choices=("calamine", "openpyxl", "import"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_ONE[asked.one](asked.file, asked.register)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = asked.file or make_workbook(Path(folder) / "rows.xlsx", asked.rows, asked.register)
        peers = ["calamine", *(["openpyxl"] if asked.openpyxl else []), "import"]
        found = {peer: _measured(peer, path, asked.register) for peer in peers}
    alone = found["calamine"]["seconds"]
    for peer, figures in found.items():
        ratio = figures["seconds"] / alone
        print(
            f"{peer:10} {figures['rows']:>7} rows  {figures['seconds']:7.2f} s  {ratio:5.2f} x  {figures['mib']:5.0f} MiB"
        )
    for name, seconds in found["import"].get("parts", {}).items():
        print(f"    {name:12} {seconds:6.2f} s")


def make_workbook(path: Path, rows: int, register: str) -> Path:
    """A register of documents (20 columns) or a plan (10 columns) of so many rows; always the same."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    chance = random.Random(7)
    sheet.append(list(HEADINGS if register == "documents" else TASK_HEADINGS))
    for n in range(1, rows + 1):
        sheet.append(_document(n, chance) if register == "documents" else _task(n, chance))
    book.save(path)
    return path


def _document(n: int, chance: random.Random) -> list[object]:
    system = f"{chance.choice('ABCDEFGHJK')}{chance.randrange(1, 21):02d}"
    planned = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(720))
    person = chance.choice("王李张刘陈杨黄赵吴周") + chance.choice("伟芳娜敏静丽强磊军洋")
    return [
        n, f"DOC-{system}-{n:06d}", f"{system} 系统操作规程第{chance.randrange(1, 40)}册", chance.choice(("工艺", "电气", "仪表")),
        system, chance.choice(("供料", "反应", "分离")), chance.choice(("图纸", "操作规程", "试验报告")), f"A{n % 9}",
        chance.randrange(1, 400), chance.choice(("项目部", "设计院")), chance.choice(("生产部", "设备部")), person, planned,
        planned + dt.timedelta(days=chance.randrange(45)) if n % 3 else None,
        chance.choice(("未开始", "已提交", "审核中", "退回", "已接收", "已归档")), chance.choice(("公开", "内部", "秘密")),
        chance.randrange(4), round(chance.random(), 4), round(chance.uniform(100, 2_000_000), 2),
        chance.choice(("", "随设备到货", "双语版")),
    ]  # fmt: skip


def _task(n: int, chance: random.Random) -> list[object]:
    start = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(720))
    days = chance.choice((1, 2, 3, 5, 8, 10))
    code = f"{(n - 1) // 50 + 1}.{(n - 1) % 50}" if (n - 1) % 50 else f"{(n - 1) // 50 + 1}"
    person = chance.choice("王李张刘陈杨黄赵吴周") + chance.choice("伟芳娜敏静丽强磊军洋")
    return [
        n, code, f"调试工作 {n:06d}", days, start, start + dt.timedelta(days=days - 1), f"{n - 1}FS+{n % 4}d" if n % 3 == 0 else None,
        person, chance.choice((0, 0.5, 1)), None,
    ]  # fmt: skip


def _measured(peer: str, path: Path, register: str) -> dict[str, object]:
    command = [sys.executable, __file__, "--one", peer, "--file", str(path), "--register", register]
    most = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        while running.poll() is None:
            most = max(most, sum(map(_resident, _family(running.pid))))
            time.sleep(0.02)
        assert running.stdout is not None
        said = running.stdout.read()
    if running.returncode:
        raise SystemExit(f"{peer} failed")
    figures: dict[str, object] = json.loads(said)
    return {**figures, "mib": most / 1024}


def _family(process: int) -> list[int]:
    """A process and those that its threads started."""
    threads = Path(f"/proc/{process}/task")
    try:
        children = {int(c) for t in threads.iterdir() for c in (t / "children").read_text().split()}
    except OSError:  # it has ended, or there is no /proc
        children = set()
    return [process, *(each for child in children for each in _family(child))]


def _resident(process: int) -> int:
    """Kibibytes that a process holds in memory."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _calamine(path: Path, _register: str) -> dict[str, object]:
    started = time.perf_counter()
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return _figures(len(rows) - 1, time.perf_counter() - started)


def _openpyxl(path: Path, _register: str) -> dict[str, object]:
    started = time.perf_counter()
    from openpyxl import load_workbook

    rows = sum(1 for _ in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
    return _figures(rows - 1, time.perf_counter() - started)


def _import(path: Path, register: str) -> dict[str, object]:
    sys.path.insert(0, str(ROOT))
    from handover.exchange.importing.apply import apply
    from handover.exchange.importing.command import Asked, rehearse
    from handover.model import Project
    from handover.store.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder, Workspace.create(Path(folder) / "bench.handover") as workspace:
        with workspace.edit("bench") as work:
            work.add(Project(code="B", name="Bench"))
        project = workspace.projects()[0]
        started = time.perf_counter()
        run = rehearse(workspace, project, path, Asked(register))
        planned = time.perf_counter()
        report = apply(run, workspace)
        done = time.perf_counter()
        assert report.new > 0.9 * run.total, run.rows
        figures = _figures(report.new, done - started)
        figures["parts"] = {"dry run": planned - started, "storing": done - planned}
        return figures


def _figures(rows: int, seconds: float) -> dict[str, object]:
    return {"rows": rows, "seconds": seconds}


_ONE = {"calamine": _calamine, "openpyxl": _openpyxl, "import": _import}

if __name__ == "__main__":
    main()
