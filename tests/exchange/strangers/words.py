"""The words that lists are written in: headings, names, states, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Language:
    """The words of one language.

    Attributes:
        headings: how strangers head a field; several ways each.
        things, acts: what tasks are made of: an act on a thing.
        states: words for done, under way, not begun.
        punch_states: words for the state of a punch item.
        other: words of title blocks, legends and the rest, by what they are.
    """

    key: str
    headings: Mapping[str, tuple[str, ...]]
    things: tuple[str, ...]
    acts: tuple[str, ...]
    people: tuple[str, ...]
    phases: tuple[str, ...]
    states: tuple[str, str, str]
    punch_states: tuple[str, ...]
    other: Mapping[str, str]

    def task(self, act: int, thing: int) -> str:
        """What is done to what."""
        joined = "" if self.key in ("zh", "ja") else " "
        return f"{self.acts[act % len(self.acts)]}{joined}{self.things[thing % len(self.things)]}"


_PEOPLE: Final = ("Ann Lee", "Bob Fox", "Cid Poe", "Dora Kay", "Evan Hill", "Flo Stone")

ENGLISH: Final = Language(
    "en",
    {
        "no": ("No.", "#", "Item", "S/N", "ID"),
        "wbs": ("WBS", "WBS No."),
        "phase": ("Phase", "Stage"),
        "name": ("Task", "Activity", "Task Name", "Description", "Work item"),
        "owner": ("Owner", "Responsible", "Assigned to", "PIC"),
        "start": ("Start", "Start Date", "Planned Start", "From"),
        "finish": ("Finish", "End Date", "Due Date", "Planned Finish"),
        "duration": ("Duration", "Days", "Duration (days)"),
        "percent": ("% Complete", "Progress", "Completion"),
        "status": ("Status", "State"),
        "notes": ("Remarks", "Notes", "Comments"),
        "predecessors": ("Predecessors", "Predecessor", "Depends on"),
        "description": ("Description", "Punch item", "Defect", "Observation"),
        "external_no": ("Punch No.", "No.", "Item No."),
        "category": ("Category", "Cat."),
        "action_by": ("Action by", "Responsible", "Assigned to"),
        "due_on": ("Due date", "Target date"),
        "raised_on": ("Raised on", "Date raised", "Date identified"),
        "number": ("Document No.", "Drawing No.", "Doc No."),
        "title": ("Title", "Document title", "Drawing title"),
        "discipline": ("Discipline",),
        "revision": ("Rev", "Revision", "Rev."),
        "person": ("Name", "Full name"),
        "organisation": ("Company", "Organisation"),
        "post": ("Position", "Role", "Job title"),
        "phone": ("Phone", "Mobile", "Tel."),
        "email": ("E-mail", "Email"),
        "code": ("System No.", "Tag No.", "System"),
        "system_name": ("System name", "Description", "Name"),
    },
    ("the feed pump", "the cooling tower", "the switchgear", "the boiler", "the fire main", "the control room"),
    ("Check", "Flush", "Energise", "Align", "Test", "Clean", "Hand over", "Inspect"),
    _PEOPLE,
    ("Mechanical completion", "Commissioning", "Trial run", "Handover"),
    ("Completed", "In progress", "Not started"),
    ("Open", "Closed"),
    {
        "title": "Commissioning plan", "project": "Project", "project name": "Unit 3 extension", "date": "Date",
        "prepared": "Prepared by", "legend": "Legend", "total": "Total", "note": "Note", "planned": "Planned",
        "goes on": "until the supplier has sent the parts",
        "actual": "Actual", "dates": "Dates", "work": "Work", "tbc": "TBC", "days": "days", "hours": "hours",
        "signed": "Approved by: ____________", "recorded": "Date recorded", "required": "required",
        "read me": "Read me", "explains": "Fill in one row for each item and keep the order of the columns",
        "milestone": "Milestone", "actual start": "Actual start", "actual finish": "Actual finish",
    },
)  # fmt: skip

CHINESE: Final = Language(
    "zh",
    {
        "no": ("序号", "编号"),
        "wbs": ("WBS", "WBS编号"),
        "phase": ("阶段", "项目阶段"),
        "name": ("任务名称", "工作内容", "任务", "工作项目"),
        "owner": ("负责人", "责任人"),
        "start": ("开始时间", "开始日期", "计划开始日期"),
        "finish": ("结束时间", "完成日期", "计划完成时间", "结束日期"),
        "duration": ("工期", "工期(天)", "天数"),
        "percent": ("完成进度", "完成百分比", "进度"),
        "status": ("状态", "完成情况"),
        "notes": ("备注", "说明"),
        "predecessors": ("前置任务", "紧前工作"),
        "description": ("问题描述", "缺陷描述", "问题"),
        "external_no": ("序号", "编号", "尾项编号"),
        "category": ("类别", "等级"),
        "action_by": ("责任人", "整改责任人"),
        "due_on": ("整改期限", "计划完成日期"),
        "raised_on": ("提出日期", "发现日期"),
        "number": ("文件编号", "图号"),
        "title": ("文件名称", "图纸名称"),
        "discipline": ("专业",),
        "revision": ("版本", "版次"),
        "person": ("姓名",),
        "organisation": ("单位", "公司"),
        "post": ("职务", "岗位"),
        "phone": ("电话", "联系电话", "手机"),
        "email": ("邮箱", "电子邮箱"),
        "code": ("系统编号", "系统代码"),
        "system_name": ("系统名称",),
    },
    ("给水泵", "冷却塔", "开关柜", "锅炉", "消防水管", "控制室"),
    ("检查", "冲洗", "送电", "对中", "试验", "清理", "移交", "验收"),
    ("张伟", "李娜", "王强", "赵敏", "陈静", "刘洋"),
    ("安装收尾", "调试", "试运行", "移交阶段"),
    ("已完成", "进行中", "未开始"),
    ("未整改", "已整改", "整改中"),
    {
        "title": "调试计划", "project": "项目名称", "project name": "三号机组扩建", "date": "日期",
        "prepared": "编制人", "legend": "图例", "total": "合计", "note": "备注说明", "planned": "计划",
        "goes on": "待供货商发来备件后再处理",
        "actual": "实际", "dates": "时间安排", "work": "工作", "tbc": "待定", "days": "天", "hours": "小时",
        "signed": "审批人：____________", "recorded": "登记日期", "required": "必填",
        "read me": "填写说明", "explains": "每行填写一项，不要改变各列的顺序",
        "milestone": "里程碑", "actual start": "实际开始", "actual finish": "实际完成",
    },
)  # fmt: skip

GERMAN: Final = Language(
    "de",
    {
        **ENGLISH.headings,
        "no": ("Nr.", "Lfd. Nr."),
        "phase": ("Phase",),
        "name": ("Aufgabe", "Vorgang", "Tätigkeit"),
        "owner": ("Verantwortlich", "Zuständig"),
        "start": ("Beginn", "Start"),
        "finish": ("Ende", "Fertig bis"),
        "duration": ("Dauer", "Dauer (Tage)", "Tage"),
        "percent": ("Fortschritt", "% abgeschlossen"),
        "status": ("Status",),
        "notes": ("Bemerkung", "Bemerkungen"),
        "predecessors": ("Vorgänger",),
        "description": ("Mangel", "Beschreibung"),
        "external_no": ("Nr.", "Mangel-Nr."),
        "category": ("Kategorie",),
        "action_by": ("Verantwortlich", "Zuständig"),
        "due_on": ("Frist", "Termin"),
        "raised_on": ("Festgestellt am",),
        "number": ("Dokumentnummer", "Zeichnungsnummer"),
        "title": ("Titel", "Bezeichnung"),
        "discipline": ("Gewerk",),
        "revision": ("Revision", "Rev."),
        "person": ("Name",),
        "organisation": ("Firma",),
        "post": ("Funktion", "Position"),
        "phone": ("Telefon",),
        "email": ("E-Mail",),
    },
    ("der Speisepumpe", "des Kühlturms", "der Schaltanlage", "des Kessels", "der Löschleitung", "der Warte"),
    ("Prüfung", "Spülung", "Einschalten", "Ausrichten", "Test", "Reinigung", "Übergabe", "Abnahme"),
    ("Karl Maier", "Eva Roth", "Jan Vogel", "Ute Braun", "Max Kern", "Lea Haas"),
    ("Montage", "Inbetriebnahme", "Probebetrieb", "Abschluss"),
    ("Abgeschlossen", "In Bearbeitung", "Nicht begonnen"),
    ("Offen", "Erledigt"),
    {
        **ENGLISH.other,
        "title": "Projektplan", "project": "Projekt", "project name": "Erweiterung Block 3", "date": "Datum",
        "prepared": "Erstellt von", "legend": "Legende", "total": "Summe", "note": "Hinweis", "planned": "Soll",
        "goes on": "bis der Lieferant die Teile geschickt hat",
        "actual": "Ist", "dates": "Termine", "work": "Arbeit", "tbc": "offen", "days": "Tage", "hours": "Stunden",
        "signed": "Freigegeben: ____________", "recorded": "Erfasst am", "required": "Pflichtfeld",
        "read me": "Anleitung", "explains": "Je Zeile ein Punkt; die Reihenfolge der Spalten bleibt",
        "milestone": "Meilenstein", "actual start": "Beginn Ist", "actual finish": "Ende Ist",
    },
)  # fmt: skip

FRENCH: Final = Language(
    "fr",
    {
        **ENGLISH.headings,
        "no": ("N°",),
        "phase": ("Phase", "Étape"),
        "name": ("Tâche", "Activité"),
        "owner": ("Responsable",),
        "start": ("Début", "Date de début"),
        "finish": ("Fin", "Date de fin"),
        "duration": ("Durée", "Durée (jours)"),
        "percent": ("Avancement", "% réalisé"),
        "status": ("Statut", "État"),
        "notes": ("Remarques", "Commentaires"),
        "predecessors": ("Prédécesseurs",),
        "description": ("Description", "Réserve", "Défaut"),
        "external_no": ("N°", "N° de réserve"),
        "category": ("Catégorie",),
        "action_by": ("Responsable",),
        "due_on": ("Échéance", "Date limite"),
        "raised_on": ("Date du constat",),
        "number": ("N° de document", "Référence"),
        "title": ("Titre", "Intitulé"),
        "discipline": ("Discipline",),
        "revision": ("Révision", "Indice"),
        "person": ("Nom",),
        "organisation": ("Société", "Entreprise"),
        "post": ("Fonction",),
        "phone": ("Téléphone",),
        "email": ("E-mail", "Courriel"),
    },
    ("de la pompe", "de la tour", "du tableau", "de la chaudière", "du réseau incendie", "de la salle de commande"),
    ("Contrôle", "Rinçage", "Mise sous tension", "Alignement", "Essai", "Nettoyage", "Remise", "Réception"),
    ("Luc Petit", "Anne Roy", "Paul Noir", "Marie Blanc", "Jean Vidal", "Zoé Lune"),
    ("Montage", "Mise en service", "Marche d'essai", "Clôture"),
    ("Terminé", "En cours", "Non commencé"),
    ("Ouvert", "Fermé"),
    {
        **ENGLISH.other,
        "title": "Planning du projet", "project": "Projet", "project name": "Extension tranche 3", "date": "Date",
        "prepared": "Établi par", "legend": "Légende", "total": "Total", "note": "Remarque", "planned": "Prévu",
        "goes on": "dès que le fournisseur aura livré les pièces",
        "actual": "Réel", "dates": "Dates", "work": "Travaux", "tbc": "à définir", "days": "jours", "hours": "heures",
        "signed": "Approuvé par : ____________", "recorded": "Date de saisie", "required": "obligatoire",
        "read me": "Mode d'emploi", "explains": "Une ligne par point, sans changer l'ordre des colonnes",
        "milestone": "Jalon", "actual start": "Début réel", "actual finish": "Fin réelle",
    },
)  # fmt: skip

LANGUAGES: Final = (ENGLISH, CHINESE, GERMAN, FRENCH)
