"""What the applicant sees before signing, and the digest that binds the signature to exactly that.

Short things come first: who, number, phone, what for; then the form in its order, the papers, the declaration.
Sensitive values show masked until the applicant holds them, but the digest covers the whole value. The applicant reads
one language at a time: the digest is over the words of that one, and of no other.
"""

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from window_client.domain.catalogue import Guidance, GuidedMaterial, Item
from window_client.domain.form import Field, FormDefinition, Value, Words
from window_client.domain.form_checks import chosen
from window_client.domain.form_rules import visible_fields, visible_values
from window_client.domain.material import Checklist, Row, RowState, find_row, row_state
from window_client.domain.people import RESIDENT
from window_client.domain.privacy import mask_by_type
from window_client.domain.representing import ORGANISATION, applies, power_words, relation_words
from window_client.domain.visit import Draft

_NAME_SOURCES = ("card.name", "enterprise.name")
_NUMBER_SOURCES = ("card.id_no", "enterprise.uscc")
_PHONE = "phone"
_YES_NO = {"yes": Words("是", "Yes"), "no": Words("否", "No")}
_USUAL_WORDS = {
    "name": Words("姓名", "Name"),
    "id_no": Words("身份证号", "ID number"),
    "phone": Words("手机号", "Mobile number"),
    "item": Words("要办的事", "Service"),
    "document_no": Words("证件号", "Document number"),
    "organisation": Words("申请单位", "Organisation"),
    "uscc": Words("统一社会信用代码", "Unified social credit code"),
    "agent.name": Words("代办人", "Agent"),
    "agent.id_no": Words("代办人证件号", "Agent's document number"),
    "authority.relation": Words("与申请人的关系", "Relation to the applicant"),
    "authority.powers": Words("代办权限", "May do"),
    "authority.until": Words("代办期限", "Authorised until"),
}
_AGENT_FIELDS: dict[tuple[str, ...], str] = {("agent.name",): "agent.name", ("agent.id_no",): "agent.id_no"}
"""Form fields that say nothing but who came: they stand among the short things."""


class ShownValue(msgspec.Struct, frozen=True):
    """One line of the check page.

    ``field`` is the id of a field of the form, or ``applicant.name``, ``applicant.id_no``, ``contact.phone``, ``item``,
    ``agent.name``, ``agent.id_no``, ``authority.relation``, ``authority.powers``, ``authority.until``.
    ``text`` is what stands there (masked if ``masked``), ``full`` what it stands for.
    """

    field: str
    label: Words
    text: Words
    full: Words
    value: str
    masked: bool = False


class ShownMaterial(msgspec.Struct, frozen=True):
    """One paper as the applicant hands it in: the digests of its pages in order, or how else it is satisfied."""

    material: str
    name: Words
    state: RowState
    pages: tuple[str, ...] = ()
    due: str = ""
    ecert: str = ""  # number of the e-certificate that stands for it


class Shown(msgspec.Struct, frozen=True):
    """Everything that the applicant checks and signs."""

    case_id: str
    item_id: str
    item_version: int
    catalogue_version: str
    form_id: str
    form_version: int
    values: tuple[ShownValue, ...]
    materials: tuple[ShownMaterial, ...]
    declaration: Words
    answers: dict[str, tuple[str, ...]] = {}
    fee: str = "0.00"


def decode_words(document: bytes | str) -> dict[str, Words]:
    """Read the applicant's words for fields (``resources/words/applicant.json``: field id to ``zh`` and ``en``).

    Raises:
        ValueError: the document is damaged.
    """
    try:
        return msgspec.json.decode(document, type=dict[str, Words])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"applicant's words cannot be read: {error}") from error


def shown(
    draft: Draft,
    form: FormDefinition,
    item: Item,
    guidance: Guidance,
    words: Mapping[str, Words] | None = None,
) -> Shown:
    """What the check page shows for a draft. ``words`` are the applicant's words by field id; else the form's label."""
    return Shown(
        case_id=draft.case_id,
        item_id=item.id,
        item_version=item.version,
        catalogue_version=draft.catalogue_version,
        form_id=form.id,
        form_version=form.version,
        values=tuple(_values(draft, form, item, guidance, words or {})),
        materials=tuple(_materials(draft.checklist, guidance)),
        declaration=form.declaration,
        answers=guidance.answers,
        fee=guidance.fee,
    )


def document(what: Shown, language: str = "zh") -> bytes:
    """Everything in ``what`` as it is read in ``language`` (``zh``, ``en``), as JSON in one fixed spelling.

    The signature is bound to these bytes; they go to the centre with it, so that anybody can work the digest out again.
    """

    def said(words: Words) -> str:
        return words.en if language == "en" else words.zh

    return msgspec.json.encode(
        {
            "document": "shown",
            "version": 2,
            "language": language,
            "case_id": what.case_id,
            "item": (what.item_id, what.item_version, what.catalogue_version),
            "form": (what.form_id, what.form_version),
            "values": [
                (row.field, said(row.label), said(row.text), said(row.full), row.value, row.masked)
                for row in what.values
            ],
            "materials": [
                (row.material, said(row.name), row.state, row.pages, row.due, row.ecert) for row in what.materials
            ],
            "declaration": said(what.declaration),
            "answers": what.answers,
            "fee": what.fee,
        },
        order="deterministic",
    )


def digest(what: Shown, language: str = "zh") -> str:
    """SHA-256 (hex) over ``document``."""
    return hashlib.sha256(document(what, language)).hexdigest()


def signature_stands(draft: Draft, what: Shown) -> bool:
    """Whether the draft's signature was given for exactly ``what``, in the language that was read then."""
    signature = draft.signature
    return signature is not None and bool(signature.picture) and signature.digest == digest(what, signature.language)


def _values(
    draft: Draft, form: FormDefinition, item: Item, guidance: Guidance, words: Mapping[str, Words]
) -> Iterator[ShownValue]:
    values = visible_values(form, guidance.answers, draft.values)
    filled = [field for field in visible_fields(form, guidance.answers, draft.values) if field.id in values]
    first = [
        _with_source(filled, _NAME_SOURCES),
        _with_source(filled, _NUMBER_SOURCES),
        next((field for field in filled if field.id == _PHONE), None),
    ]
    name, number = applies(draft)
    organisation = draft.party == ORGANISATION
    resident = draft.applicant is None or draft.applicant.kind == RESIDENT
    name_key = "organisation" if organisation else "name"
    number_key = "uscc" if organisation else "id_no" if resident else "document_no"
    stand_ins = (
        ("applicant.name", name_key, "text" if organisation else "name", name),
        ("applicant.id_no", number_key, number_key if organisation else "id_no", number),
        ("contact.phone", "phone", "phone", draft.contact.phone),
    )
    for field, (target, key, kind, text) in zip(first, stand_ins, strict=True):
        if field is not None:
            is_person = "card." in "".join(field.sources) or field.id == _PHONE
            label = words.get(key, _USUAL_WORDS[key]) if is_person else words.get(field.id, field.label)
            yield _value(field, values[field.id], label)
        elif text:
            label = words.get(key, _USUAL_WORDS[key])
            personal = key in {"name", "organisation", "uscc"}  # what an organisation is called is public
            stand_in = Field(target, label, kind, privacy="personal" if personal else "sensitive")
            yield _plain(stand_in, text, label)
    twice = [field for field in filled if draft.by_agent and field.sources in _AGENT_FIELDS]
    told = {_AGENT_FIELDS[field.sources]: field for field in twice}
    yield from _authority(draft, told, values, words)
    matter = Words(item.name, item.name_en or item.name)
    yield ShownValue("item", words.get("item", _USUAL_WORDS["item"]), matter, matter, item.id)
    for field in filled:
        if field not in first and field not in twice:
            yield _value(field, values[field.id], words.get(field.id, field.label))


def _authority(
    draft: Draft, told: Mapping[str, Field], values: Mapping[str, Value], words: Mapping[str, Words]
) -> Iterator[ShownValue]:
    """Who came for the applicant, and on what authority; where the form asks for it as well, once."""
    agent = draft.agent
    if not draft.by_agent or agent is None:
        return
    for target, kind, text in (("agent.name", "name", agent.name), ("agent.id_no", "id_no", agent.id_no)):
        label = words.get(target, _USUAL_WORDS[target])
        if field := told.get(target):
            yield _value(field, values[field.id], label)
        else:
            privacy = "personal" if kind == "name" else "sensitive"
            yield _plain(Field(target, label, kind, privacy=privacy), text, label)
    authority = draft.authority
    until = Words(authority.until, authority.until)
    for name, said in (("relation", relation_words(authority)), ("powers", power_words(authority)), ("until", until)):
        if said.zh:
            target = f"authority.{name}"
            yield ShownValue(target, words.get(target, _USUAL_WORDS[target]), said, said, said.zh)


def _with_source(fields: list[Field], sources: tuple[str, ...]) -> Field | None:
    return next((field for field in fields if set(sources) & set(field.sources)), None)


def _value(field: Field, value: Value, label: Words) -> ShownValue:
    return _plain(field, value.text, label)


def _plain(field: Field, text: str, label: Words) -> ShownValue:
    full = spelled(field, text)
    masked = field.privacy == "sensitive"
    if not masked:
        return ShownValue(field.id, label, full, full, text)
    cover = Words(mask_by_type(field.type, full.zh), mask_by_type(field.type, full.en))
    return ShownValue(field.id, label, cover, full, text, masked=True)


def spelled(field: Field, text: str) -> Words:
    """A value as people read it: the words of the choices, otherwise the text itself."""
    named = _YES_NO if field.type == "yes_no" else {c.value: Words(c.zh, c.en or c.zh) for c in field.choices}
    if not named:
        return Words(text, text)
    picked = [named.get(value, Words(value, value)) for value in chosen(field, text)]
    return Words("、".join(words.zh for words in picked), ", ".join(words.en for words in picked))


def _materials(checklist: Checklist, guidance: Guidance) -> Iterator[ShownMaterial]:
    for guided in guidance.materials:
        row = find_row(checklist, guided.material.id) or Row(guided.material.id)
        state = row_state(row, guided.material)
        if state is not RowState.NOT_NEEDED:
            yield _material(guided, row, state)


def _material(guided: GuidedMaterial, row: Row, state: RowState) -> ShownMaterial:
    material = guided.material
    return ShownMaterial(
        material.id,
        Words(material.name, material.name_en or material.name),
        state,
        tuple(page.digest for page in row.pages),
        row.due if state is RowState.DEFERRED else "",
        row.ecert.number if row.ecert is not None and state is RowState.ECERT else "",
    )
