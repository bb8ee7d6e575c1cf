"""The few home-made widgets of the counter. They show what they are given and tell what was pressed; no rules here.

Each is imported when it is first asked for: the sign-in page needs few of them, and a start waits for what it imports.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ui.widgets.access import tell_screen_readers
from ui.widgets.chip import Chip, KeyCap, chip  # two functions are named as their modules, so these come at once
from ui.widgets.label import ElidedLabel, label

if TYPE_CHECKING:
    from ui.widgets.banner import Banner, Toast
    from ui.widgets.button import KeyButton, ToolKey
    from ui.widgets.checklist import ChecklistFace, ChecklistRow
    from ui.widgets.choice import ChoiceChip, FlowLayout, Segmented
    from ui.widgets.device_pill import DevicePill, PillFace
    from ui.widgets.field import Editor, FieldBox, FieldFace
    from ui.widgets.lamp import Lamp, paint_lamp
    from ui.widgets.page_stage import PageStage, StageFace
    from ui.widgets.receipt_paper import ReceiptPaper
    from ui.widgets.rows import Piece, StepFace, StepRow, UpcomingRow, UpcomingStep
    from ui.widgets.signature import SignaturePad
    from ui.widgets.thumbnail import Thumbnail, paint_thumbnail, picture_of
    from ui.widgets.ticket_card import TicketCard, TicketFace

tell_screen_readers()

_HOMES = {
    "Banner": "ui.widgets.banner",
    "Toast": "ui.widgets.banner",
    "KeyButton": "ui.widgets.button",
    "ToolKey": "ui.widgets.button",
    "ChecklistFace": "ui.widgets.checklist",
    "ChecklistRow": "ui.widgets.checklist",
    "ChoiceChip": "ui.widgets.choice",
    "FlowLayout": "ui.widgets.choice",
    "Segmented": "ui.widgets.choice",
    "DevicePill": "ui.widgets.device_pill",
    "PillFace": "ui.widgets.device_pill",
    "Editor": "ui.widgets.field",
    "FieldBox": "ui.widgets.field",
    "FieldFace": "ui.widgets.field",
    "Lamp": "ui.widgets.lamp",
    "paint_lamp": "ui.widgets.lamp",
    "PageStage": "ui.widgets.page_stage",
    "StageFace": "ui.widgets.page_stage",
    "ReceiptPaper": "ui.widgets.receipt_paper",
    "Piece": "ui.widgets.rows",
    "StepFace": "ui.widgets.rows",
    "StepRow": "ui.widgets.rows",
    "UpcomingRow": "ui.widgets.rows",
    "UpcomingStep": "ui.widgets.rows",
    "SignaturePad": "ui.widgets.signature",
    "Thumbnail": "ui.widgets.thumbnail",
    "paint_thumbnail": "ui.widgets.thumbnail",
    "picture_of": "ui.widgets.thumbnail",
    "TicketCard": "ui.widgets.ticket_card",
    "TicketFace": "ui.widgets.ticket_card",
}


def __getattr__(name: str) -> object:
    """A widget by its name (PEP 562)."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(name)


__all__ = [
    "Banner",
    "ChecklistFace",
    "ChecklistRow",
    "Chip",
    "ChoiceChip",
    "DevicePill",
    "Editor",
    "ElidedLabel",
    "FieldBox",
    "FieldFace",
    "FlowLayout",
    "KeyButton",
    "KeyCap",
    "Lamp",
    "PageStage",
    "Piece",
    "PillFace",
    "ReceiptPaper",
    "Segmented",
    "SignaturePad",
    "StageFace",
    "StepFace",
    "StepRow",
    "Thumbnail",
    "TicketCard",
    "TicketFace",
    "Toast",
    "ToolKey",
    "UpcomingRow",
    "UpcomingStep",
    "chip",
    "label",
    "paint_lamp",
    "paint_thumbnail",
    "picture_of",
]
