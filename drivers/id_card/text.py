"""The 256-byte text of an identity card, and back. No I/O.

UTF-16LE in fixed columns, padded with spaces (some modules: NUL). The character at byte 248 tells the kind
of card: ``I`` and ``Y`` foreign permanent residents of 2017 and 2023, ``J`` residents from Hong Kong, Macao and
Taiwan, anything else a resident identity card. Resident, J and Y share their columns; I has its own.

Sources: one published structure of the resident, J and Y cards, its field order confirmed by two more sources; two
independent ones for I; GB/T 2261 (sex), GB/T 3304 (nations).
"""

from dataclasses import replace
from datetime import date

from drivers.contracts import CardKind, CardRecord

SIZE = 256
KIND_AT = 248
FOREVER = "长期"

SEXES = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
_NATION_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NATIONS = {f"{number:02d}": name for number, name in enumerate(_NATION_NAMES.split(), start=1)} | {
    "97": "其他",
    "98": "外国血统中国籍人士",
}
_SEX_CODES = {name: code for code, name in SEXES.items()}
_NATION_CODES = {name: code for code, name in NATIONS.items()}
_KINDS = {"I": CardKind.PERMANENT_2017, "Y": CardKind.PERMANENT_2023, "J": CardKind.HKMT_RESIDENCE}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}

Columns = dict[str, tuple[int, int]]  # first byte and number of bytes

_SHARED: Columns = {
    "name": (0, 30),
    "sex": (30, 2),
    "birth": (36, 16),
    "id_no": (122, 36),
    "valid_from": (188, 16),
    "valid_to": (204, 16),
}
_WITH_ADDRESS: Columns = _SHARED | {"address": (52, 70), "issuer": (158, 30)}
COLUMNS: dict[CardKind, Columns] = {
    CardKind.RESIDENT: _WITH_ADDRESS | {"nation": (32, 4)},
    CardKind.HKMT_RESIDENCE: _WITH_ADDRESS | {"permit_no": (220, 18), "times_issued": (238, 4)},
    # the English name runs on from byte 121 to byte 220
    CardKind.PERMANENT_2023: _SHARED
    | {"times_issued": (32, 4), "english_name": (52, 70), "english_name_2": (220, 22), "nationality": (242, 6)},
    CardKind.PERMANENT_2017: {
        "english_name": (0, 120),
        "sex": (120, 2),
        "id_no": (122, 30),
        "nationality": (152, 6),
        "name": (158, 30),
        "valid_from": (188, 16),
        "valid_to": (204, 16),
        "birth": (220, 16),
        "issuer": (240, 8),
    },
}
_DATES = ("birth", "valid_from", "valid_to")


def parse(text: bytes, photo: bytes = b"") -> CardRecord:
    """Read the text of a card; a short or odd block is filled up with spaces, a long one cut.

    An unknown code or an impossible date becomes an empty field: the clerk asks the person.

    Raises:
        ValueError: Name or number are missing, so that this is no card's text. The message holds nothing of it.
    """
    whole = text[: len(text) // 2 * 2][:SIZE]
    whole += " ".encode("utf-16-le") * ((SIZE - len(whole)) // 2)
    kind = _KINDS.get(whole[KIND_AT : KIND_AT + 2].decode("utf-16-le", "replace"), CardKind.RESIDENT)

    def raw(column: str) -> bytes:
        start, size = COLUMNS[kind].get(column, (0, 0))
        return whole[start : start + size]

    def field(*columns: str) -> str:
        return b"".join(map(raw, columns)).decode("utf-16-le", "replace").rstrip(" \0")

    name, english_name, id_no = field("name"), field("english_name", "english_name_2"), field("id_no")
    if not id_no or not (name or english_name):
        raise ValueError("the text block names nobody")
    return CardRecord(
        kind=kind,
        name=name,
        sex=SEXES.get(field("sex"), ""),
        nation=NATIONS.get(field("nation"), ""),
        birth=_iso(field("birth")),
        address=field("address"),
        id_no=id_no,
        issuer=field("issuer"),
        valid_from=_iso(field("valid_from")),
        valid_to=_iso(field("valid_to")),
        english_name=english_name,
        nationality=field("nationality"),
        permit_no=field("permit_no"),
        times_issued=field("times_issued"),
        photo=photo,
    )


def parse_appended_address(data: bytes) -> str:
    """The latest address written on a card after it was issued (70 bytes, padded)."""
    return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").rstrip(" \0")


def encode(record: CardRecord) -> bytes:
    """The 256 bytes of a card that says ``record``; what this kind of card has no column for is left out.

    Raises:
        ValueError: A field does not fit its column, or is no sex, nation or date.
    """
    whole = bytearray(" ".encode("utf-16-le") * (SIZE // 2))
    columns = COLUMNS[record.kind]
    values = {column: str(getattr(record, column, "")) for column in columns}
    values["sex"] = _code(_SEX_CODES, record.sex)
    if "nation" in columns:
        values["nation"] = _code(_NATION_CODES, record.nation)
    for column in _DATES:
        values[column] = _compact(values[column])
    if "english_name_2" in columns:
        both = record.english_name.encode("utf-16-le")
        split = columns["english_name"][1]
        values["english_name"] = both[:split].decode("utf-16-le")
        values["english_name_2"] = both[split:].decode("utf-16-le")
    for column, (start, size) in columns.items():
        data = values[column].encode("utf-16-le")
        if len(data) > size:
            raise ValueError(f"{column} is longer than {size // 2} characters")
        whole[start : start + len(data)] = data
    letter = _LETTERS.get(record.kind, " ").encode("utf-16-le")
    whole[KIND_AT : KIND_AT + 2] = letter
    return bytes(whole)


def encode_appended_address(address: str) -> bytes:
    """70 bytes of appended address.

    Raises:
        ValueError: It is longer than 35 characters.
    """
    data = address.encode("utf-16-le")
    if len(data) > 70:
        raise ValueError("appended address is longer than 35 characters")
    return data + " ".encode("utf-16-le") * ((70 - len(data)) // 2)


def with_appended_address(record: CardRecord, data: bytes) -> CardRecord:
    """``record`` with the address that ``30 03`` answered."""
    return replace(record, appended_address=parse_appended_address(data))


def _iso(digits: str) -> str:
    if digits == FOREVER:
        return FOREVER
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return ""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return ""


def _compact(iso: str) -> str:
    return iso if iso in {"", FOREVER} else date.fromisoformat(iso).isoformat().replace("-", "")


def _code(codes: dict[str, str], name: str) -> str:
    if name and name not in codes:
        raise ValueError(f"no code for {name}")
    return codes.get(name, "")
