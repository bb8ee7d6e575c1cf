"""How long a key takes in the search over a large catalogue, and how long its index takes to build.

Run as a program it prints one JSON object; times are milliseconds.
"""

import json
import random
import statistics
from time import perf_counter

from window_client.domain.catalogue import Fee, Item, Limit, Material
from window_client.domain.search import build_index

ITEMS = 10_000
MATERIALS = 20
_PLACES = ["城镇", "农村", "市区", "县级", "跨省", "省内", "新办", "临时", "长期", "首次"]
_SUBJECTS = [
    *("个体工商户", "有限责任公司", "食品经营", "公共场所卫生", "社会保障卡", "灵活就业人员", "不动产", "机动车"),
    *("居住证", "教师资格", "护士执业", "烟草专卖零售", "特种设备", "建设工程", "取水", "林木采伐", "失业"),
    *("政府采购供应商", "城乡居民养老保险", "公共租赁住房", "重庆", "银行"),
]
_ACTS = [
    *("设立登记", "变更登记", "注销登记", "许可", "备案", "申领", "补换", "参保", "转移接续", "信息确认"),
    *("年度报告", "查询", "延续", "行政许可"),
]
_TEXTS = (
    *(t[:n] for t in ("gtgsh", "getigongshanghu", "ddj", "shbzk", "zhongqing") for n in range(1, len(t) + 1)),
    *(
        "个",
        "个体",
        "个体工商户",
        "登记",
        "登记 个体",
        "d j",
        "市场 登记",
        "market",
        "1",
        "51",
        "SC-",
        "c",
        "xyzzy",
        "a b",
    ),
)


def items(count: int = ITEMS) -> list[Item]:
    """Invented items with names like real ones."""
    chance = random.Random(7)
    out = []
    for n in range(count):
        name = chance.choice(_PLACES) * chance.randint(0, 1) + chance.choice(_SUBJECTS) + chance.choice(_ACTS)
        out.append(
            Item(
                id=f"SC-X-{n:05}",
                name=f"{name}（{chance.choice(_SUBJECTS)}）",
                name_en=f"Item {n} registration of something",
                version=1,
                department="market",
                department_name="市场监督管理局",
                department_name_en="Market Regulation Administration",
                task_code=f"11510703MB9D00076945101{n:08}",
                catalog_code=f"5101{n:08}",
                applicant_kinds=("person",),
                case_type_code="2",
                statutory_limit=Limit(),
                promised_limit=Limit(1, "working_day"),
                visits=1,
                fee=Fee(),
                result="",
                agent_allowed=True,
                queue_category="ABCDE"[n % 5],
                questions=(),
                materials=tuple(Material(f"{n}-{m}", m, "居民身份证复印件") for m in range(MATERIALS)),
            )
        )
    return out


def run() -> dict[str, float]:
    """Build once, then ask each text five times."""
    catalogue = items()
    start = perf_counter()
    index = build_index(catalogue)
    build = perf_counter() - start
    times: dict[str, float] = {}
    for text in _TEXTS:
        rounds = []
        for _ in range(5):
            start = perf_counter()
            index.search(text)
            rounds.append(perf_counter() - start)
        times[text] = statistics.median(rounds) * 1000
    slowest = max(times, key=lambda text: times[text])
    return {
        "items": ITEMS,
        "materials_per_item": MATERIALS,
        "build_ms": round(build * 1000, 1),
        "key_median_ms": round(statistics.median(times.values()), 3),
        "key_worst_ms": round(times[slowest], 3),
    }


if __name__ == "__main__":
    print(json.dumps(run()))
