"""Service items, their situation questions and materials, and the checklist that follows from the answers.

The JSON document of a catalogue version (DOMAIN.md sections 8 and 14) decodes straight into these
types; unknown keys are left alone, so that a newer catalogue does not stop an older window.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

Answers = Mapping[str, tuple[str, ...]]
"""Question id to the chosen option values; a single question has one."""


class When(msgspec.Struct, frozen=True):
    """Holds when any chosen answer of question ``q`` is among ``values``."""

    q: str
    values: tuple[str, ...] = msgspec.field(name="in")


class Option(msgspec.Struct, frozen=True):
    """One possible answer."""

    value: str
    label: str
    label_en: str = ""
    exclusive: bool = False


class Question(msgspec.Struct, frozen=True):
    """A situation question. ``default`` stands until the clerk changes it, and may be shown folded."""

    id: str
    text: str
    type: Literal["single", "multi"]
    options: tuple[Option, ...]
    text_en: str = ""
    informational: bool = False
    default: str | None = None


class Material(msgspec.Struct, frozen=True):
    """A material that an item may ask for. ``when`` entries are joined by AND; none = always."""

    id: str
    order: int
    name: str
    name_en: str = ""
    short_name: str = ""
    short_name_en: str = ""
    necessity: str = "1"          # 1 必要, 2 非必要, 3 容缺后补
    material_type: str = "3"
    material_form: str = "3"
    original_count: int = 0
    copy_count: int = 0
    receive_mode: str = "ORIGINAL"
    source: str = "SELF"
    issuer: str | None = None
    ecert_replaceable: bool = False
    ecert_type: str | None = None
    deferrable: bool = False
    note: str = ""
    when: tuple[When, ...] = ()


class Limit(msgspec.Struct, frozen=True):
    """A time limit. ``value`` None = there is none; 0 with ``on_the_spot`` = decided during the visit."""

    value: int | None = None
    unit: Literal["working_day", "calendar_day", "on_the_spot"] | None = None
    basis: str = ""


class FeeRow(msgspec.Struct, frozen=True):
    """One amount, as text with two decimals, owed when all of ``when`` hold."""

    name: str
    amount: str = "0.00"
    when: tuple[When, ...] = ()


class Fee(msgspec.Struct, frozen=True):
    """What the item costs."""

    charged: bool = False
    currency: str = "CNY"
    items: tuple[FeeRow, ...] = ()
    basis: str = ""


class Item(msgspec.Struct, frozen=True):
    """A service item in the version that the catalogue holds."""

    id: str
    name: str
    version: int
    department: str
    department_name: str
    task_code: str
    applicant_kinds: tuple[str, ...]
    case_type_code: str
    statutory_limit: Limit
    promised_limit: Limit
    visits: int
    fee: Fee
    result: str
    agent_allowed: bool
    queue_category: str
    questions: tuple[Question, ...]
    materials: tuple[Material, ...]
    name_en: str = ""
    field: str = ""
    type_code: str = ""
    type_name: str = ""
    department_name_en: str = ""
    level_code: str = ""
    catalog_code: str = ""
    task_handle_item: str = ""
    case_type_name: str = ""
    visits_reason: str = ""
    notes: str = ""
    book_and_guide_only: bool = False


class QueueCategory(msgspec.Struct, frozen=True):
    """A queue that people take numbers for."""

    code: str
    name: str
    name_en: str = ""
    short_name: str = ""
    short_name_en: str = ""
    usual_minutes: int = 10
    windows: tuple[int, ...] = ()


class Window(msgspec.Struct, frozen=True):
    """A window of the hall and the categories that it serves."""

    no: int
    name: str
    kind: str
    title: str
    categories: tuple[str, ...]
    code: str = ""
    name_en: str = ""
    title_en: str = ""
    zone: str = ""
    open: bool = True


class Hall(msgspec.Struct, frozen=True):
    """The hall itself, as printed on receipts."""

    code: str
    name: str
    area: str
    name_en: str = ""
    address: str = ""
    opens: str = "09:00"
    closes: str = "17:00"
    hours: str = ""
    service_phone: str = ""
    supervision_phone: str = ""
    pickup_window: int = 0


class CatalogueMeta(msgspec.Struct, frozen=True):
    """Which catalogue this is. ``published_at`` is ISO 8601 with offset."""

    catalog_version: str
    published_at: str
    fictional: bool = False


class Catalogue(msgspec.Struct, frozen=True):
    """A whole catalogue version."""

    meta: CatalogueMeta
    hall: Hall
    windows: tuple[Window, ...]
    queue_categories: tuple[QueueCategory, ...]
    items: tuple[Item, ...]


class GuidedMaterial(msgspec.Struct, frozen=True):
    """A material that this applicant must bring, and the answers that called for it, as option labels."""

    material: Material
    because: tuple[str, ...] = ()


class Guidance(msgspec.Struct, frozen=True):
    """What follows from an item and the answers given so far.

    ``open_questions`` are ids of questions that still need an answer (a default counts as an answer);
    ``answers`` are the given ones with the defaults filled in.
    """

    answers: dict[str, tuple[str, ...]]
    materials: tuple[GuidedMaterial, ...]
    open_questions: tuple[str, ...]
    fee: str  # total as text, "0.00" when free
