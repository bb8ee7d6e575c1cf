"""The few home-made widgets of the counter. They show what they are given and tell what was pressed; no rules here."""

from ui.widgets.access import tell_screen_readers
from ui.widgets.banner import Banner, Toast
from ui.widgets.button import KeyButton, ToolKey
from ui.widgets.checklist import ChecklistFace, ChecklistRow
from ui.widgets.chip import Chip, KeyCap, chip
from ui.widgets.choice import ChoiceChip, FlowLayout, Segmented
from ui.widgets.device_pill import DevicePill, PillFace
from ui.widgets.field import Editor, FieldBox, FieldFace
from ui.widgets.label import ElidedLabel, label
from ui.widgets.lamp import Lamp, paint_lamp
from ui.widgets.page_stage import PageStage, StageFace
from ui.widgets.receipt_paper import ReceiptPaper
from ui.widgets.rows import Piece, StepFace, StepRow, UpcomingRow, UpcomingStep
from ui.widgets.signature import SignaturePad
from ui.widgets.thumbnail import Thumbnail, paint_thumbnail, picture_of
from ui.widgets.ticket_card import TicketCard, TicketFace

tell_screen_readers()

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
