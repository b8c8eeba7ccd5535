"""The style sheet, written in tokens: ``@name`` stands for a colour, ``@icon:colour`` for the path of a drawing."""

SHEET = """
* { outline: 0; }
QWidget { font-size: 13px; }
QMainWindow, QDialog, QWizard { background: @surface; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="lead"] { font-size: 15px; font-weight: 600; }
QLabel[role="figure"] { font-size: 28px; font-weight: 600; }
QLabel[role="secondary"] { color: @secondary; }
QLabel[role="small"] { font-size: 12px; color: @secondary; }
QLabel[role="error"] { color: @danger; }
QLabel[role="reason"] { background: @raised; color: @danger; border: 1px solid @danger; border-radius: 6px;
  padding: 6px 8px; }

QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 6px; }

QMenuBar { background: @sunken; color: @text; padding: 0 4px; border: 0; }
QMenuBar::item { padding: 5px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @hover; }
QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; color: @text; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @selection; color: @on_selection; }
QMenu::item:disabled { color: @border; background: transparent; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }

QToolBar { background: @surface; border: 0; border-bottom: 1px solid @line; spacing: 4px; padding: 4px 8px; }
QToolBar::separator { width: 1px; background: @line; margin: 4px 4px; }
QStatusBar { background: @sunken; border-top: 1px solid @line; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @secondary; font-size: 12px; padding: 0 4px; }

QPushButton { background: @raised; color: @text; border: 1px solid @border; border-radius: 6px;
  padding: 5px 14px; min-height: 18px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed, QPushButton:checked { background: @selection; color: @on_selection; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 13px; }
QPushButton:disabled { color: @border; border-color: @line; background: @surface; }
QPushButton:default, QPushButton[role="primary"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton:default:hover, QPushButton[role="primary"]:hover { border: 1px solid @text; }
QPushButton:default:focus, QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="danger"] { color: @danger; border-color: @danger; }
QPushButton:default:disabled, QPushButton[role="primary"]:disabled {
  background: @neutral_soft; color: @secondary; border-color: @line; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 2px 4px;
  text-align: left; }
QPushButton[role="link_danger"] { background: transparent; border: 1px solid transparent; color: @danger;
  padding: 2px 4px; text-align: left; }
QPushButton[role="link_danger"]:hover { text-decoration: underline; }
QPushButton[role="link_danger"]:focus { border: 1px solid @accent; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid @accent; }
QPushButton[role="view"] { background: transparent; border: 1px solid @line; color: @text; padding: 2px 10px; }
QPushButton[role="view"]:hover { background: @hover; }
QPushButton[role="view"]:checked { background: @selection; color: @on_selection; border: 1px solid @accent; }
QPushButton[role="view"]:focus { border: 1px solid @accent; }
QPushButton[role="figure"] { background: transparent; border: 1px solid transparent; color: @text; padding: 0;
  text-align: left; font-size: 28px; font-weight: 600; min-width: 24px; }
QPushButton[role="figure"]:hover { color: @accent; }
QPushButton[role="figure"]:focus { border: 1px solid @accent; }

QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 6px;
  padding: 4px 6px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selection; color: @on_selection; }
QToolButton:focus { border: 1px solid @accent; }
QToolButton:disabled { color: @border; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[role="section"] { text-align: left; font-weight: 600; padding: 3px 4px 3px 0; border-radius: 4px; }
QToolButton[role="section"]:hover { background: @hover; }
QToolButton[role="switcher"] { text-align: left; padding-right: 22px; }
QToolButton[role="switcher"]::menu-indicator { image: url(@chevron-down:text); width: 14px; height: 14px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }
QToolButton#qt_toolbar_ext_button { image: url(@ellipsis:text); padding: 0; margin: 0; border: 0; max-width: 18px; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton::menu-button { width: 16px; border: 0; }
QToolButton::menu-arrow { image: url(@chevron-down:text); width: 14px; height: 14px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: @raised; color: @text;
  border: 1px solid @border; border-radius: 6px; padding: 4px 7px; selection-background-color: @selection;
  selection-color: @on_selection; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 18px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid @accent; padding: 3px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  background: @surface; color: @secondary; border-color: @line; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only { background: @surface; }
QLineEdit[role="wrong"], QComboBox[role="wrong"], QPlainTextEdit[role="wrong"], QTextEdit[role="wrong"],
QAbstractSpinBox[role="wrong"] {
  border: 2px solid @danger; padding: 3px 6px; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: 0; width: 22px; subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(@chevron-down:text); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; padding: 4px; }
QAbstractSpinBox::up-button { border: 0; width: 20px; subcontrol-origin: border; subcontrol-position: top right; }
QAbstractSpinBox::down-button { border: 0; width: 20px; subcontrol-origin: border;
  subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(@chevron-up:text); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url(@chevron-down:text); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @border;
  background: @raised; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@check:on_accent); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; image: url(@minus:on_accent); }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 8px; height: 8px; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @secondary; }

QGroupBox { border: 0; border-top: 1px solid @line; margin-top: 12px; padding-top: 14px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 0 8px 0 0; }

QAbstractItemView { background: @raised; color: @text; border: 1px solid @line; gridline-color: @line;
  selection-background-color: @selection; selection-color: @on_selection; alternate-background-color: @raised; }
QAbstractItemView::item { padding: 0 6px; }
QAbstractItemView::item:selected { background: @selection; color: @on_selection; }
QAbstractItemView:focus { border: 1px solid @accent; }
QAbstractItemView::indicator { width: 16px; height: 16px; border: 1px solid @border; border-radius: 4px;
  background: @raised; }
QAbstractItemView::indicator:checked { background: @accent; border-color: @accent; image: url(@check:on_accent); }
QAbstractItemView[role="bare"] { border: 0; }
QHeaderView { background: @sunken; border: 0; }
QHeaderView::section { background: @sunken; color: @secondary; border: 0; border-right: 1px solid @line;
  border-bottom: 1px solid @line; padding: 5px 8px; font-weight: 600; font-size: 12px; }
QHeaderView::section:hover { color: @text; }
QTableCornerButton::section { background: @sunken; border: 0; border-bottom: 1px solid @line; }

QScrollArea, QStackedWidget { border: 0; background: transparent; }
QScrollArea[role="ground"] { background: @sunken; border-top: 1px solid @line; }
QLabel[role="page"] { border: 1px solid @line; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border; border: 3px solid transparent; border-radius: 6px; background-clip: padding; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 3px; border: 0; border-radius: 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 2px; border: 0; border-radius: 3px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }

QTabWidget::pane { border: 0; border-top: 1px solid @line; }
QTabBar::tab { background: transparent; color: @secondary; padding: 7px 14px; border: 0;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @accent; }
QTabBar::scroller { width: 40px; }
QTabBar QToolButton { background: @surface; border: 0; border-radius: 0; padding: 0; }
QTabBar QToolButton::left-arrow { image: url(@chevron-left:text); width: 14px; height: 14px; }
QTabBar QToolButton::right-arrow { image: url(@chevron-right:text); width: 14px; height: 14px; }

QProgressBar { background: @neutral_soft; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px;
  text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }

QFrame[role="card"] { background: @raised; border: 1px solid @line; border-radius: 6px; }
QFrame[role="line"] { background: @line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="popup"] { background: @raised; border: 1px solid @border; border-radius: 6px; }
QFrame[role="chip"] { background: @neutral_soft; border: 0; border-radius: 6px; }
QWidget[role="rich_tools"] { background: @sunken; border: 0; border-bottom: 1px solid @line;
  border-top-left-radius: 6px; border-top-right-radius: 6px; }
QWidget[role="rich_tools"] QToolButton { padding: 4px 5px; }
QWidget[role="navigation"] { background: @sunken; border-right: 1px solid @line; }
QTreeView[role="topics"]::item { padding: 5px 8px; }
QTreeView[role="navigation"] { background: transparent; border: 0; show-decoration-selected: 0; }
QTreeView[role="navigation"]::item, QTreeView[role="navigation"]::item:selected { background: transparent; }
QFrame[role="info"] { background: @info_soft; border: 0; border-radius: 6px; }
QFrame[role="warning"] { background: @warning_soft; border: 0; border-radius: 6px; }
QFrame[role="danger"] { background: @danger_soft; border: 0; border-radius: 6px; }
QFrame[role="ok"] { background: @ok_soft; border: 0; border-radius: 6px; }
"""
