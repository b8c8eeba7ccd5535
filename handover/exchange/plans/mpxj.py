"""Plans in the formats of other programs, read by MPXJ, a library in Java that is there if the user installed it.

``java_library`` runs in the program and finds Java; the rest runs in the child, for MPXJ takes outside bytes apart.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Final

from handover.errors import UnusableFile
from handover.exchange.reading.foreign_plans import PROGRAMS
from handover.i18n import N_, tr

#: What ``handover[mpp]`` brings, by itself: a checkout is no package that pip knows, and would be looked for elsewhere.
INSTALL: Final = 'pip install "mpxj>=16.10" "jpype1>=1.7.1"'

#: Java without what would write files, start programs or take the address space that the child doesn't have.
_OPTIONS: Final = (
    "-Xmx768m", "-Xss4m", "-XX:+UseSerialGC", "-XX:CompressedClassSpaceSize=96m", "-XX:ReservedCodeCacheSize=64m",
    "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:CICompilerCount=1", "-Xshare:auto", "-Djava.awt.headless=true",
    "-Djava.io.tmpdir=/nonexistent", "-XX:-CreateCoredumpOnCrash", "-Dlog4j2.loggerContextFactory="
    "org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
)  # fmt: skip


_READERS: Final = {
    "mpp": "org.mpxj.mpp.MPPReader",
    "mpx": "org.mpxj.mpx.MPXReader",
    "gan": "org.mpxj.ganttproject.GanttProjectReader",
    "gnome-planner": "org.mpxj.planner.PlannerReader",
    "pmxml": "org.mpxj.primavera.PrimaveraPMFileReader",
    "asta": "org.mpxj.asta.AstaFileReader",
    "phoenix": "org.mpxj.phoenix.PhoenixReader",
}


def java_library(file: str, kind: str) -> str:
    """The library of Java that runs MPXJ.

    Raises:
        UnusableFile: Java or MPXJ isn't installed; the sentence says what to install.
    """
    library = _java()
    missing = [name for name in ("jpype", "mpxj") if importlib.util.find_spec(name) is None]
    if library and not missing:
        return library
    what = {"file": file, "what": tr(PROGRAMS[kind]), "command": INSTALL}
    if library:
        raise UnusableFile(
            N_("{file} is {what}. To read it, install what reads it: {command}. Or save it as XML of MS Project."),
            **what,
        )
    raise UnusableFile(
        N_(
            "{file} is {what}. To read it, install Java 17 or later and what reads it: {command}. "
            "Or save it as XML of MS Project."
        ),
        **what,
    )


@cache
def _java() -> str:
    """Where Java's library lies, empty where there is none."""
    if importlib.util.find_spec("jpype") is None:
        from shutil import which

        return which("java") or ""
    import jpype

    try:
        return str(jpype.getDefaultJVMPath())
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException, OSError, ValueError):
        return ""


def as_mspdi(path: str, file: str, kind: str, java: str) -> bytes:
    """A plan as MS Project's XML; in the child.

    Raises:
        UnusableFile: MPXJ can't read it.
    """
    import jpype
    import mpxj

    jars = [str(jar) for jar in sorted((Path(mpxj.__file__).parent / "lib").glob("*.jar"))]
    jpype.startJVM(java, *_OPTIONS, classpath=jars, convertStrings=False)
    reader = jpype.JClass(_READERS[kind])()  # the one that finds out by itself copies the file, which the child can't
    try:
        project = reader.read(jpype.JClass("java.io.File")(path))
        if project is None:
            raise UnusableFile(
                N_("{file} is no plan of a program that is known here. Save it as XML of MS Project."), file=file
            )
        out = jpype.JClass("java.io.ByteArrayOutputStream")()
        jpype.JClass("org.mpxj.mspdi.MSPDIWriter")().write(project, out)
    except jpype.JException as error:
        if "password" in str(error).lower():
            raise UnusableFile(
                N_("{file} is protected with a password. Save it without and import it again."), file=file
            ) from None
        raise UnusableFile(
            N_("{file} can't be read as a plan: it is damaged. Export it anew from the program that made it."),
            file=file,
            detail=str(error)[:2000],
        ) from None
    return bytes(out.toByteArray())
