"""The register of pick lists: the words, letters and order that a site chooses for itself."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.pick import Pick
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register, View

PICKS = Register(
    key="picks",
    icon="tag",
    model=Pick,
    name=N_("Pick lists"),
    aliases=("pick", "pick_lists", "lists"),
    columns=(
        Column("list", N_("List"), 18, also=("Pick list", "Picklist", "列表", "清单", "下拉列表")),
        Column("code", N_("Code"), 10, also=("Letter", "Value", "代码", "编码", "字母")),
        Column("en", N_("English"), 26, also=("English name", "Name", "Word", "英文", "英文名称")),
        Column("zh", N_("Chinese"), 22, also=("Chinese name", "中文", "中文名称", "名称")),
        Column("meaning", N_("Meaning"), 28, also=("Behaviour", "Effect", "含义", "作用")),
        Column("tone", N_("Colour"), 10, also=("Color", "Tone", "颜色")),
        Column("position", N_("Order"), 8, False, also=("Position", "Sort", "Sequence", "顺序", "排序")),
        Column("also", N_("Also called"), 30, False, also=("Aliases", "Synonyms", "Other words", "别名", "同义词")),
        Column("retired", N_("Retired"), 9, also=("Inactive", "Obsolete", "停用", "是否停用")),
    ),
    display=("code", "en"),
    named="word",
    short="code",
    tone="tone",
    match=(("list", "code"), ("list", "en"), ("list", "zh")),
    views=(View("offered", N_("Offered")), View("gone", N_("Retired"))),
    order="place",
    empty=N_("No entries yet. Take the lists of an industry, or import your own."),
)  # fmt: skip

CHAPTER = Chapter("picks", N_("Pick lists"), "settings", (PICKS,), order=900)
