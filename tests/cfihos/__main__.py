"""Writes the process plant's requirements: ``python -m tests.cfihos FOLDER``, where the files of CFIHOS are.

CFIHOS 2.0 CORE (IOGP JIP36, CC BY 4.0) says of 1,127 discipline document types which status is required at each of
five handover events, and which types a class of equipment needs. Here classes become types of systems, and what is
asked of the plant or site is asked of the project as a whole. What is "not specified" at all events asks for nothing.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "resources" / "templates" / "requirements" / "process_plant.csv"

#: The five events by their columns, and the milestone of the template that each is.
EVENTS = {"for_engineering": "ENG", "for_construction": "CON", "for_commissioning": "COM", "for_startup": "SUP",
          "for_operations": "OPS"}  # fmt: skip
#: Of which of them the project as a whole has one.
WHOLE = {"Plant", "Site"}

#: Types of systems by the words that the classes of their equipment are made of; the first that fits counts.
GROUPS = (
    ("WEL", r"well|christmas tree|pumpjack|mandrel|tubing|blow out|wire ?line|shale|umbilical|swivel|packer"),
    ("MAR", r"life ?(boat|buoy|raft)|rescue|mooring|buoy|boat|radio beacon|anchor|climbing net|personnel basket"),
    ("PLN", r"\bpig\b|pig (launcher|receiver|trap)|slug catcher|loading arm|meter prover"),
    ("FIR", r"fire|flame|smoke|gas detector|heat and smoke|fog|eye bath|safety|first aid|breathing|alarm|break glass"
            r"|manual call|strobe|optical beacon|fall arrest|health|horn"),
    ("TEL", r"antenna|camera|telephone|radio|modem|router|wireless|intercom|pag(er|ing)|public address|loudspeaker"
            r"|satellite|telecom|microphone|multiplexer|signal|fax|transponder|radar|mast|video|amplifier"),
    ("HVC", r"air (handling|conditioner|balancing)|damper|humidifier|diffuser|grille|louvre|ventilator|hood|duct"),
    ("LIF", r"crane|hoist|winch|elevator|lift|sling|trolley|truck|trailer|conveyor|sheave|snatch|spreader|forklift"
            r"|beam clamp|car$|bicycle|chain"),
    ("ELE", r"transformer|switchboard|motor (control|starter)|circuit|battery|rectifier|inverter|capacitor|busbar"
            r"|generator|electric|earth|fuse|luminaire|lamp|floodlight|lightning|power (supply|stabiliser)|thyristor"
            r"|contactor|distribution board|junction box|socket|isolator|cathodic|anode|cable|aircraft warning"
            r"|voltage|wind turbine|(low|high)-pass|harmonic"),
    ("INS", r"transmitter|gauge|switch|detector|analyser|indicat|sensor|control|thermo|orifice|element|meter|pitot"
            r"|counter|computer|barrier|load cell|proximity|relay|solenoid|timer|keyboard|hard disk|tape drive|reader"
            r"|scanner|data acquisition|trip amplifier|remote terminal|positioning|conductivity|clock|logic cap"),
    ("ROT", r"pump|compressor|turbo|fan|blower|agitator|mixer|centrifuge|motor|gear|coupling|clutch|torque|bearing"
            r"|brake|extruder|crusher|grinding|expander|engine|mechanical seal|hydraulic (press|cylinder)"),
    ("PIP", r"valve|flange|gasket|hose|strainer|steam trap|spectacle|rupture|expansion joint|manifold|nozzle|sampler"
            r"|relief|plug|connector|ejector|eductor|silencer|attenuator|injection|restriction|diaphragm seal"),
    ("STA", r"vessel|tank|drum|column|exchanger|cooler|condenser|boiler|heater|furnace|filter|separator|tower|silo"
            r"|stack|flare|reactor|accumulator|coalescer|degasser|demister|drier|incinerator|precipitator|scraper"
            r"|sterilizer|desalination|water maker|sump|sink|skimmer|stripper|aerator|deionizer|chamber|shell"),
)  # fmt: skip
#: The types of systems that a discipline's documents on tags and equipment are of; others are of every type.
DISCIPLINES = {
    "EA": ("ELE",), "IN": ("INS",), "MR": ("ROT",), "MS": ("STA",), "MX": ("ROT", "STA", "LIF"), "MP": ("PIP",),
    "MH": ("HVC",), "TA": ("TEL",), "LA": ("PLN",), "UA": ("MAR",), "WA": ("MAR",), "CS": ("CIV",), "CX": ("CIV",),
    "CB": ("CIV",), "CG": ("CIV",), "CI": ("CIV",),
}  # fmt: skip
#: A type of document that as many types of systems need as these is asked of every system.
MOST = 8


def main(folder: Path) -> int:
    """Write the lines, and say how many there are."""
    needed = _needed(folder)
    lines = []
    for row in _rows(folder / "document-requirements.csv"):
        asked = {milestone: row[event] for event, milestone in EVENTS.items()}
        if set(asked.values()) == {"not specified"}:
            continue
        statuses = ["" if status == "not specified" else status for status in asked.values()]
        for group in _groups(row, needed):
            lines.append([group, row["type"], row["discipline"], *statuses, "", "", "", "", ""])
    head = ["of", "type", "discipline", *EVENTS.values(), "mandatory", "paper", "translated", "copies", "side"]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *sorted(lines)])
    print(f"{len(lines)} lines, {len({tuple(each[1:3]) for each in lines})} discipline document types")
    return 0


def _needed(folder: Path) -> dict[str, set[str]]:
    """The types of systems that need a type of document, by its name; of classes that no word places, every one."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "documents-per-class.csv"):
        place = next((key for key, words in GROUPS if re.search(words, row["class"])), "")
        if place:
            found[row["type_name"]].add(place)
    return found


def _groups(row: dict[str, str], needed: dict[str, set[str]]) -> list[str]:
    """Of which types of systems a line is asked: the project, every system, or some."""
    if row["asset"] in WHOLE:
        return ["PRJ"]
    own = DISCIPLINES.get(row["discipline"], ())
    by_class = needed.get(row["type_name"], set())
    if own:
        return sorted(by_class & set(own)) or list(own)
    if row["asset"] == "Process_Unit" or not by_class or len(by_class) >= MOST:
        return [""]
    return sorted(by_class)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
