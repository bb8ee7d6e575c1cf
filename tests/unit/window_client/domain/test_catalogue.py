from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.catalogue import (
    Fee,
    FeeRow,
    Item,
    Limit,
    Material,
    Option,
    Question,
    When,
    choose,
    decode,
    english_names,
    find_category,
    find_item,
    find_material,
    find_window,
    guide,
    needed,
    validate,
)

PLACE = Question("place", "场所？", "single", (Option("own", "自有", "Owned"), Option("rent", "租赁")))
EXTRA = Question(
    "extra",
    "另外？",
    "multi",
    (Option("a", "甲", "A"), Option("b", "乙", "B"), Option("none", "无", "None", exclusive=True)),
)
FOLDED = Question("folded", "代办？", "single", (Option("self", "本人"), Option("agent", "代办")), default="self")


def item_of(*, questions: tuple[Question, ...] = (PLACE, EXTRA, FOLDED), **more: Any) -> Item:
    settings: dict[str, Any] = {
        "materials": (
            Material("m2", 2, "证明", when=(When("extra", ("a", "b")), When("place", ("rent",)))),
            Material("m1", 1, "身份证"),
            Material("m3", 3, "可选", necessity="2", when=(When("folded", ("self",)),)),
        ),
        "fee": Fee(
            True, items=(FeeRow("基本", "80.00"), FeeRow("加收", "5.50", (When("extra", ("a",)),)), FeeRow("免"))
        ),
    } | more
    return Item(
        id="I",
        name="事项",
        version=1,
        department="d",
        department_name="部门",
        task_code="t",
        applicant_kinds=("person",),
        case_type_code="2",
        statutory_limit=Limit(),
        promised_limit=settings.pop("promised_limit", Limit(1, "working_day")),
        visits=1,
        result="",
        agent_allowed=True,
        queue_category=settings.pop("queue_category", "C"),
        questions=questions,
        **settings,
    )


def test_the_demo_catalogue_reads_and_holds(demo: Any) -> None:
    catalogue = decode((demo.resources / "demo/catalogue.json").read_bytes())
    assert len(catalogue.items) == 42
    assert validate(catalogue) == ()


@pytest.mark.parametrize("document", [b"{", b"\xff\xfe", b'{"meta": 1}', "[]"])
def test_a_broken_catalogue_says_so(document: bytes | str) -> None:
    with pytest.raises(ValueError, match="catalogue cannot be read"):
        decode(document)


def test_unknown_keys_do_not_stop_an_older_window(demo: Any) -> None:
    raw = demo.raw | {"weather": "fine"}
    assert decode(msgspec.json.encode(raw)).hall.name


def test_lookups_give_none_for_what_is_not_there(demo: Any) -> None:
    catalogue = demo.catalogue
    item = find_item(catalogue, "SC-MKT-001")
    assert item is not None
    assert find_item(catalogue, "X") is None
    material = find_material(item, "SC-MKT-001-M02")
    assert material is not None
    assert material.name == "经营者居民身份证"
    assert find_material(item, "X") is None
    window = find_window(catalogue, 12)
    assert window is not None
    assert find_window(catalogue, 999) is None
    assert find_category(catalogue, "C") is not None
    assert find_category(catalogue, "?") is None


def test_the_c018_visit_needs_five_materials_and_says_why(demo: Any) -> None:
    answers = demo.answers(demo.visits()[0])
    guidance = guide(demo.item("SC-MKT-001"), answers)
    assert [g.material.short_name for g in guidance.materials] == [
        "申请书", "身份证", "场所使用证明", "平面图", "名称告知书",
    ]  # fmt: skip
    assert guidance.materials[3].because == ("餐饮",)
    assert guidance.materials[3].because_en == ("Catering",)
    assert guidance.materials[0].because == ()
    assert len(needed(guidance)) == 5


def test_a_default_counts_as_an_answer_and_the_rest_is_open() -> None:
    guidance = guide(item_of(), {})
    assert guidance.answers == {"folded": ("self",)}
    assert guidance.open_questions == ("place", "extra")
    assert [g.material.id for g in guidance.materials] == ["m1", "m3"]
    assert [g.material.id for g in needed(guidance)] == ["m1"]


def test_entries_are_joined_by_and_and_values_by_or() -> None:
    ids = [g.material.id for g in guide(item_of(), {"place": ("rent",), "extra": ("b",)}).materials]
    assert ids == ["m1", "m2", "m3"]
    assert "m2" not in [g.material.id for g in guide(item_of(), {"extra": ("b",)}).materials]


def test_because_names_every_answer_that_called_for_it() -> None:
    guidance = guide(item_of(), {"place": ("rent",), "extra": ("b", "a")})
    assert guidance.materials[1].because == ("甲", "乙", "租赁")
    assert guidance.materials[1].because_en == ("A", "B", "租赁")


def test_the_fee_is_the_sum_of_what_holds() -> None:
    assert guide(item_of(), {}).fee == "80.00"
    assert guide(item_of(), {"extra": ("a",)}).fee == "85.50"
    assert guide(item_of(fee=Fee(False, items=(FeeRow("x", "9.00"),))), {}).fee == "0.00"


def test_the_last_press_decides_about_an_exclusive_option() -> None:
    assert guide(item_of(), {"extra": ("a", "none")}).answers["extra"] == ("none",)
    assert guide(item_of(), {"extra": ("none", "b", "a")}).answers["extra"] == ("a", "b")
    assert guide(item_of(), {"place": ("own", "rent")}).answers["place"] == ("rent",)


def test_answers_that_the_item_does_not_know_are_left_out() -> None:
    guidance = guide(item_of(), {"place": ("moon",), "weather": ("fine",), "folded": ("moon",)})
    assert guidance.answers == {"folded": ("self",)}


def test_choosing_toggles_a_multi_and_replaces_a_single_answer() -> None:
    assert choose(PLACE, ("own",), "rent") == ("rent",)
    assert choose(EXTRA, ("a",), "b") == ("a", "b")
    assert choose(EXTRA, ("a", "b"), "a") == ("b",)
    assert choose(EXTRA, ("a", "b"), "none") == ("none",)
    assert choose(EXTRA, ("none",), "a") == ("a",)


@given(data=st.data())
def test_guidance_is_stable_and_asks_only_for_materials_of_the_item(demo: Any, data: Any) -> None:
    item = data.draw(st.sampled_from(demo.catalogue.items))
    answers: dict[str, tuple[str, ...]] = {}
    for question in item.questions:
        for _ in range(data.draw(st.integers(0, 2))):
            value = data.draw(st.sampled_from([o.value for o in question.options]))
            answers[question.id] = choose(question, answers.get(question.id, ()), value)
    guidance = guide(item, answers)
    assert guide(item, guidance.answers) == guidance
    assert {g.material for g in guidance.materials} <= set(item.materials)
    assert all(g.because or not g.material.when for g in guidance.materials)


def faults(demo: Any, item: Item) -> list[str]:
    catalogue = msgspec.structs.replace(demo.catalogue, items=(item,))
    return [text.removeprefix("I: ") for text in validate(catalogue)]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"queue_category": "?"}, "unknown queue category ?"),
        ({"questions": (PLACE, PLACE, EXTRA, FOLDED)}, "question place stands twice"),
        (
            {
                "questions": (
                    Question("place", "", "single", (*PLACE.options, Option("own", "x"))),
                    EXTRA,
                    FOLDED,
                )
            },
            "place: option own stands twice",
        ),
        (
            {"questions": (PLACE, EXTRA, msgspec.structs.replace(FOLDED, default="moon"))},
            "folded: default moon is not an option",
        ),
        ({"materials": (Material("m", 1, "x"), Material("m", 2, "y"))}, "material m stands twice"),
        ({"materials": (Material("m", 1, "x", when=(When("moon", ("a",)),)),)}, "m: unknown question moon"),
        ({"materials": (Material("m", 1, "x", when=(When("place", ("moon",)),)),)}, "m: place has no option moon"),
        (
            {"materials": (Material("m", 1, "x", when=(When("place", ("own",)), When("place", ("rent",)))),)},
            "m: no answers ask for it",
        ),
        (
            {"materials": (Material("m", 1, "x", when=(When("extra", ("a",)), When("extra", ("none",)))),)},
            "m: no answers ask for it",
        ),
        (
            {"materials": (Material("m", 1, "x", deferrable=True),), "promised_limit": Limit(0, "on_the_spot")},
            "m: deferrable, but the item is decided on the spot",
        ),
        ({"fee": Fee(True, items=(FeeRow("f", "viel"),))}, "f: viel is not an amount"),
        ({"fee": Fee(True, items=(FeeRow("f", "NaN"),))}, "f: NaN is not an amount"),
        ({"fee": Fee(True, items=(FeeRow("f", "1", (When("moon", ("a",)),)),))}, "f: unknown question moon"),
        ({"promised_limit": Limit()}, "no promised limit"),
    ],
)
def test_each_fault_of_an_item_is_named(demo: Any, more: dict[str, Any], fault: str) -> None:
    assert fault in faults(demo, item_of(**more))


def test_a_multi_question_can_meet_two_entries(demo: Any) -> None:
    both = Material("m", 1, "x", when=(When("extra", ("a",)), When("extra", ("b",))))
    assert faults(demo, item_of(materials=(both,))) == []


def test_faults_of_the_whole_catalogue_are_named(demo: Any) -> None:
    item = demo.catalogue.items[0]
    window = msgspec.structs.replace(demo.catalogue.windows[0], categories=("?",))
    changed = msgspec.structs.replace(demo.catalogue, items=(item, item), windows=(window,))
    assert validate(changed) == (f"item {item.id} stands twice", f"window {window.no}: unknown category ?")


def test_every_chinese_name_has_the_english_of_its_first_owner(demo: Any) -> None:
    found = english_names(decode((demo.resources / "demo/catalogue.json").read_bytes()))
    assert found["社会保障卡申领"] == "Social security card application"
    assert found["社保医保"] == "Social insurance"
    assert all(found.values())
