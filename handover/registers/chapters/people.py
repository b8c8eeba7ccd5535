"""The registers of people and organisations."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.people import Organisation, Person
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Register, View

PEOPLE = Register(
    key="people",
    icon="user",
    model=Person,
    name=N_("People"),
    aliases=("person", "persons", "contacts"),
    columns=(
        Column("name", N_("Name"), 18, also=("Full name", "Person", "姓名", "人员", "名字", "联系人", "Person name", "Contact", "Contact name", "Employee", "人名", "员工姓名", "负责人姓名", "Stakeholder", "Stakeholder name", "氏名", "名前", "Nom", "Vorname Name", "Ansprechpartner", "Contact person", "Contact persons", "Key contact", "Primary contact", "Main contact", "Point of contact", "Kontaktperson", "Persona de contacto")),
        Column("organisation", N_("Organisation"), 22, also=("Company", "Company name", "Organization name", "Firm name", "Organization", "Firm", "单位", "公司", "所属单位", "部门", "Department", "Employer", "Unit", "所在单位", "单位名称", "工作单位", "组织", "会社", "所属")),
        Column("side", N_("Side"), 16, also=("Party", "所属方", "甲乙方")),
        Column("post", N_("Post"), 20, also=("Role", "Position", "Job title", "Function", "Title", "岗位", "职务", "职位", "Job", "工作岗位", "角色", "Project role", "Stakeholder type", "役割", "Rolle", "Rôle")),
        Column("discipline", N_("Discipline"), 14, also=("Trade", "专业")),
        Column("phone", N_("Phone"), 16, also=("Mobile", "Telephone", "Tel", "电话", "手机", "联系电话", "联系方式", "Phone number", "Cell", "Mobile phone", "电话号码", "手机号", "手机号码", "联系手机")),
        Column("email", N_("E-mail"), 24, also=("Email", "Mail", "邮箱", "电子邮件", "电子邮箱", "E-mail address", "Email address", "Mail address", "电邮", "邮件")),
        Column("shift", N_("Shift"), 10, False, also=("班次", "班组")),
        Column("account", N_("Account on this computer"), 14, False, also=("User name", "Login", "User account", "用户名", "登录名", "账号")),
        Column("leaves_on", N_("Leaves on"), 12, also=("Until", "Demobilisation", "离场日期", "离开日期")),
        Column("retention_risk", N_("Risk of leaving"), 16, False, also=("Retention risk", "离职风险")),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("name",),
    match=(("email",), ("name", "organisation"), ("name",)),
    views=(View("leaving", N_("Leaving within four weeks")),),
    empty=N_("No people yet. Add those of both sides, or import a contact list."),
)  # fmt: skip

ORGANISATIONS = Register(
    key="organisations",
    icon="building-2",
    model=Organisation,
    name=N_("Organisations"),
    aliases=("organisation", "organizations", "companies"),
    columns=(
        Column("name", N_("Organisation name"), 30, also=("Name", "Organisation", "Organization", "Company", "单位名称", "公司名称", "名称", "单位")),
        Column("short_name", N_("Short name"), 14, also=("Abbreviation", "简称", "缩写")),
        Column("side", N_("Side"), 16, also=("Party", "所属方")),
        Column("role", N_("Role in the project"), 20, also=("Role", "Type", "角色", "类型")),
        Column("address", N_("Address"), 30, False, also=("地址",)),
        Column("notes", N_("Notes"), 30, False, also=("Remarks", "Comments", "备注", "说明")),
    ),
    display=("name",),
    match=(("name",), ("short_name",)),
    empty=N_("No organisations yet. Add the companies and departments that take part."),
)  # fmt: skip

CHAPTER = Chapter(
    "people",
    N_("People and organisations"),
    "people",
    (PEOPLE, ORGANISATIONS),
    pack=(InPack("organisations"), InPack("people")),
    order=90,
)
