"""Nothing is fetched and nobody is called: every socket that a command or its reading child would open is caught."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl

from tests.sources import ROOT, modules, syntax

#: Whatever touches the network is written down and refused.
HOOK = """
import sys
def watch(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and event != "socket.gethostname":
        with open({log!r}, "a") as file:
            file.write(event + chr(10))
        raise RuntimeError("the network was used: " + event)
sys.addaudithook(watch)
"""
#: Runs commands one after another, with the watch in the program and in its reading child.
COMMANDS = """
from handover.exchange.reading.child_process import ChildReading
ChildReading.module = "watched_child"
from handover.cli.__main__ import main
for line in {lines!r}:
    try:
        main(line.split("|"))
    except SystemExit as left:
        if left.code:
            sys.exit(f"{{line}}: {{left.code}}")
"""
CALL = "import socket\nsocket.create_connection(('127.0.0.1', 9))\n"
IMPORT = ("new|site.handover|--code|P-01", "import|plan.xlsx|--into|site.handover|--project|P-01")


def run(folder: Path, *parts: str) -> subprocess.CompletedProcess[str]:
    """Run a program of these parts under the watch; what it hears stands in ``network.log``."""
    return subprocess.run(
        [sys.executable, "-c", hook(folder) + "".join(parts)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def hook(folder: Path) -> str:
    return HOOK.format(log=str(folder / "network.log"))


def commands(folder: Path, *lines: str, in_child: str = "") -> str:
    reading = "from handover.exchange.reading.child import main\n"
    (folder / "watched_child.py").write_text(hook(folder) + in_child + reading, encoding="utf-8")
    return COMMANDS.format(lines=lines)


def heard(folder: Path) -> str:
    log = folder / "network.log"
    return log.read_text() if log.exists() else ""


def a_workbook_that_reaches_out(path: Path) -> None:
    """A task list with formulas, a link and a picture that lie on the web."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ID", "Task Name", "Duration", "Notes"])
    sheet.append([1, "Power on", "2 days", '=WEBSERVICE("http://example.org/a")'])
    sheet.append([2, "Dry run", "3 days", '=IMAGE("https://example.org/b.png")'])
    sheet["B2"].hyperlink = "https://example.org/c"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            'Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
            'Target="http://example.org/d.xlsx" TargetMode="External"/></Relationships>',
        )


def test_a_days_work_opens_no_connection(tmp_path: Path) -> None:
    a_workbook_that_reaches_out(tmp_path / "plan.xlsx")
    (tmp_path / "documents.csv").write_text("Number,Title\nD-1,Manual\n", encoding="utf-8")

    day = commands(
        tmp_path,
        *IMPORT,
        "import|documents.csv|--into|site.handover|--project|P-01|--register|documents",
        "schedule|site.handover|--project|P-01",
        "list|site.handover|tasks|--project|P-01",
        "export|site.handover|tasks|--project|P-01|--to|tasks.xlsx",
        "export|site.handover|documents|--project|P-01|--to|documents.pdf",
        "attach|site.handover|DOC-0001|documents.csv|--project|P-01",
        "files|site.handover|--project|P-01",
        "pack|site.handover|--project|P-01|--to|packs",
        "check|site.handover",
        "restore|site.handover|--list",
    )
    done = run(tmp_path, day)

    assert heard(tmp_path) == ""
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "packs").rglob("*.pdf"))


def test_making_the_sample_opens_no_connection(tmp_path: Path) -> None:
    done = run(
        tmp_path, "from pathlib import Path\nfrom handover.sample import build\nbuild(Path('sample.handover'), 'zh')"
    )

    assert heard(tmp_path) == ""
    assert done.returncode == 0, done.stderr


def test_the_watch_hears_the_program(tmp_path: Path) -> None:
    run(tmp_path, CALL)

    assert "socket." in heard(tmp_path)


def test_the_watch_hears_the_child_that_reads_workbooks(tmp_path: Path) -> None:
    a_workbook_that_reaches_out(tmp_path / "plan.xlsx")
    run(tmp_path, commands(tmp_path, *IMPORT, in_child=CALL))

    assert "socket." in heard(tmp_path)


def test_no_module_speaks_to_the_network() -> None:
    """The window's part is Qt's, which the watch can't hear; so nothing of it is imported."""
    speaking = {
        *(
            "urllib.request",
            "http",
            "ftplib",
            "smtplib",
            "imaplib",
            "telnetlib",
            "xmlrpc",
            "socketserver",
            "webbrowser",
        ),
        *("requests", "httpx", "aiohttp", "urllib3", "PySide6.QtNetwork", "PySide6.QtWebEngineCore"),
        *("PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets"),
    }
    faults = []
    for path in modules("handover", "ui"):
        for node in ast.walk(syntax(path)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names = [str(node.module), *(f"{node.module}.{name}" for name in names)]
            found = {n for n in names if any(n == s or n.startswith(f"{s}.") for s in speaking)}
            if (
                "socket" in names and path.as_posix() != "handover/store/lock.py"
            ):  # which asks for the host's name alone
                found.add("socket")
            faults += [f"{path}: {name}" for name in sorted(found)]

    assert faults == []
