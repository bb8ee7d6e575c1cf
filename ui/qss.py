"""The application's QSS, generated from the tokens; never edited by hand and never written to disk.

A 2 px focus outline shrinks padding and height by the same amount, so that the layout does not jump.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Theme

FRAME = """
* {{ font-family: {families}; font-size: {body}px; color: {ink}; }}
QMainWindow, QWidget#root, QWidget#rail, QWidget#centre {{ background: {bg}; }}
QToolTip {{ background: {bar}; color: {bar-ink}; border: 1px solid {bar}; padding: 4px 8px; }}
#topBar {{ background: {bar}; }}
#topBar QLabel {{ color: {bar-ink-2}; font-size: {label}px; background: transparent; }}
#topBar QLabel[strong="true"] {{ color: {bar-ink}; font-weight: 700; }}
QTabBar#modules {{ background: {bar}; }}
QTabBar#modules::tab {{ background: {bar}; color: {bar-ink-2}; padding: 0 18px; height: {top-bar}px; border: 0; }}
QTabBar#modules::tab:selected {{ background: {bg}; color: {ink}; font-weight: 700; }}
QTabBar#modules::tab:focus {{ border: 2px solid {bar-ink}; }}
#statusBar {{ background: {panel}; border-top: 1px solid {line}; }}
#actionBar {{ background: {panel}; border-top: 1px solid {line}; }}
#viewer {{ background: {panel}; border-left: 1px solid {line}; }}
QFrame[kind="panel"], QFrame#steps {{ background: {panel}; border: 1px solid {line}; border-radius: {card}px; }}
QFrame[kind="say"] {{ background: {sunken}; border: 0; border-radius: {control-radius}px; }}
QFrame[kind="banner"] {{ border-radius: {card}px; border: 1px solid {warn-line}; background: {warn-soft}; }}
QFrame[kind="banner"][level="bad"] {{ border-color: {bad-line}; background: {bad-soft}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
"""

LABELS = """
QLabel {{ background: transparent; }}
QLabel[role="meta"] {{ font-size: {meta}px; color: {ink-3}; }}
QLabel[role="label"] {{ font-size: {label}px; color: {ink-2}; }}
QLabel[role="section"] {{ font-size: {label}px; font-weight: 700; color: {ink-2}; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="field"] {{ font-size: {field}px; }}
QLabel[role="step"] {{ font-size: {step}px; font-weight: 700; }}
QLabel[role="title"] {{ font-size: {title}px; font-weight: 700; }}
QLabel[role="figure"] {{ font-size: {figure}px; font-weight: 700; }}
QLabel[role="problem"] {{ font-size: {meta}px; color: {bad}; }}
QLabel[tone="ink-2"] {{ color: {ink-2}; }}
QLabel[tone="ink-3"] {{ color: {ink-3}; }}
QLabel[tone="ok"] {{ color: {ok}; }}
QLabel[tone="warn"] {{ color: {warn}; }}
QLabel[tone="bad"] {{ color: {bad}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
QLabel[role="key"] {{ font-size: {meta}px; color: {ink-2}; background: {sunken}; border: 1px solid {line};
  border-radius: {chip}px; padding: 0 5px; }}
QLabel[role="chip"] {{ font-size: {meta}px; color: {ink-2}; background: {sunken}; border: 1px solid {line};
  border-radius: {chip}px; padding: 2px 7px; }}
QLabel[role="chip"][tone="ok"] {{ color: {ok}; background: {ok-soft}; border-color: {ok-soft}; }}
QLabel[role="chip"][tone="warn"] {{ color: {warn}; background: {warn-soft}; border-color: {warn-line}; }}
QLabel[role="chip"][tone="bad"] {{ color: {bad}; background: {bad-soft}; border-color: {bad-line}; }}
QLabel[role="chip"][tone="accent"] {{ color: {accent}; background: {accent-soft}; border-color: {accent-soft}; }}
"""

BUTTONS = """
QPushButton, QToolButton {{ background: {panel}; color: {ink}; border: 1px solid {line-strong};
  border-radius: {control-radius}px; padding: 0 12px; min-height: {control-2}px; font-weight: 500; outline: 0; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {selected}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {ink}; padding: 0 11px; min-height: {control-4}px; }}
QPushButton:disabled, QToolButton:disabled {{ background: {sunken}; color: {ink-3}; border-color: {line}; }}
QPushButton[small="true"] {{ min-height: {small-2}px; }}
QPushButton[small="true"]:focus {{ min-height: {small-4}px; }}
QPushButton[big="true"] {{ min-height: {large-2}px; font-size: {step}px; }}
QPushButton[big="true"]:focus {{ min-height: {large-4}px; }}
QPushButton[kind="primary"] {{ background: {accent}; border-color: {accent}; color: {on-accent}; font-weight: 700; }}
QPushButton[kind="primary"]:hover {{ background: {accent-hover}; border-color: {accent-hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {accent-press}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {sunken}; color: {ink-3}; border: 1px solid {line}; }}
QPushButton[kind="soft"] {{ background: {accent-soft}; border-color: {accent-soft}; color: {accent}; }}
QPushButton[kind="soft"]:focus {{ border: 2px solid {accent}; }}
QPushButton[kind="ghost"] {{ background: transparent; border-color: transparent; color: {accent}; padding: 0 8px; }}
QPushButton[kind="ghost"]:hover {{ background: {hover}; }}
QPushButton[kind="ghost"]:focus {{ border: 2px solid {accent}; padding: 0 7px; }}
QPushButton[kind="danger"] {{ color: {bad}; border-color: {bad}; }}
QPushButton[kind="choice"] {{ border-radius: {choice-radius}px; min-height: {choice-2}px; }}
QPushButton[kind="choice"]:checked {{ border: 2px solid {accent}; background: {accent-soft}; color: {accent};
  font-weight: 700; }}
QPushButton[kind="choice"]:focus {{ border: 2px solid {ink}; }}
QToolButton[kind="segment"] {{ border-radius: 0; min-height: {segment-2}px; padding: 0 12px; }}
QToolButton[kind="segment"]:checked {{ background: {accent-soft}; color: {accent}; font-weight: 700; }}
"""

FIELDS = """
QLineEdit, QComboBox, QDateEdit, QPlainTextEdit {{ background: {panel}; border: 1px solid {line-strong};
  border-radius: {control-radius}px; padding: 0 10px; min-height: {control-2}px; font-size: {field}px;
  selection-background-color: {accent}; selection-color: {on-accent}; font-weight: 500; }}
QLineEdit {{ padding: 0 8px; }}
QPlainTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {accent};
  background: {focus-bg}; padding: 0 9px; min-height: {control-4}px; }}
QLineEdit:focus {{ padding: 0 7px; }}
QPlainTextEdit:focus {{ padding: 3px 5px; }}
QLineEdit[large="true"], QComboBox[large="true"] {{ min-height: {field-large-2}px; }}
QLineEdit[large="true"]:focus, QComboBox[large="true"]:focus {{ min-height: {field-large-4}px; }}
QLineEdit[compact="true"], QComboBox[compact="true"] {{ min-height: {small-2}px; font-size: {body}px; }}
QLineEdit[compact="true"]:focus, QComboBox[compact="true"]:focus {{ min-height: {small-4}px; }}
QLineEdit:read-only, QComboBox[sunken="true"], QPlainTextEdit[readOnly="true"] {{ background: {sunken};
  border-color: {line}; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {sunken}; color: {ink-3}; border-color: {line}; }}
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] {{ border: 2px solid {bad};
  padding: 0 9px; min-height: {control-4}px; }}
QLineEdit[state="error"] {{ padding: 0 7px; }}
QComboBox[empty="true"] {{ color: {ink-3}; font-weight: 400; }}
QComboBox::drop-down {{ border: 0; width: 30px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {line-strong}; outline: 0;
  selection-background-color: {selected}; selection-color: {ink}; }}
QComboBox QAbstractItemView::item {{ min-height: {control-4}px; padding: 0 10px; }}
"""

LISTS = """
QListView, QTableView, QTreeView {{ background: {panel}; border: 1px solid {line};
  border-radius: {control-radius}px; outline: 0; alternate-background-color: {panel}; }}
QHeaderView::section {{ background: {sunken}; color: {ink-2}; border: 0; border-bottom: 1px solid {line};
  padding: 4px 10px; font-size: {label}px; }}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: {choice-2}px; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line-strong}; border-radius: 4px; min-height: 32px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line-strong}; border-radius: 4px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabBar#viewerTabs {{ background: {panel}; }}
"""


def stylesheet(theme: "Theme") -> str:
    """Fill the templates with the theme's tokens."""
    control, large = theme.size("control"), theme.size("control-large")
    small, choice, field_large = theme.px(30), theme.px(34), theme.px(44)
    values = {
        **theme.colours,
        "families": ", ".join(f'"{family}"' for family in theme.families),
        **{name: style.px for name, style in theme.types.items()},
        "top-bar": theme.size("top-bar"),
        "card": theme.radius("card"),
        "chip": theme.radius("chip"),
        "control-radius": theme.radius("control"),
        "control-2": control - 2,
        "control-4": control - 4,
        "large-2": large - 2,
        "large-4": large - 4,
        "small-2": small - 2,
        "small-4": small - 4,
        "choice-radius": choice // 2,
        "choice-2": choice - 2,
        "segment-2": theme.px(34) - 2,
        "field-large-2": field_large - 2,
        "field-large-4": field_large - 4,
    }
    return "".join(part.format_map(values) for part in (FRAME, LABELS, BUTTONS, FIELDS, LISTS))
